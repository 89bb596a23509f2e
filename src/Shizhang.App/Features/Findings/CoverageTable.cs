using Shizhang.App.Access;
using Shizhang.App.Features.Workplaces;
using Shizhang.Core.Catalogs;
using Shizhang.Core.Records;
using Shizhang.Storage;
using Shizhang.Storage.Records;

namespace Shizhang.App.Features.Findings;

/// <summary>One problem with what each covered field says of it; an empty list is a cell that nothing answers.</summary>
internal sealed record CoverageRow(long Record, string Title, string Unit, string? State, IReadOnlyList<IReadOnlyList<string>> Cells);

/// <summary>
/// Problem × cause × measure: the records of a ledger against the lines its coverage rules ask for, and which cells are empty.
/// </summary>
internal sealed record CoverageTable(Ledger Ledger, IReadOnlyList<Field> Fields, UnitTree Tree, IReadOnlyList<CoverageRow> Rows)
{
    /// <summary>The ledgers that have such a table: those whose rules ask for lines of several fields.</summary>
    public static IEnumerable<Ledger> LedgersOf(Catalog catalog) => catalog.Ledgers.Values.Where(l => Covered(l).Count > 1);

    /// <summary>The table of a unit and what is below it; with <paramref name="access"/>, of the records it sees.</summary>
    public static async Task<CoverageTable> ReadAsync(Workplace place, Ledger ledger, string? unit = null, AccessRules? access = null)
    {
        var (fields, title) = (Covered(ledger), new RecordTitle(ledger));
        var tree = await UnitReader.ReadAsync(place.Store, place.Town);
        var today = LocalTime.Today(place.Store.Clock);
        var within = unit is null ? null : tree.Scope(unit, today).ToHashSet(StringComparer.Ordinal);
        var rows = new List<CoverageRow>();
        await new RecordArchive(place.Store).StreamAsync(place.Town, ledger, today, null, some =>
        {
            foreach (var record in some)
            {
                var at = (string?)record.Values[ledger.Unit] ?? "";
                if (within?.Contains(at) is not false && access?.Sees(ledger, record.Values) is not false)
                {
                    rows.Add(new CoverageRow(record.Id, title.Of(record.Values, tree), at, record.State, [.. fields.Select(f => Cell(record.Values, f))]));
                }
            }

            return Task.CompletedTask;
        });

        return new CoverageTable(ledger, fields, tree, [.. rows.OrderBy(r => r.Title, StringComparer.Ordinal)]);
    }

    public IEnumerable<Field> MissingOf(CoverageRow row) => Fields.Where((_, i) => row.Cells[i].Count == 0);

    public int MissingCount(int field) => Rows.Count(r => r.Cells[field].Count == 0);

    /// <summary>What stands in one field of several problems, none of which has anything in the other: a cause that no measure meets.</summary>
    public IEnumerable<(string Text, int Problems)> Unanswered(int of, int by) =>
        Rows.SelectMany(r => r.Cells[of].Select(text => (Text: text, Row: r))).GroupBy(c => c.Text, StringComparer.Ordinal)
            .Where(g => g.All(c => c.Row.Cells[by].Count == 0)).Select(g => (g.Key, g.Count()));

    private static List<Field> Covered(Ledger ledger) => [.. ledger.Rules.OfType<CoverageRule>().Where(r => r.Where is null).Select(r => r.Of).Distinct()];

    // What a line says is its first field.
    private static List<string> Cell(RecordValues values, Field field) =>
        [.. values.LinesOf(field).Select(line => line[field.Lines![0]] is { } said ? Said(field.Lines![0], said) : null).OfType<string>()];

    private static string? Said(Field field, object value) => field.Personal ? Masking.Mask(field, value) : value.ToString();
}
