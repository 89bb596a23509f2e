using Shizhang.App.Texts;
using Shizhang.Core.Catalogs;
using Shizhang.Core.Figures;

namespace Shizhang.App.Features.Figures;

/// <summary>Figures as pages say them: names in the language of the visitor, numbers, comparisons, and the address of the records.</summary>
internal static class FigureView
{
    private const decimal MostPercent = 1000;

    /// <summary>The number with its thousands apart, as tables print it.</summary>
    public static string Number(Figure figure)
    {
        var plain = FigureWords.Number(figure);
        var point = plain.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? plain : plain[..point];
        for (var at = whole.Length - 3; at > (whole[0] == '-' ? 1 : 0); at -= 3)
        {
            whole = whole.Insert(at, ",");
        }

        return point < 0 ? whole : whole + plain[point..];
    }

    /// <summary>Where a figure and its records are.</summary>
    public static string Address(Figure figure) => Address(figure.Indicator, figure.Period, figure.Unit);

    public static string Address(Indicator indicator, Period period, string unit) =>
        $"/figures/{indicator.Code}?from={period.From:yyyy-MM-dd}&to={period.To:yyyy-MM-dd}&unit={Uri.EscapeDataString(unit)}";

    /// <summary>How far a figure is from an earlier one: percentages in points, over nothing none (rules of statistics).</summary>
    public static (decimal Exact, string Text)? Compared(Figure now, Figure before) => Growth.Between(now, before) switch
    {
        // From a tiny base a percentage says nothing: growth is told in times, and a fall below nothing has no words.
        { Percent: > MostPercent and { } percent } => (percent, AppText.Of["growth_times", $"{percent / 100:0}", $"{(percent / 100) + 1:0}"]),
        { Percent: < -MostPercent and { } percent } => (percent, AppText.Of["growth_base_small"]),
        { Percent: { } percent } => (percent, $"{percent:0.0}%"),
        { Points: { } points } => (points, AppText.Of["points", points.ToString("0.0")]),
        _ => null,
    };

    /// <summary>A line of figures in one sentence, for those who do not see it.</summary>
    public static string Trend(IReadOnlyList<Figure> figures)
    {
        var known = figures.Where(f => f.Value is not null).OrderBy(f => f.Value).ToList();
        return known.Count == 0 ? AppText.Of["trend_none"] : AppText.Of["trend_said", Number(known[0]), Number(known[^1]), Number(figures[^1])];
    }
}
