using System.Globalization;
using Shizhang.App.Site;
using Shizhang.App.Texts;
using Shizhang.Core.Catalogs;
using Shizhang.Core.Records;
using Shizhang.Storage.Records;

namespace Shizhang.App.Features.Records;

/// <summary>A value as people read it, and where it leads when it is a reference.</summary>
internal sealed record ShownValue(string Text, string? Href = null, bool IsNumber = false);

/// <summary>Shows values: units and references by name, personal fields masked unless they are being shown in clear.</summary>
internal sealed class RecordView(Visit visit, IReadOnlyDictionary<RecordKey, string> titles, bool isClear = false)
{
    public static async Task<RecordView> OfAsync(Visit visit, IEnumerable<RecordValues> records, bool isClear = false) =>
        new(visit, await new RecordTitles(visit.Place.Store).OfReferencesAsync(visit.Place.Town, records, visit.Access!.Tree), isClear);

    public bool IsClear => isClear;

    public ShownValue Show(Field field, object? value) => value switch
    {
        null => new ShownValue(""),
        _ when field.Personal && !isClear => new ShownValue(Masking.Mask(field, value)),
        long id when field.To is { } to => new ShownValue(titles.GetValueOrDefault(new RecordKey(to, id)) ?? $"#{id}", visit.Access!.Reads(visit.Place.Catalog.Ledgers[to]) ? $"/ledgers/{to}/{id}" : null),
        string code when field.Type.Code == "unit" => new ShownValue(visit.Access!.Tree.Find(code)?.Name ?? code),
        string code when visit.Place.Catalog.Rules.TryGetValue(code, out var kept) && visit.Place.Catalog.Ledgers.Values.Any(l => l.Workflow?.Keeps == field) => new ShownValue(NameOf(kept.Ledger, kept.Rule)),
        string chosen when field.Choices.Count > 0 => new ShownValue(field.ShownChoice(chosen)),
        _ => new ShownValue(Plain(field, value), IsNumber: value is long or decimal),
    };

    /// <summary>The one-line name of a record.</summary>
    public string TitleOf(StoredRecord record) =>
        new RecordTitle(record.Ledger).Of(record.Values, visit.Access!.Tree, (to, id) => titles.GetValueOrDefault(new RecordKey(to, id)));

    public static string NameOf(Field field) => field.Shown;

    public static string NameOf(Ledger ledger) => ledger.Shown;

    public static string NameOf(Step step) => step.Shown;

    /// <summary>A rule by its ledger and what it says; one that says nothing of its own by its code.</summary>
    public static string NameOf(Ledger ledger, Rule rule) =>
        $"{NameOf(ledger)}：{rule.Said switch { "" => rule.Code, var said => said }}";

    public static string NameOf(Choice choice) => choice.Shown;

    public static string NameOf(Indicator indicator) => indicator.Shown;

    private static string Plain(Field field, object value) => value switch
    {
        bool yes => AppText.Of[yes ? "yes" : "no"],
        DateOnly day => day.ToString("yyyy-MM-dd"),
        decimal number when field.Type.Code == "money" => number.ToString("N2", CultureInfo.InvariantCulture),
        long number => number.ToString("N0", CultureInfo.InvariantCulture),
        IReadOnlyList<string> chosen => string.Join(AppText.Of["between_choices"], chosen.Select(field.ShownChoice)),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
