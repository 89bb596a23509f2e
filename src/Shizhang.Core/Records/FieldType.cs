using Shizhang.Core.Catalogs;

namespace Shizhang.Core.Records;

/// <summary>
/// What a field may hold. Values in memory are <see cref="string"/>, <see cref="long"/> (integer, record),
/// <see cref="decimal"/>, <see cref="DateOnly"/>, <see cref="bool"/>, for choices a list of strings and for lines a list of
/// <see cref="RecordValues"/>; empty is null.
/// </summary>
public abstract class FieldType
{
    /// <summary>As written in YAML.</summary>
    public abstract string Code { get; }

    /// <summary>How a column keeps it. Child fields (choices, lines) have none of their own.</summary>
    public abstract StorageKind Stored { get; }

    /// <summary>Several values in a child table of (value).</summary>
    public virtual bool IsMany => false;

    /// <summary>
    /// Reads what a person, a cell or JSON gave (text, number, date, bool, list). Null and blank text give an empty value.
    /// A refusal is a sentence that says what was expected, without naming the field.
    /// </summary>
    public abstract Parsed Parse(object? input, Field field);

    public override string ToString() => Code;
}

public enum StorageKind
{
    Text,
    Integer,
    Decimal,
    Date,
    YesNo,
    None,
}

/// <summary>A value, or why there is none.</summary>
public readonly record struct Parsed(object? Value, string? Refusal)
{
    public static Parsed Of(object? value) => new(value, null);

    public static Parsed Refuse(string sentence) => new(null, sentence);
}
