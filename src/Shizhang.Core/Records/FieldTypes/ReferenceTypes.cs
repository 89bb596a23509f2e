using System.Globalization;
using Shizhang.Core.Catalogs;

namespace Shizhang.Core.Records.FieldTypes;

/// <summary>A unit, by its code. Whether there is such a unit only the database knows.</summary>
public sealed class UnitType : FieldType
{
    public override string Code => "unit";

    public override StorageKind Stored => StorageKind.Text;

    public override Parsed Parse(object? input, Field field) => Input.Plain(input) switch
    {
        null => Parsed.Of(null),
        { Length: <= 64 } text => Parsed.Of(text),
        _ => Parsed.Refuse(Texts.Text.Core["field_text", 64]),
    };
}

/// <summary>A reference to a record, by its id. Whether there is such a record only the database knows.</summary>
public sealed class RecordType : FieldType
{
    public override string Code => "record";

    public override StorageKind Stored => StorageKind.Integer;

    public override Parsed Parse(object? input, Field field) =>
        Input.Plain(input) is not { } text ? Parsed.Of(null)
        : long.TryParse(text.TrimStart('#'), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0 ? Parsed.Of(id)
        : Parsed.Refuse(Texts.Text.Core["field_record", text]);
}

/// <summary>Child rows; <see cref="RecordReader"/> reads each with the fields of the line.</summary>
public sealed class LinesType : FieldType
{
    public override string Code => "lines";

    public override StorageKind Stored => StorageKind.None;

    public override Parsed Parse(object? input, Field field) => input switch
    {
        null => Parsed.Of(null),
        IReadOnlyList<RecordValues> => Parsed.Of(input),
        _ => Parsed.Refuse(Texts.Text.Core["field_lines"]),
    };
}
