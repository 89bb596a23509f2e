using Shizhang.Core.Catalogs;

namespace Shizhang.Core.Records.FieldTypes;

/// <summary>One line of text.</summary>
public class TextType : FieldType
{
    public const int MostCharacters = 200;

    public override string Code => "text";

    public override StorageKind Stored => StorageKind.Text;

    protected virtual int Most => MostCharacters;

    protected virtual bool HasLines => false;

    public override Parsed Parse(object? input, Field field)
    {
        if (Input.Text(input) is not { } text)
        {
            return Parsed.Of(null);
        }

        text = HasLines ? text.ReplaceLineEndings("\n") : text;
        var most = field.Max is { } max ? (int)Math.Min(max, Most) : Most;
        return Input.HasControls(text, HasLines) ? Parsed.Refuse(Texts.Text.Core["field_control"])
            : text.Length > most ? Parsed.Refuse(Texts.Text.Core["field_text", most])
            : field.Min is { } min && text.Length < min ? Parsed.Refuse(Texts.Text.Core["field_text_short", min])
            : Parsed.Of(text);
    }
}

/// <summary>Several lines of text.</summary>
public sealed class NoteType : TextType
{
    public override string Code => "note";

    protected override int Most => 20_000;

    protected override bool HasLines => true;
}
