using System.Text.Json.Nodes;
using Shizhang.Core.Catalogs;
using Shizhang.Core.Records;

namespace Shizhang.App.Api;

/// <summary>Ledgers and the shapes of answers as JSON Schema.</summary>
internal static class OpenApiSchema
{
    public const string Problem = "_problem";
    public const string Answer = "_answer";
    public const string Figure = "_figure";

    public static JsonObject All(IEnumerable<Ledger> ledgers)
    {
        var schemas = new JsonObject
        {
            [Problem] = Object(("type", Text()), ("title", Text()), ("status", Whole()), ("detail", Text()),
                ("errors", List(Object(("path", Text()), ("message", Text()))))),
            [Answer] = Object((RecordJson.Id, Whole()), (RecordJson.Version, Whole()), ("_state", Text())),
            [Figure] = Object(("indicator", Text()), ("name", Text()), ("value", Nullable("number")), ("measure", Text()), ("records", Whole()),
                ("from", Day()), ("to", Day()), ("unit", Text()), ("as_of", Whole())),
        };
        foreach (var ledger in ledgers)
        {
            var fields = OfFields(ledger.Fields);
            fields["title"] = ledger.Name;
            schemas[ledger.Code] = fields;
        }

        return schemas;
    }

    public static JsonObject Reference(string name) => new() { ["$ref"] = $"#/components/schemas/{name}" };

    public static JsonObject List(JsonNode items) => new() { ["type"] = "array", ["items"] = items };

    public static JsonObject Text() => new() { ["type"] = "string" };

    public static JsonObject Whole() => new() { ["type"] = "integer", ["format"] = "int64" };

    private static JsonObject Day() => new() { ["type"] = "string", ["format"] = "date" };

    private static JsonObject Nullable(string type) => new() { ["type"] = new JsonArray(type, "null") };

    private static JsonObject Object(params ReadOnlySpan<(string Name, JsonNode Schema)> properties)
    {
        var all = new JsonObject();
        foreach (var (name, schema) in properties)
        {
            all[name] = schema;
        }

        return new JsonObject { ["type"] = "object", ["properties"] = all };
    }

    private static JsonObject OfFields(FieldSet fields)
    {
        var properties = new JsonObject();
        foreach (var field in fields)
        {
            var schema = field.Lines is { } lines ? List(OfFields(lines)) : field.IsChild ? List(Chosen(field)) : OfValue(field);
            schema["title"] = field.Name;
            properties[field.Code] = schema;
        }

        return new JsonObject
        {
            ["type"] = "object",
            ["properties"] = properties,
            ["required"] = new JsonArray([.. fields.Where(f => f.Required).Select(f => (JsonNode)f.Code)]),
        };
    }

    private static JsonObject OfValue(Field field)
    {
        var schema = field.Type.Stored switch
        {
            StorageKind.Integer => Nullable("integer"),
            StorageKind.Decimal => Nullable("number"),
            StorageKind.YesNo => Nullable("boolean"),
            _ => field.Choices.Count > 0 ? Chosen(field) : Nullable("string"),
        };
        if (field.Type.Stored == StorageKind.Date)
        {
            schema["format"] = "date";
        }

        foreach (var (name, bound) in new[] { ("minimum", field.Min), ("maximum", field.Max) })
        {
            if (bound is { } number)
            {
                schema[name] = number;
            }
        }

        return schema;
    }

    private static JsonObject Chosen(Field field) => new() { ["type"] = "string", ["enum"] = new JsonArray([.. field.Choices.Select(c => (JsonNode)c.Value)]) };
}
