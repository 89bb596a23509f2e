using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using Shizhang.App.Access;
using Shizhang.App.Features.Records;
using Shizhang.App.Site;
using Shizhang.App.Texts;
using Shizhang.Core.Catalogs;
using Shizhang.Core.Filters;
using Shizhang.Core.Records;
using Shizhang.Storage.Desks;
using Shizhang.Storage.Records;

namespace Shizhang.App.Api;

/// <summary>Records one at a time: the same work as behind the forms, asked in JSON.</summary>
internal static class RecordEndpoints
{
    public const string KeyHeader = "Idempotency-Key";
    private const int MostKey = 200;
    private const long NoVersion = 0;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/ledgers", Ledgers).WithMetadata(new NeedsAttribute(Right.Business));
        api.MapPost("/ledgers/{ledger}/records", CreateAsync).WithMetadata(new NeedsAttribute(Right.RecordLedger));
        api.MapGet("/ledgers/{ledger}/records/{id:long}", GetAsync).WithMetadata(new NeedsAttribute(Right.ReadLedger));
        api.MapPut("/ledgers/{ledger}/records/{id:long}", AmendAsync).WithMetadata(new NeedsAttribute(Right.RecordLedger));
    }

    /// <summary>The record as it stands, when the ledger and the record are there for the caller.</summary>
    public static async Task<(StoredRecord? Record, ProblemHttpResult? Problem)> FindAsync(Visit visit, HttpContext http, long id)
    {
        if (visit.Ledger is not { } ledger)
        {
            return (null, NoLedger(http));
        }

        var record = await new RecordArchive(visit.Place.Store).FindAsync(visit.Place.Town, ledger, id);
        return record is not null && visit.Access!.Sees(ledger, record.Values) ? (record, null) : (null, ApiProblem.NotFound(AppText.Of["record_unknown", ledger.Code, id]));
    }

    /// <summary>
    /// The version the caller saw, by <c>If-Match</c> as RFC 9110 has it: <c>*</c> is whichever stands, of several tags the one that
    /// stands counts, and a weak tag never does. Null when it says none.
    /// </summary>
    public static long? SeenVersion(HttpRequest request, StoredRecord record)
    {
        if (request.Headers.IfMatch.Count == 0 || !EntityTagHeaderValue.TryParseStrictList(request.Headers.IfMatch, out var tags))
        {
            return null;
        }

        List<long> seen = [.. tags.Select(t => t.Tag == "*" ? record.Version : !t.IsWeak && long.TryParse(t.Tag.AsSpan().Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : NoVersion)];
        return seen.Contains(record.Version) ? record.Version : seen.Max();
    }

    /// <summary>Somebody else wrote first: both versions, so that a program can show or merge them.</summary>
    public static async Task<ProblemHttpResult> ConflictAsync(Visit visit, Ledger ledger, long id, long seen)
    {
        var archive = new RecordArchive(visit.Place.Store);
        var current = await archive.FindAsync(visit.Place.Town, ledger, id);
        var before = await archive.FindAsync(visit.Place.Town, ledger, id, seen);
        return ApiProblem.Of(StatusCodes.Status409Conflict, [new FieldRefusal("If-Match", AppText.Of["version_stale", seen, current?.Version])], new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["seen"] = before?.Version == seen ? JsonSerializer.Deserialize<JsonElement>(RecordJson.Bytes(before)) : null,
            ["current"] = current is null ? null : JsonSerializer.Deserialize<JsonElement>(RecordJson.Bytes(current)),
        });
    }

    public static ProblemHttpResult NoLedger(HttpContext http) => ApiProblem.NotFound(AppText.Of["ledger_unknown", http.GetRouteValue("ledger")]);

    private static Ok<LedgerSummary[]> Ledgers(Visit visit) => TypedResults.Ok(visit.Place.Catalog.Ledgers.Values.Where(visit.Access!.Reads)
        .Select(l => new LedgerSummary(l.Code, l.Name, l.En, l.Area, visit.Access!.Records(l), [.. l.Workflow?.Steps.Keys ?? []])).ToArray());

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> GetAsync(HttpContext http, Visit visit, long id)
    {
        var (record, problem) = await FindAsync(visit, http, id);
        if (record is null)
        {
            return problem!;
        }

        return TypedResults.Bytes(RecordJson.Bytes(record), "application/json", entityTag: new EntityTagHeaderValue($"\"{record.Version}\""));
    }

    private static async Task<Results<Created<RecordAnswer>, ProblemHttpResult>> CreateAsync(HttpContext http, Visit visit)
    {
        if (visit.Ledger is not { } ledger)
        {
            return NoLedger(http);
        }

        using var body = await JsonBody.ReadAsync(http.Request);
        var (once, answer, problem) = await AskedOnceAsync(http, visit, body);
        if (problem is not null)
        {
            return problem;
        }

        if (answer is null)
        {
            var (inputs, refusals) = JsonInputs.Read(ledger.Fields, body.Root);
            if (refusals.Count > 0)
            {
                return ApiProblem.Of(StatusCodes.Status422UnprocessableEntity, refusals);
            }

            var outcome = await new RecordWork(visit.Place).CreateAsync(visit.Access!, visit.Actor, ledger, inputs, once);
            if (outcome.Id is not { } id || outcome.Version is not { } version)
            {
                return ApiProblem.Of(StatusCodes.Status422UnprocessableEntity, outcome.Refusals);
            }

            answer = new RecordAnswer(id, version);
        }

        Tag(http, answer);
        return TypedResults.Created($"/api/ledgers/{ledger.Code}/records/{answer.Id}", answer);
    }

    private static async Task<Results<Ok<RecordAnswer>, ProblemHttpResult>> AmendAsync(HttpContext http, Visit visit, long id)
    {
        var (record, problem) = await FindAsync(visit, http, id);
        if (record is null)
        {
            return problem!;
        }

        using var body = await JsonBody.ReadAsync(http.Request);
        (var once, var answer, problem) = await AskedOnceAsync(http, visit, body);
        if (problem is not null)
        {
            return problem;
        }

        if (answer is null)
        {
            if (SeenVersion(http.Request, record) is not { } seen)
            {
                return ApiProblem.Of(StatusCodes.Status428PreconditionRequired, "If-Match", AppText.Of["if_match_needed"]);
            }

            var (inputs, refusals) = JsonInputs.Read(record.Ledger.Fields, body.Root);
            MaskedInputs.Pass(record, inputs, refusals);
            if (seen == record.Version)
            {
                refusals.AddRange(OfTheSystem(record, body.Root));
            }

            if (refusals.Count > 0)
            {
                return ApiProblem.Of(StatusCodes.Status422UnprocessableEntity, refusals);
            }

            var outcome = await new RecordWork(visit.Place).AmendAsync(visit.Access!, visit.Actor, record.Ledger, id, seen, inputs, once);
            if (outcome.Conflict is not null)
            {
                return await ConflictAsync(visit, record.Ledger, id, seen);
            }

            if (outcome.Version is not { } version)
            {
                return ApiProblem.Of(StatusCodes.Status422UnprocessableEntity, outcome.Refusals);
            }

            answer = new RecordAnswer(id, version);
        }

        Tag(http, answer);
        return TypedResults.Ok(answer);
    }

    /// <summary>Names of the system may come back as they were read; none is changed by amending: the state by its step alone.</summary>
    private static IEnumerable<FieldRefusal> OfTheSystem(StoredRecord record, JsonElement body)
    {
        var standing = JsonSerializer.Deserialize<JsonElement>(RecordJson.Bytes(record));
        foreach (var property in body.EnumerateObject().Where(p => p.Name.StartsWith('_')))
        {
            if (!standing.TryGetProperty(property.Name, out var value))
            {
                yield return new FieldRefusal(property.Name, Core.Texts.Text.Core["field_unknown", property.Name]);
            }
            else if (!JsonElement.DeepEquals(value, property.Value))
            {
                yield return new FieldRefusal(property.Name, property.Name == StateOperand.Name
                    ? AppText.Of["json_state", $"/api/ledgers/{record.Ledger.Code}/records/{record.Id}/steps/", string.Join('、', record.Ledger.Workflow!.From(record.State!).Select(s => s.Name))]
                    : AppText.Of["json_system", property.Name]);
            }
        }
    }

    /// <summary>What <c>Idempotency-Key</c> says: nothing, a new key, or one that has its answer already.</summary>
    private static async Task<(AskedOnce? Once, RecordAnswer? Answer, ProblemHttpResult? Problem)> AskedOnceAsync(HttpContext http, Visit visit, JsonBody body)
    {
        if (body.Problem is not null || http.Request.Headers[KeyHeader] is not { Count: > 0 } keys)
        {
            return (null, null, body.Problem);
        }

        var key = keys.ToString();
        if (keys.Count > 1 || key.Length is 0 or > MostKey || key.Any(char.IsControl))
        {
            return (null, null, ApiProblem.Of(StatusCodes.Status400BadRequest, KeyHeader, AppText.Of["key_bad", MostKey]));
        }

        return await new AnswerArchive(visit.Place.Store).FindAsync(visit.Place.Town, visit.Actor, key) switch
        {
            null => (new AskedOnce(key, body.Digest), null, null),
            var answer when answer.Digest == body.Digest => (null, new RecordAnswer(answer.Record, answer.Version), null),
            _ => (null, null, ApiProblem.Of(StatusCodes.Status422UnprocessableEntity, KeyHeader, AppText.Of["key_taken"])),
        };
    }

    private static void Tag(HttpContext http, RecordAnswer answer) => http.Response.Headers.ETag = $"\"{answer.Version}\"";
}
