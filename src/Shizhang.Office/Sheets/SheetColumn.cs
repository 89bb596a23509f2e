namespace Shizhang.Office.Sheets;

/// <summary>How the values of a column look.</summary>
public enum SheetForm
{
    /// <summary>Kept as text, so that long numbers keep their digits and nothing is run as a formula.</summary>
    Text,
    Date,

    /// <summary>A number with <see cref="SheetColumn.Scale"/> digits after the point.</summary>
    Number,

    /// <summary>A number with thousands separated and two digits.</summary>
    Money,
}

/// <summary>
/// A column of a sheet to write. <see cref="Note"/> hangs on the heading; <see cref="Choices"/> make a drop-down; neighbours of one
/// <see cref="Group"/> stand under it as one heading.
/// </summary>
public sealed record SheetColumn(string Heading, SheetForm Form, int Scale = 0, int Width = 14, string? Note = null, IReadOnlyList<string>? Choices = null, string? Group = null);

/// <summary>A value whose cell is coloured and carries a remark.</summary>
public sealed record MarkedCell(object? Value, string Remark);
