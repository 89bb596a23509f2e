using ExcelDataReader;

namespace Shizhang.Office.Sheets;

/// <summary>The merged ranges of a sheet, filled down in their first column as rows go by.</summary>
internal sealed class MergedCells
{
    private readonly Queue<CellRange> _coming;
    private readonly List<(CellRange Range, object? Value)> _open = [];

    public MergedCells(IEnumerable<CellRange> ranges) =>
        _coming = new Queue<CellRange>(ranges.Where(r => r.ToRow > r.FromRow && r.FromColumn < SheetLimits.MostColumns).OrderBy(r => r.FromRow));

    /// <summary>Fills the cells of a row (from 0) and says which; null when none.</summary>
    public bool[]? Fill(int row, object?[] cells)
    {
        if (_coming.Count == 0 && _open.Count == 0)
        {
            return null;
        }

        _open.RemoveAll(o => o.Range.ToRow < row);
        bool[]? filled = null;
        foreach (var (range, value) in _open.Where(o => o.Range.FromColumn < cells.Length))
        {
            cells[range.FromColumn] = value;
            (filled ??= new bool[cells.Length])[range.FromColumn] = true;
        }

        while (_coming.TryPeek(out var next) && next.FromRow <= row)
        {
            _coming.Dequeue();
            if (_open.Count == SheetLimits.MostColumns)
            {
                throw new InvalidDataException("Merged ranges overlap.");
            }

            _open.Add((next, next.FromColumn < cells.Length ? cells[next.FromColumn] : null));
        }

        return filled;
    }
}
