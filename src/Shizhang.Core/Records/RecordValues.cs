using Shizhang.Core.Catalogs;

namespace Shizhang.Core.Records;

/// <summary>The values of one record, or of one line, in the order of its fields. Types as in <see cref="FieldType"/>.</summary>
public sealed class RecordValues(FieldSet fields)
{
    private readonly object?[] _values = new object?[fields.Count];

    public FieldSet Fields { get; } = fields;

    public object? this[Field field]
    {
        get => _values[field.Index];
        set => _values[field.Index] = value;
    }

    public object? this[string code]
    {
        get => _values[Fields[code].Index];
        set => _values[Fields[code].Index] = value;
    }

    /// <summary>The lines of a child field; none when empty.</summary>
    public IReadOnlyList<RecordValues> LinesOf(Field field) => (IReadOnlyList<RecordValues>?)_values[field.Index] ?? [];

    /// <summary>The chosen values of a <c>choices</c> field; none when empty.</summary>
    public IReadOnlyList<string> ChosenOf(Field field) => (IReadOnlyList<string>?)_values[field.Index] ?? [];

    /// <summary>Whether a field says the same in both, line by line where it has lines.</summary>
    public bool IsSame(Field field, RecordValues other) => field.IsLines
        ? LinesOf(field).Select(Flat).SequenceEqual(other.LinesOf(field).Select(Flat), StringComparer.Ordinal)
        : field.IsChild ? ChosenOf(field).SequenceEqual(other.ChosenOf(field), StringComparer.Ordinal)
        : Equals(this[field], other[field]);

    public RecordValues Copy()
    {
        var copy = new RecordValues(Fields);
        _values.CopyTo(copy._values, 0);
        return copy;
    }

    private static string Flat(RecordValues line) => string.Join('\u001f', line.Fields.Select(f => line[f]));
}
