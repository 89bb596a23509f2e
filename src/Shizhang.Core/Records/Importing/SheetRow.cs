namespace Shizhang.Core.Records.Importing;

/// <summary>
/// A row of a sheet. Cells are <see cref="string"/>, <see cref="double"/>, <see cref="DateTime"/>, <see cref="TimeSpan"/>,
/// <see cref="bool"/>, <see cref="CodedNumber"/>, <see cref="CellFault"/> or null; those of a merged range hold its value in every row.
/// </summary>
public sealed class SheetRow(int number, object?[] cells, bool[]? filled = null)
{
    /// <summary>As the sheet numbers it, from 1.</summary>
    public int Number { get; } = number;

    public IReadOnlyList<object?> Cells { get; } = cells;

    /// <summary>The cell at a position; null past the end.</summary>
    public object? this[int index] => index < cells.Length ? cells[index] : null;

    /// <summary>True when the value comes from the cell above, with which this one is merged.</summary>
    public bool IsFilledDown(int index) => filled is not null && index < filled.Length && filled[index];

    /// <summary>People do not see the row: it is hidden or filtered out.</summary>
    public bool IsHidden { get; init; }

    public bool IsBlank => cells.All(IsEmpty);

    public static bool IsEmpty(object? cell) => cell is null || (cell is string text && string.IsNullOrWhiteSpace(text));

    /// <summary>A, B, … Z, AA for positions 0, 1, … 25, 26.</summary>
    public static string ColumnName(int index) => index < 26 ? ((char)('A' + index)).ToString() : ColumnName((index / 26) - 1) + (char)('A' + (index % 26));
}

/// <summary>Why a cell has no value.</summary>
public enum CellFault
{
    /// <summary>A formula that was saved without its result.</summary>
    Formula,

    /// <summary>#REF!, #DIV/0! and their like.</summary>
    Error,
}

/// <summary>A number whose format makes a code of it: 12 as 0012. A text is what people see, a number is the number.</summary>
public sealed record CodedNumber(double Number, string Text)
{
    public override string ToString() => Text;
}
