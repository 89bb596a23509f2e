using Shizhang.App.Features.Workplaces;
using Shizhang.App.Texts;
using Shizhang.Core.Records;
using Shizhang.Storage.Records;

namespace Shizhang.App.Features.Exports;

/// <summary>Values as a sheet shows them, so that an import reads them again: units by name, records as <c>#id title</c>, personal facts masked unless they are wanted in clear.</summary>
internal sealed class CellPrinter
{
    private readonly UnitTree _tree;
    private readonly HashSet<string> _sharedNames;
    private readonly Dictionary<RecordKey, string> _titles;

    private CellPrinter(UnitTree tree, Dictionary<RecordKey, string> titles)
    {
        (_tree, _titles) = (tree, titles);
        _sharedNames = tree.Units.GroupBy(u => u.Name, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => g.Key).ToHashSet(StringComparer.Ordinal);
    }

    public static async Task<CellPrinter> LoadAsync(Workplace place, IEnumerable<LedgerColumn> columns, UnitTree tree, DateOnly today)
    {
        var titles = new Dictionary<RecordKey, string>();
        foreach (var ledger in columns.Select(c => c.Field.To).OfType<string>().Distinct().Select(to => place.Catalog.Ledgers[to]))
        {
            await new RecordTitles(place.Store).AllAsync(place.Town, ledger, today, null, tree, isClear: false, (id, named) => titles[new RecordKey(ledger.Code, id)] = named);
        }

        return new CellPrinter(tree, titles);
    }

    public object? Print(LedgerColumn column, object? value, bool isClear = false) => value switch
    {
        null => null,
        long id when column.Field.To is { } to => $"#{id} {_titles.GetValueOrDefault(new RecordKey(to, id))}".TrimEnd(),
        _ when column.IsPersonal && !isClear => Masking.Mask(column.Field, value),
        string code when column.Field.Type.Code == "unit" => UnitName(code),
        bool yes => AppText.Of[yes ? "yes" : "no"],
        IEnumerable<string> chosen => string.Join(AppText.Of["between_choices"], chosen),
        _ => value,
    };

    private string UnitName(string code) => _tree.Find(code) is { } unit && !_sharedNames.Contains(unit.Name) ? unit.Name : code;
}
