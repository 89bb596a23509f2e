using Shizhang.Core.Catalogs;

namespace Shizhang.Core.Records.FieldTypes;

/// <summary>One of the field's values.</summary>
public sealed class ChoiceType : FieldType
{
    public override string Code => "choice";

    public override StorageKind Stored => StorageKind.Text;

    public override Parsed Parse(object? input, Field field) =>
        Input.Text(input) is not { } text ? Parsed.Of(null)
        : IsKnown(text, field) ? Parsed.Of(text)
        : Parsed.Refuse(Refusal(text, field));

    internal static bool IsKnown(string text, Field field) => field.Choices.Any(c => c.Value == text);

    internal static string Refusal(string text, Field field)
    {
        const int mostNamed = 12;
        var named = string.Join('、', field.Choices.Take(mostNamed).Select(c => c.Value)) + (field.Choices.Count > mostNamed ? "…" : "");
        return Texts.Text.Core["field_choice", text, named];
    }
}

/// <summary>Several of the field's values, each once, in the order of the field's list.</summary>
public sealed class ChoicesType : FieldType
{
    private static readonly char[] Separators = ['、', ',', '，', ';', '；', '\n'];

    public override string Code => "choices";

    public override StorageKind Stored => StorageKind.None;

    public override bool IsMany => true;

    public override Parsed Parse(object? input, Field field)
    {
        var given = input switch
        {
            IEnumerable<object?> list when input is not string => list.Select(Input.Text).OfType<string>(),
            _ => (Input.Text(input) ?? "").Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
        };
        var chosen = given.ToHashSet(StringComparer.Ordinal);
        if (chosen.FirstOrDefault(c => !ChoiceType.IsKnown(c, field)) is { } unknown)
        {
            return Parsed.Refuse(ChoiceType.Refusal(unknown, field));
        }

        return Parsed.Of(chosen.Count == 0 ? null : field.Choices.Select(c => c.Value).Where(chosen.Contains).ToArray());
    }
}
