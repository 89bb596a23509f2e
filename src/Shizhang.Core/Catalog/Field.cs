using Shizhang.Core.Records;

namespace Shizhang.Core.Catalogs;

/// <summary>One column of a ledger, or of the lines of a ledger.</summary>
public sealed class Field
{
    public required string Code { get; init; }
    public required string Name { get; init; }
    public string? En { get; init; }

    /// <summary>The name as the reader's language shows it.</summary>
    public string Shown => Texts.Text.Choose(Name, En);

    /// <summary>Other names that spreadsheets give it in their headings.</summary>
    public IReadOnlyList<string> Also { get; init; } = [];

    public required FieldType Type { get; init; }

    /// <summary>Position in its <see cref="FieldSet"/>, from 0; the index into <see cref="RecordValues"/>.</summary>
    public required int Index { get; init; }

    public bool Required { get; init; }
    public bool Unique { get; init; }

    /// <summary>A personal fact: masked on screen, in exports and in the API.</summary>
    public bool Personal { get; init; }

    /// <summary>Digits after the point of a <c>decimal</c>; 2 for <c>money</c>; else 0.</summary>
    public int Scale { get; init; }

    public decimal? Min { get; init; }
    public decimal? Max { get; init; }

    /// <summary>Code of a date field of the same record that may not be later than this one.</summary>
    public string? After { get; init; }

    /// <summary>Allowed values of a <c>choice</c> or <c>choices</c>; empty for other types.</summary>
    public IReadOnlyList<Choice> Choices { get; init; } = [];

    /// <summary>Kinds of unit that a <c>unit</c> field takes; empty takes any.</summary>
    public IReadOnlyList<string> UnitKinds { get; init; } = [];

    /// <summary>Code of the ledger that a <c>record</c> field refers to.</summary>
    public string? To { get; init; }

    /// <summary>Columns of a <c>lines</c> field; null for other types.</summary>
    public FieldSet? Lines { get; init; }

    /// <summary>For <c>lines</c>: the date column that places a line in time; null when the record's own date does.</summary>
    public Field? LinesDate { get; init; }

    public bool IsLines => Lines is not null;

    /// <summary>A value of a choice as the reader's language shows it; a value the list does not have stays as written.</summary>
    public string ShownChoice(string value) => Choices.FirstOrDefault(c => c.Value == value)?.Shown ?? value;

    /// <summary>True when the values live in a child table of their own.</summary>
    public bool IsChild => IsLines || Type.IsMany;

    public required SourceLine Source { get; init; }

    public override string ToString() => Code;
}

/// <summary>The columns of a ledger or of its lines, in the order of the file, found by code.</summary>
public sealed class FieldSet : System.Collections.ObjectModel.ReadOnlyCollection<Field>
{
    private readonly Dictionary<string, Field> _byCode;

    public FieldSet(IList<Field> fields) : base(fields)
    {
        _byCode = fields.ToDictionary(f => f.Code, StringComparer.Ordinal);
        Columns = [.. fields.Where(f => !f.IsChild)];
        Children = [.. fields.Where(f => f.IsChild)];
        ByCode = [.. fields.OrderBy(f => f.Code, StringComparer.Ordinal)];
    }

    /// <summary>Fields kept in the ledger's own table.</summary>
    public IReadOnlyList<Field> Columns { get; }

    /// <summary>Fields kept in child tables: lines and choices.</summary>
    public IReadOnlyList<Field> Children { get; }

    /// <summary>All fields in the order of their codes, which does not change when a file is rearranged.</summary>
    public IReadOnlyList<Field> ByCode { get; }

    public Field this[string code] => _byCode[code];

    public Field? Find(string code) => _byCode.GetValueOrDefault(code);
}

/// <summary>One value of a code list; a list changes over time, its old values stay readable. A value that is a code has a name for people.</summary>
public sealed record Choice(string Value, DateOnly? ValidFrom = null, DateOnly? ValidUntil = null)
{
    public string? Name { get; init; }

    public string? En { get; init; }

    /// <summary>The value as the reader's language shows it; what is stored stays <see cref="Value"/>.</summary>
    public string Shown => Texts.Text.Choose(Name ?? Value, En);

    /// <summary>Valid from the first day on and before the last: [from, until).</summary>
    public bool IsValidOn(DateOnly day) => (ValidFrom is not { } from || from <= day) && (ValidUntil is not { } until || until > day);
}

/// <summary>A code list shared by several fields, with its source.</summary>
public sealed record ChoiceList(string Code, string Name, string Basis, IReadOnlyList<Choice> Values);
