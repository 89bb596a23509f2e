using Shizhang.Core.Catalogs;

namespace Shizhang.Core.Records.FieldTypes;

/// <summary>Yes or no.</summary>
public sealed class YesNoType : FieldType
{
    public override string Code => "yes_no";

    public override StorageKind Stored => StorageKind.YesNo;

    public override Parsed Parse(object? input, Field field) => Input.Plain(input)?.ToLowerInvariant() switch
    {
        null => Parsed.Of(null),
        "true" or "1" or "是" or "有" or "√" or "yes" or "y" => Parsed.Of(true),
        "false" or "0" or "否" or "无" or "×" or "no" or "n" => Parsed.Of(false),
        var other => Parsed.Refuse(Texts.Text.Core["field_yes_no", other]),
    };
}
