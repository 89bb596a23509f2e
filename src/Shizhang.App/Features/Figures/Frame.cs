using System.Globalization;
using Shizhang.App.Features.Workplaces;
using Shizhang.App.Texts;
using Shizhang.Core.Catalogs;
using Shizhang.Core.Figures;
using Shizhang.Storage;
using Shizhang.Storage.Figures;
using Shizhang.Storage.Journal;

namespace Shizhang.App.Features.Figures;

/// <summary>A scope, or the sentence that says what is wrong with what was asked.</summary>
internal sealed record OpenedFrame(FigureScope? Scope, string? Refusal);

/// <summary>A moment as it was named: the journal number, the day if one was said, and the time; no time is now.</summary>
internal sealed record Moment(long Number, DateOnly? Day, DateTimeOffset? Time);

/// <summary>Reads the words of a question (dates, unit, moment) into the scope of its figures.</summary>
internal static class Frame
{
    private const int FirstYear = 1900;
    private const int LastYear = 2199;

    public static async Task<OpenedFrame> OpenAsync(Workplace workplace, string from, string to, string? unit, string? asOf)
    {
        if (!TryDay(from, out var first))
        {
            return Refuse("bad_date", from);
        }

        if (!TryDay(to, out var last))
        {
            return Refuse("bad_date", to);
        }

        var period = new Period(first, last);
        if (period.IsBackward)
        {
            return Refuse("backward_period", from, to);
        }

        long? number = null;
        if (asOf is not null)
        {
            number = (await MomentAsync(workplace, asOf))?.Number;
            if (number is null)
            {
                return Refuse("bad_as_of", asOf);
            }
        }

        var scope = await new FigureEngine(workplace.Store).ScopeAsync(workplace.Town, period, unit, number);
        return scope is null ? Refuse("unit_unknown", unit) : new OpenedFrame(scope, null);
    }

    /// <summary>Indicators by their codes, all when none is named; the first code that is none otherwise.</summary>
    public static (IReadOnlyList<Indicator> Indicators, string? Unknown) Indicators(Catalog catalog, IReadOnlyList<string> codes)
    {
        var unknown = codes.FirstOrDefault(c => !catalog.Indicators.ContainsKey(c));
        return unknown is not null ? ([], Unknown(catalog, unknown))
            : codes.Count == 0 ? ([.. catalog.Indicators.Values], null)
            : ([.. codes.Select(c => catalog.Indicators[c])], null);
    }

    /// <summary>A day in the years the site knows: one mistyped as 0018 or 9999 is no day of a town.</summary>
    public static bool TryDay(string text, out DateOnly day) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day) && IsKnown(day.Year);

    /// <summary>A journal number, a day (its end) or a time; null when it is none of them.</summary>
    public static async Task<Moment?> MomentAsync(Workplace workplace, string text)
    {
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return new Moment(number, null, await new JournalReader(workplace.Store.Database).TimeAtAsync(workplace.Town, number));
        }

        DateTimeOffset time;
        if (TryDay(text, out var day))
        {
            time = LocalTime.EndOf(day);
        }
        else if (DateTime.TryParseExact(text, ["yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) && IsKnown(local.Year))
        {
            time = LocalTime.At(DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local));
        }
        else
        {
            return null;
        }

        return new Moment(await new JournalReader(workplace.Store.Database).NumberAtAsync(workplace.Town, time), LocalTime.DayOf(time), time);
    }

    private static bool IsKnown(int year) => year is >= FirstYear and <= LastYear;

    private static string Unknown(Catalog catalog, string code)
    {
        var near = catalog.Indicators.Keys.Where(k => k.Contains(code, StringComparison.Ordinal) || code.Contains(k, StringComparison.Ordinal)).Take(5).ToList();
        return near.Count == 0 ? AppText.Of["indicator_unknown", code] : AppText.Of["indicator_unknown_near", code, string.Join('、', near)];
    }

    private static OpenedFrame Refuse(string key, params ReadOnlySpan<object?> arguments) => new(null, AppText.Of[key, arguments]);
}
