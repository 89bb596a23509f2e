using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Shizhang.App.Access;
using Shizhang.App.Site;
using Shizhang.App.Texts;
using Shizhang.Core.Catalogs;
using Shizhang.Core.Filters;
using Shizhang.Storage.Records;

namespace Shizhang.App.Api.OData;

/// <summary>Lists of records for spreadsheets and programs: OData 4, read only, each ledger an entity set.</summary>
internal static class ODataEndpoints
{
    private const string Json = "application/json;odata.metadata=minimal";

    public static void Map(IEndpointRouteBuilder odata)
    {
        odata.MapGet("/", Services).WithMetadata(new NeedsAttribute(Right.Business));
        odata.MapGet("/$metadata", Metadata).WithMetadata(new NeedsAttribute(Right.Business));
        odata.MapGet("/{ledger}", ListAsync).WithMetadata(new NeedsAttribute(Right.ReadLedger));
        odata.MapGet("/{ledger}/$count", CountAsync).WithMetadata(new NeedsAttribute(Right.ReadLedger));
    }

    private static ContentHttpResult Metadata(HttpContext http, Visit visit, ApiDescriptions descriptions)
    {
        Version(http);
        return TypedResults.Content(descriptions.Of("odata", visit, ODataModel.Csdl), "application/xml");
    }

    private static FileContentHttpResult Services(HttpContext http, Visit visit) => Answer(http, json =>
    {
        json.WriteString("@odata.context", $"{Root(http)}/$metadata");
        json.WriteStartArray("value");
        foreach (var ledger in Ledgers(visit))
        {
            json.WriteStartObject();
            json.WriteString("name", ledger.Code);
            json.WriteString("title", ledger.Name);
            json.WriteString("kind", "EntitySet");
            json.WriteString("url", ledger.Code);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private static async Task<Results<ContentHttpResult, ProblemHttpResult>> CountAsync(HttpContext http, Visit visit)
    {
        var (query, problem) = Read(http, visit);
        if (query is null)
        {
            return problem!;
        }

        var count = await new RecordPager(visit.Place.Store).CountAsync(visit.Place.Town, Request(visit, query), long.MaxValue - 1);
        Version(http);
        return TypedResults.Content(count.ToString(CultureInfo.InvariantCulture), "text/plain");
    }

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> ListAsync(HttpContext http, Visit visit)
    {
        var (query, problem) = Read(http, visit);
        if (query is null)
        {
            return problem!;
        }

        if (query.Apply is { } apply)
        {
            return await GroupsAsync(http, visit, query, apply);
        }

        var (pager, request) = (new RecordPager(visit.Place.Store), Request(visit, query));
        long? count = query.Count ? await pager.CountAsync(visit.Place.Town, request, long.MaxValue - 1) : null;
        var page = request.Most == 0 ? new RecordPage([], false) : await pager.ReadAsync(visit.Place.Town, request);
        return Answer(http, json =>
        {
            var selected = query.Select is null ? "" : $"({string.Join(',', query.Select)})";
            json.WriteString("@odata.context", $"{Root(http)}/$metadata#{visit.Ledger!.Code}{selected}");
            if (count is { } all)
            {
                json.WriteNumber("@odata.count", all);
            }

            json.WriteStartArray("value");
            foreach (var record in page.Records)
            {
                RecordJson.Write(json, record, query.Select);
            }

            json.WriteEndArray();
            var left = query.Top - page.Records.Count;
            if (page.HasMore && left is not <= 0)
            {
                json.WriteString("@odata.nextLink", Next(http, query, page.Records[^1], left));
            }
        });
    }

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> GroupsAsync(HttpContext http, Visit visit, ODataQuery query, Apply apply)
    {
        var rows = await new RecordGroups(visit.Place.Store).ReadAsync(visit.Place.Town, Request(visit, query), apply);
        if (rows.Count > RecordGroups.MostGroups)
        {
            return ApiProblem.Of(StatusCodes.Status422UnprocessableEntity, "$apply", AppText.Of["odata_groups", RecordGroups.MostGroups]);
        }

        string[] names = [.. apply.By.Select(ApplyReader.NameOf), .. apply.Aggregations.Select(a => a.Alias)];
        return Answer(http, json =>
        {
            json.WriteString("@odata.context", $"{Root(http)}/$metadata#{visit.Ledger!.Code}({string.Join(',', names)})");
            if (query.Count)
            {
                json.WriteNumber("@odata.count", rows.Count);
            }

            json.WriteStartArray("value");
            foreach (var row in rows)
            {
                json.WriteStartObject();
                for (var i = 0; i < names.Length; i++)
                {
                    json.WritePropertyName(names[i]);
                    RecordJson.WriteValue(json, null, row[i]);
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }

    private static (ODataQuery? Query, ProblemHttpResult? Problem) Read(HttpContext http, Visit visit)
    {
        if (visit.Ledger is not { } ledger)
        {
            return (null, RecordEndpoints.NoLedger(http));
        }

        var query = ODataQuery.Read(ledger, http.Request.Query);
        return query.Refusals.Count == 0 ? (query, null) : (null, ApiProblem.Of(StatusCodes.Status400BadRequest, query.Refusals));
    }

    /// <summary>What is asked, within what the caller sees.</summary>
    private static PageRequest Request(Visit visit, ODataQuery query)
    {
        var (ledger, access) = (visit.Ledger!, visit.Access!);
        Filter?[] all = [query.Where, query.Apply?.Where, access.Visible(ledger)];
        return new PageRequest(ledger, visit.Today)
        {
            Where = all.OfType<Filter>().Aggregate((Filter?)null, (one, other) => one is null ? other : new And(one, other)),
            Units = access.Units(ledger),
            ById = query.Sort is null,
            Sort = query.Sort,
            Ascending = !query.IsDescending,
            After = query.After,
            Skip = query.Skip,
            Most = (int)Math.Min(query.Top ?? ODataQuery.MostInPage, ODataQuery.MostInPage),
        };
    }

    // The same question, after the last record of this page; what was skipped is behind.
    private static string Next(HttpContext http, ODataQuery query, StoredRecord last, long? left)
    {
        var value = query.Sort is { } sort ? "~" + (last.Values[sort] is DateOnly day ? day.ToString("yyyy-MM-dd") : Convert.ToString(last.Values[sort], CultureInfo.InvariantCulture)) : "";
        var options = http.Request.Query.Where(o => o.Key is not ("$skip" or "$skiptoken" or "$top")).Select(o => KeyValuePair.Create(o.Key, (string?)o.Value.ToString()));
        options = options.Append(KeyValuePair.Create("$skiptoken", (string?)$"{last.Id}{value}"));
        if (left is { } top)
        {
            options = options.Append(KeyValuePair.Create("$top", (string?)top.ToString(CultureInfo.InvariantCulture)));
        }

        return $"{Root(http)}/{last.Ledger.Code}{QueryString.Create(options)}";
    }

    private static IEnumerable<Ledger> Ledgers(Visit visit) => visit.Place.Catalog.Ledgers.Values.Where(visit.Access!.Reads);

    private static string Root(HttpContext http) => $"{http.Request.Scheme}://{http.Request.Host}/odata";

    private static void Version(HttpContext http) => http.Response.Headers["OData-Version"] = "4.0";

    private static FileContentHttpResult Answer(HttpContext http, Action<Utf8JsonWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, RecordJson.Options))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        Version(http);
        return TypedResults.Bytes(bytes.ToArray(), Json);
    }
}
