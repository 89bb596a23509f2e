using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Shizhang.App.Access;
using Shizhang.App.Features.Evidence;
using Shizhang.App.Features.Steps;
using Shizhang.App.Site;
using Shizhang.App.Texts;
using Shizhang.Core.Records;

namespace Shizhang.App.Api;

/// <summary>A step of a workflow: <c>{"set": {…}, "reason": "…", "evidence": [{"name": "…", "content": "base64"}]}</c>, each part optional.</summary>
internal static class StepEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/ledgers/{ledger}/records/{id:long}/steps/{step}", TakeAsync).WithMetadata(new NeedsAttribute(Right.ReadLedger));

    private static async Task<Results<Ok<RecordAnswer>, ProblemHttpResult>> TakeAsync(HttpContext http, Visit visit, long id, string step)
    {
        var (record, problem) = await RecordEndpoints.FindAsync(visit, http, id);
        if (record is null)
        {
            return problem!;
        }

        using var body = await JsonBody.ReadAsync(http.Request);
        if (body.Problem is not null)
        {
            return body.Problem;
        }

        var seen = RecordEndpoints.SeenVersion(http.Request, record);
        if (seen is { } version && version != record.Version)
        {
            return await RecordEndpoints.ConflictAsync(visit, record.Ledger, id, version);
        }

        var refusals = body.Root.EnumerateObject().Where(p => p.Name is not ("set" or "reason" or "evidence")).Select(p => new FieldRefusal(p.Name, AppText.Of["json_unknown", p.Name])).ToList();
        var changes = Changes(record, body.Root, refusals);
        var evidence = Evidence(body.Root, refusals);
        var reason = body.Root.TryGetProperty("reason", out var said) && said.ValueKind == JsonValueKind.String ? JsonBody.Text(said) : null;
        if (reason?.Contains(JsonBody.NoText, StringComparison.Ordinal) is true || reason?.Contains('\0', StringComparison.Ordinal) is true)
        {
            refusals.Add(new FieldRefusal("reason", Core.Texts.Text.Core["field_control"]));
        }

        if (refusals.Count > 0)
        {
            return ApiProblem.Of(StatusCodes.Status422UnprocessableEntity, refusals);
        }

        var outcome = await new StepWork(visit.Place).TakeAsync(visit.Access!, visit.Actor, new AskedStep(record.Ledger, id, step, changes, evidence, reason, seen));
        if (outcome.Version is not { } made)
        {
            return ApiProblem.Of(StatusCodes.Status422UnprocessableEntity, outcome.Refusals);
        }

        http.Response.Headers.ETag = $"\"{made}\"";
        return TypedResults.Ok(new RecordAnswer(id, made, outcome.State));
    }

    private static Dictionary<string, object?> Changes(Storage.Records.StoredRecord record, JsonElement root, List<FieldRefusal> refusals)
    {
        if (!root.TryGetProperty("set", out var set))
        {
            return [];
        }

        if (set.ValueKind != JsonValueKind.Object)
        {
            refusals.Add(new FieldRefusal("set", AppText.Of["json_object"]));
            return [];
        }

        var (inputs, wrong) = JsonInputs.Read(record.Ledger.Fields, set);
        refusals.AddRange(wrong);
        MaskedInputs.Pass(record, inputs, refusals);
        return inputs;
    }

    private static List<GivenFile> Evidence(JsonElement root, List<FieldRefusal> refusals)
    {
        var files = new List<GivenFile>();
        if (!root.TryGetProperty("evidence", out var given))
        {
            return files;
        }

        foreach (var (i, one) in (given.ValueKind == JsonValueKind.Array ? given.EnumerateArray() : Enumerable.Empty<JsonElement>()).Index())
        {
            if (one.ValueKind == JsonValueKind.Object
                && one.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String
                && one.TryGetProperty("content", out var content) && content.ValueKind == JsonValueKind.String && content.TryGetBytesFromBase64(out var bytes))
            {
                files.Add(new GivenFile(JsonBody.Text(name), () => new MemoryStream(bytes)));
            }
            else
            {
                refusals.Add(new FieldRefusal($"evidence[{i}]", AppText.Of["json_evidence"]));
            }
        }

        return files;
    }
}
