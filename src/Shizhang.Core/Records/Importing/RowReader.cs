using System.Globalization;
using Shizhang.Core.Catalogs;

namespace Shizhang.Core.Records.Importing;

/// <summary>Why a cell was refused: its row as the sheet numbers it, its position (null for the whole row), what stood there and the sentence.</summary>
public sealed record CellRefusal(int Row, int? Column, string Heading, string? Value, string Sentence);

/// <summary>A record of a sheet, from its first row on, or everything that is wrong with it.</summary>
public sealed record ImportedRecord(int Row, RecordValues? Values, IReadOnlyList<CellRefusal> Refusals)
{
    /// <summary>The row it was read from; null when it was not read from one.</summary>
    internal SheetRow? From { get; init; }

    /// <summary>What somebody wrote in the record's cell of a column, not what it was taken for.</summary>
    public string? Shown(MappedColumn column) => RowReader.Shown(From?[column.Index]);
}

/// <summary>Why a row is no record.</summary>
public enum SkippedRow
{
    Blank,
    Total,
    Foot,
    Heading,
    Example,
}

/// <summary>
/// Reads rows into records. Where columns belong to lines, rows that give a line and repeat the record's cells (merged, left
/// blank or written again) are further lines of the record above.
/// </summary>
public sealed class RowReader(Ledger ledger, HeadingMap map, CellReader cells)
{
    private readonly MappedColumn[] _own = [.. map.Columns.Where(c => c.Lines is null)];
    private readonly IGrouping<Field, MappedColumn>[] _lines = [.. map.Columns.Where(c => c.Lines is not null).GroupBy(c => c.Lines!)];
    private readonly Dictionary<SkippedRow, List<int>> _skipped = [];
    private readonly RowWords _words = new(map);

    /// <summary>Rows that are no record, by reason, as met so far.</summary>
    public IReadOnlyDictionary<SkippedRow, List<int>> Skipped => _skipped;

    /// <summary>Rows that people do not see and that were read all the same, as met so far.</summary>
    public List<int> Hidden { get; } = [];

    /// <summary>Records from the rows below the headings, each when its last row has been read.</summary>
    public IEnumerable<ImportedRecord> Read(IEnumerable<SheetRow> rows)
    {
        var group = new List<SheetRow>();
        foreach (var row in rows)
        {
            if (ReasonToSkip(row) is { } reason)
            {
                (_skipped.TryGetValue(reason, out var list) ? list : _skipped[reason] = []).Add(row.Number);
                continue;
            }

            if (row.IsHidden)
            {
                Hidden.Add(row.Number);
            }

            if (group.Count > 0 && !Continues(group[^1], group[0], row))
            {
                yield return Record(group);
                group.Clear();
            }

            group.Add(row);
        }

        if (group.Count > 0)
        {
            yield return Record(group);
        }
    }

    private SkippedRow? ReasonToSkip(SheetRow row)
    {
        if (map.NumberColumn is { } number && row[number] is string mark && SheetWords.IsExample(mark))
        {
            return SkippedRow.Example;
        }

        if (_words.ReasonToSkip(row) is { } said)
        {
            return said;
        }

        // A merged cell that reaches one row too far says nothing new.
        return map.Columns.All(c => SheetRow.IsEmpty(row[c.Index]) || row.IsFilledDown(c.Index)) ? SkippedRow.Blank
            : map.Columns.All(c => row[c.Index] is string again && again.ReplaceLineEndings("").Trim() == c.Heading) ? SkippedRow.Heading
            : null;
    }

    private bool Continues(SheetRow above, SheetRow first, SheetRow row)
    {
        if (_lines.Length == 0 || _own.Length == 0)
        {
            return false;
        }

        // Without a line there is nothing to add to the record above: two records may read the same.
        if (!_lines.Any(l => l.Any(c => !SheetRow.IsEmpty(row[c.Index]) && !row.IsFilledDown(c.Index))))
        {
            return false;
        }

        // A running number of its own says that another record begins, even one that reads the same.
        if (map.NumberColumn is { } number && !row.IsFilledDown(number) && !SheetRow.IsEmpty(row[number]) && !Equals(row[number], first[number]))
        {
            return false;
        }

        return _own.All(c => row.IsFilledDown(c.Index) || SheetRow.IsEmpty(row[c.Index]) || Equals(row[c.Index], first[c.Index]) || Equals(row[c.Index], above[c.Index]));
    }

    private ImportedRecord Record(List<SheetRow> group)
    {
        var refusals = new List<CellRefusal>();
        var inputs = Inputs(_own, group[0], refusals);
        var rowsOfLines = new Dictionary<string, List<SheetRow>>(StringComparer.Ordinal);
        foreach (var lines in _lines)
        {
            var rows = group.Where(r => lines.Any(c => !SheetRow.IsEmpty(r[c.Index]) && !r.IsFilledDown(c.Index))).ToList();
            rowsOfLines[lines.Key.Code] = rows;
            inputs[lines.Key.Code] = rows.ConvertAll(r => Inputs(lines, r, refusals));
        }

        var (values, wrong) = RecordReader.Read(ledger, inputs);
        foreach (var (path, sentence) in wrong)
        {
            var refusal = Place(path, sentence, group[0], rowsOfLines);
            if (!refusals.Exists(r => r.Row == refusal.Row && r.Column == refusal.Column && r.Column is not null))
            {
                refusals.Add(refusal);
            }
        }

        return new ImportedRecord(group[0].Number, refusals.Count == 0 ? values : null, refusals) { From = refusals.Count == 0 ? group[0] : null };
    }

    private Dictionary<string, object?> Inputs(IEnumerable<MappedColumn> columns, SheetRow row, List<CellRefusal> refusals)
    {
        var inputs = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var column in columns)
        {
            var (value, refusal) = cells.Read(column, row[column.Index]);
            inputs[column.Field.Code] = value;
            if (refusal is not null)
            {
                refusals.Add(new CellRefusal(row.Number, column.Index, column.Heading, Shown(row[column.Index]), refusal));
            }
        }

        return inputs;
    }

    private CellRefusal Place(string path, string sentence, SheetRow first, Dictionary<string, List<SheetRow>> rowsOfLines)
    {
        var open = path.IndexOf('[', StringComparison.Ordinal);
        var row = open < 0 ? first : rowsOfLines[path[..open]][int.Parse(path.AsSpan(open + 1, path.IndexOf(']', open) - open - 1), CultureInfo.InvariantCulture)];
        var column = map.ColumnOf(path);
        return new CellRefusal(row.Number, column?.Index, column?.Heading ?? path, column is null ? null : Shown(row[column.Index]), sentence);
    }

    internal static string? Shown(object? cell) => cell switch
    {
        null or CellFault => null,
        double number => number.ToString(CultureInfo.InvariantCulture),
        DateTime time => time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ => cell.ToString(),
    };
}
