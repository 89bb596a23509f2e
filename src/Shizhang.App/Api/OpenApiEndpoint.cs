using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using Shizhang.App.Access;
using Shizhang.App.Site;
using Shizhang.App.Texts;
using Shizhang.Core.Catalogs;

namespace Shizhang.App.Api;

/// <summary>
/// OpenAPI 3.1 made from the catalog: each ledger the caller reads with its own addresses and shape, which no generator could see in
/// the code.
/// </summary>
internal static class OpenApiEndpoint
{
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/openapi/v1.json", Document).WithMetadata(new NeedsAttribute(Right.Business));

    private static ContentHttpResult Document(Visit visit, ApiDescriptions descriptions) =>
        TypedResults.Content(descriptions.Of("openapi", visit, ledgers => Write(visit, ledgers)), "application/json");

    private static string Write(Visit visit, IReadOnlyList<Ledger> ledgers)
    {
        var paths = new JsonObject();
        foreach (var ledger in ledgers)
        {
            AddLedger(paths, ledger, visit.Access!.Records(ledger));
        }

        paths["/api/ledgers"] = new JsonObject { ["get"] = Operation("openapi_ledgers", null, 200, OpenApiSchema.List(new JsonObject { ["type"] = "object" })) };
        paths["/api/figures"] = new JsonObject
        {
            ["get"] = Operation("openapi_figures", null, 200, OpenApiSchema.List(OpenApiSchema.Reference(OpenApiSchema.Figure)), "query:code", "query:from", "query:to", "query:unit", "query:asOf"),
        };
        paths["/api/audit"] = new JsonObject { ["post"] = Operation("openapi_audit", null, 200, new JsonObject { ["type"] = "object" }, "query:name", "query:from", "query:to", "query:unit") };
        paths["/odata/$metadata"] = new JsonObject { ["get"] = Operation("openapi_metadata", null, 200, null) };
        var document = new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject { ["title"] = $"{AppText.Of["site_name"]} {visit.Place.TownName}", ["version"] = visit.Place.Catalog.Version },
            ["security"] = new JsonArray(new JsonObject { ["bearer"] = new JsonArray() }, new JsonObject { ["basic"] = new JsonArray() }),
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["securitySchemes"] = new JsonObject { ["bearer"] = Scheme("bearer"), ["basic"] = Scheme("basic") },
                ["schemas"] = OpenApiSchema.All(ledgers),
            },
        };
        return document.ToJsonString(Options);
    }

    private static void AddLedger(JsonObject paths, Ledger ledger, bool records)
    {
        var (record, answer) = (OpenApiSchema.Reference(ledger.Code), OpenApiSchema.Reference(OpenApiSchema.Answer));
        var one = new JsonObject { ["get"] = Operation("openapi_get", null, 200, record, "path:id") };
        if (records)
        {
            paths[$"/api/ledgers/{ledger.Code}/records"] = new JsonObject { ["post"] = Operation("openapi_create", record.DeepClone(), 201, answer.DeepClone(), $"header:{RecordEndpoints.KeyHeader}") };
            one["put"] = Operation("openapi_amend", record.DeepClone(), 200, answer.DeepClone(), "path:id", "header:If-Match", $"header:{RecordEndpoints.KeyHeader}");
        }

        paths[$"/api/ledgers/{ledger.Code}/records/{{id}}"] = one;
        if (ledger.Workflow is not null)
        {
            paths[$"/api/ledgers/{ledger.Code}/records/{{id}}/steps/{{step}}"] = new JsonObject
            {
                ["post"] = Operation("openapi_step", new JsonObject { ["type"] = "object" }, 200, answer.DeepClone(), "path:id", "path:step", "header:If-Match"),
            };
        }

        var list = new JsonObject { ["type"] = "object", ["properties"] = new JsonObject { ["value"] = OpenApiSchema.List(record.DeepClone()) } };
        paths[$"/odata/{ledger.Code}"] = new JsonObject
        {
            ["get"] = Operation("openapi_list", null, 200, list, "query:$filter", "query:$orderby", "query:$top", "query:$skip", "query:$count", "query:$select", "query:$apply"),
        };
        foreach (var operation in paths.Where(p => p.Key.Contains($"/{ledger.Code}", StringComparison.Ordinal)).SelectMany(p => p.Value!.AsObject()))
        {
            operation.Value!["tags"] ??= new JsonArray(ledger.Name);
        }
    }

    // Parameters as place:name; those of the path are required.
    private static JsonObject Operation(string summary, JsonNode? body, int status, JsonNode? answer, params ReadOnlySpan<string> parameters)
    {
        var listed = new JsonArray();
        foreach (var parameter in parameters)
        {
            var (place, name) = (parameter[..parameter.IndexOf(':')], parameter[(parameter.IndexOf(':') + 1)..]);
            var schema = name == "id" ? OpenApiSchema.Whole() : name == "code" ? OpenApiSchema.List(OpenApiSchema.Text()) : OpenApiSchema.Text();
            listed.Add((JsonNode)new JsonObject { ["name"] = name, ["in"] = place, ["required"] = place == "path", ["schema"] = schema });
        }

        var operation = new JsonObject
        {
            ["summary"] = AppText.Of[summary],
            ["parameters"] = listed,
            ["responses"] = new JsonObject
            {
                [status.ToString(System.Globalization.CultureInfo.InvariantCulture)] = Response("OK", answer, "application/json"),
                ["default"] = Response("RFC 9457", OpenApiSchema.Reference(OpenApiSchema.Problem), "application/problem+json"),
            },
        };
        if (body is not null)
        {
            operation["requestBody"] = new JsonObject { ["required"] = true, ["content"] = Content("application/json", body) };
        }

        return operation;
    }

    private static JsonObject Response(string description, JsonNode? schema, string type)
    {
        var response = new JsonObject { ["description"] = description };
        if (schema is not null)
        {
            response["content"] = Content(type, schema);
        }

        return response;
    }

    private static JsonObject Content(string type, JsonNode schema) => new() { [type] = new JsonObject { ["schema"] = schema } };

    private static JsonObject Scheme(string scheme) => new() { ["type"] = "http", ["scheme"] = scheme };
}
