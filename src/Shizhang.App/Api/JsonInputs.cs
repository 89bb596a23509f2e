using System.Text.Json;
using Shizhang.App.Texts;
using Shizhang.Core.Catalogs;
using Shizhang.Core.Records;

namespace Shizhang.App.Api;

/// <summary>What a program sent for a record, as inputs by field: numbers exact, lines as lists. What is of the wrong shape is refused at its path.</summary>
internal static class JsonInputs
{
    /// <summary>Names beginning with <c>_</c> (<c>_id</c>, <c>_version</c>, <c>_state</c>) come with every answer and are passed over.</summary>
    public static (Dictionary<string, object?> Inputs, List<FieldRefusal> Refusals) Read(FieldSet fields, JsonElement body)
    {
        var refusals = new List<FieldRefusal>();
        return (ReadObject(fields, body, "", refusals), refusals);
    }

    private static Dictionary<string, object?> ReadObject(FieldSet fields, JsonElement element, string path, List<FieldRefusal> refusals)
    {
        var inputs = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var property in element.EnumerateObject().Where(p => !p.Name.StartsWith('_')))
        {
            inputs[property.Name] = fields.Find(property.Name) switch
            {
                { Lines: { } lines } => ReadLines(lines, property.Value, path + property.Name, refusals),
                { IsChild: true } => ReadChosen(property.Value, path + property.Name, refusals),
                null => null,
                _ => ReadValue(property.Value, path + property.Name, refusals),
            };
        }

        return inputs;
    }

    private static List<Dictionary<string, object?>>? ReadLines(FieldSet lines, JsonElement element, string path, List<FieldRefusal> refusals)
    {
        if (element.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (element.ValueKind != JsonValueKind.Array || element.EnumerateArray().Any(e => e.ValueKind != JsonValueKind.Object))
        {
            refusals.Add(new FieldRefusal(path, AppText.Of["json_lines"]));
            return null;
        }

        return [.. element.EnumerateArray().Select((line, i) => ReadObject(lines, line, $"{path}[{i}].", refusals))];
    }

    private static List<object?>? ReadChosen(JsonElement element, string path, List<FieldRefusal> refusals)
    {
        if (element.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (element.ValueKind != JsonValueKind.Array)
        {
            refusals.Add(new FieldRefusal(path, AppText.Of["json_choices"]));
            return null;
        }

        return [.. element.EnumerateArray().Select((one, i) => ReadValue(one, $"{path}[{i}]", refusals))];
    }

    private static object? ReadValue(JsonElement element, string path, List<FieldRefusal> refusals)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Null:
                return null;
            case JsonValueKind.String:
                return JsonBody.Text(element);
            case JsonValueKind.True or JsonValueKind.False:
                return element.GetBoolean();
            case JsonValueKind.Number:
                // A number too large or too fine for us is refused by its field, in its own words.
                return element.TryGetDecimal(out var number) ? number : element.GetRawText();
            default:
                refusals.Add(new FieldRefusal(path, AppText.Of["json_value"]));
                return null;
        }
    }
}
