using System.Globalization;
using Shizhang.Core.Records.FieldTypes;

namespace Shizhang.Core.Records.Importing;

/// <summary>Tells totals and what stands below a table from records. A row that fills all that a record needs is a record.</summary>
internal sealed class RowWords(HeadingMap map)
{
    private readonly MappedColumn[] _required = [.. map.Columns.Where(c => c.Lines is null && c.Field.Required)];
    private readonly HashSet<int> _lines = [.. map.Columns.Where(c => c.Lines is not null).Select(c => c.Index)];

    public SkippedRow? ReasonToSkip(SheetRow row)
    {
        var at = 0;
        while (at < row.Cells.Count && SheetRow.IsEmpty(row[at]))
        {
            at++;
        }

        if (at == row.Cells.Count || row[at] is not string first || IsWhole(row, at))
        {
            return null;
        }

        return SheetWords.IsTotal(first) || (SheetWords.IsTotalOf(first) && Behind(row, at).All(IsNumber)) ? SkippedRow.Total
            : SheetWords.IsFoot(first) && !_lines.Contains(at) && IsFoot(row, at) ? SkippedRow.Foot
            : null;
    }

    // The word itself fills nothing, unless it is all that a record needs besides.
    private bool IsWhole(SheetRow row, int word)
    {
        var others = _required.Where(c => c.Index != word).ToList();
        return others.Count > 0 && others.TrueForAll(c => !SheetRow.IsEmpty(row[c.Index]) && !row.IsFilledDown(c.Index));
    }

    // Behind 审核人： may stand a name in a cell of its own.
    private static bool IsFoot(SheetRow row, int at)
    {
        var isNameNext = IsOpen((string)row[at]!);
        foreach (var cell in Behind(row, at))
        {
            var isFoot = cell is string text && SheetWords.IsFoot(text);
            if (!isFoot && !isNameNext && cell is not DateTime && (cell is not string day || DateType.Read(SheetWords.Bare(day).Replace('.', '-')) is null))
            {
                return false;
            }

            isNameNext = isFoot && IsOpen((string)cell);
        }

        return true;
    }

    private static bool IsOpen(string text) => SheetWords.Bare(text).EndsWith(':');

    private static IEnumerable<object> Behind(SheetRow row, int at) => row.Cells.Skip(at + 1).Where(c => !SheetRow.IsEmpty(c)).OfType<object>();

    private static bool IsNumber(object cell) =>
        cell is double or CodedNumber or CellFault || (cell is string text && (SheetWords.IsNothing(text.Trim()) || decimal.TryParse(Input.Plain(text), NumberStyles.Number, CultureInfo.InvariantCulture, out _)));
}
