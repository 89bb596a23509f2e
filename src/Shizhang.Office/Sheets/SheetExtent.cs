namespace Shizhang.Office.Sheets;

/// <summary>How far the rows and columns of a sheet reach by what its cells say of themselves: a reader makes room for all up to there.</summary>
internal sealed class SheetExtent
{
    private int _row;
    private int _column;
    private int _lastColumn;

    /// <summary>A row or column that Excel does not have.</summary>
    public bool IsBeyond { get; private set; }

    /// <summary>Rows times columns.</summary>
    public long Cells => (long)_row * _lastColumn;

    public void Row(string? number)
    {
        var row = number is null ? _row + 1 : int.TryParse(number, out var said) && said > 0 ? said : int.MaxValue;
        IsBeyond |= row > SheetLimits.MostRows;
        (_row, _column) = (Math.Max(_row, row), 0);
    }

    /// <summary>A cell by its reference such as AB12, or the next one.</summary>
    public void Cell(string? reference)
    {
        var (column, row) = reference is null ? (_column + 1, 0) : Read(reference);
        (_column, _lastColumn) = (column, Math.Max(_lastColumn, column));
        IsBeyond |= column > SheetLimits.LastColumn || row > SheetLimits.MostRows;
    }

    /// <summary>A range such as A1:AB12, which must lie within what Excel has.</summary>
    public void Range(string? reference)
    {
        foreach (var corner in (reference ?? "").Split(':'))
        {
            var (column, row) = Read(corner);
            IsBeyond |= column > SheetLimits.LastColumn || row > SheetLimits.MostRows;
        }
    }

    private static (int Column, long Row) Read(string reference)
    {
        var (column, row) = (0, 0L);
        foreach (var c in reference)
        {
            if (char.IsAsciiLetter(c))
            {
                column = Math.Min((26 * column) + (char.ToUpperInvariant(c) - 'A' + 1), SheetLimits.LastColumn + 1);
            }
            else if (char.IsAsciiDigit(c))
            {
                row = Math.Min((10 * row) + (c - '0'), int.MaxValue);
            }
        }

        return (column, row);
    }
}
