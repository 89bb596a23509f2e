using System.Net;
using System.Text.Json;
using System.Xml;
using Microsoft.OData.Edm;
using Microsoft.OData.Edm.Csdl;
using Microsoft.OData.Edm.Validation;
using Shizhang.IntegrationTests.Cli;

namespace Shizhang.IntegrationTests.Web;

/// <summary>Lists for spreadsheets: metadata that OData's own reader takes, pages that meet every record once, groups that add up.</summary>
[Collection(DemoCollection.Name)]
public class ODataTests(DemoSite site) : IClassFixture<DemoSite>
{
    [Fact]
    public async Task Metadata_is_read_and_found_valid_and_holds_only_what_the_caller_reads()
    {
        foreach (var role in (string[])["justice_office", "party_government_office"])
        {
            var program = await site.ProgramAsync(role);
            var csdl = await program.GetStringAsync("/odata/$metadata", TestContext.Current.CancellationToken);

            using var xml = XmlReader.Create(new StringReader(csdl));
            var isRead = CsdlReader.TryParse(xml, out var model, out var errors);
            Assert.True(isRead, string.Join('\n', errors.Select(e => e.ErrorMessage)));
            Assert.True(model.Validate(out var invalid), string.Join('\n', invalid.Select(e => e.ErrorMessage)));
            var reads = site.Place.Catalog.Ledgers.Values.Where(l => site.Place.Catalog.Roles[role].Reads.Contains(l.Code)).ToList();
            Assert.Equal(reads.Select(l => l.Code).Order(), model.EntityContainer.EntitySets().Select(s => s.Name).Order());
            var dispute = (IEdmEntityType)model.FindDeclaredType("shizhang.Dispute");
            Assert.Equal("_id", dispute.DeclaredKey.Single().Name);
            Assert.Equal("Edm.Date", dispute.FindProperty("received_on").Type.FullName());
            Assert.Equal("Edm.String", dispute.FindProperty("parties").Type.FullName());
            Assert.Equal("Collection(shizhang.Dispute__visits)", dispute.FindProperty("visits").Type.FullName());
        }
    }

    [Fact]
    public async Task Pages_meet_every_record_once_in_order_and_the_count_is_theirs()
    {
        var program = await site.ProgramAsync("party_government_office");
        var first = await DemoSite.GetAsync(program, "/odata/party_member?$count=true&$orderby=joined_on desc&$select=_id,joined_on");
        var records = await AllAsync(program, first);

        Assert.Equal(first.GetProperty("@odata.count").GetInt32(), records.Count);
        Assert.True(records.Count > 1000, $"{records.Count}");
        Assert.Equal(records.Count, records.Select(r => r.GetProperty("_id").GetInt64()).Distinct().Count());
        Assert.Equal(records.Select(r => r.GetProperty("joined_on").GetString()).OrderDescending(StringComparer.Ordinal), records.Select(r => r.GetProperty("joined_on").GetString()));
        Assert.EndsWith("/odata/$metadata#party_member(_id,joined_on)", first.GetProperty("@odata.context").GetString());
    }

    [Fact]
    public async Task Top_and_skip_take_the_part_that_was_asked()
    {
        var program = await site.ProgramAsync("party_government_office");
        var all = (await AllAsync(program, await DemoSite.GetAsync(program, "/odata/party_member?$select=_id"))).ConvertAll(r => r.GetProperty("_id").GetInt64());

        var some = await DemoSite.GetAsync(program, "/odata/party_member?$select=_id&$skip=5&$top=7");
        var many = await AllAsync(program, await DemoSite.GetAsync(program, "/odata/party_member?$select=_id&$skip=5&$top=1010"));
        var none = await DemoSite.GetAsync(program, "/odata/party_member?$top=0&$count=true");

        Assert.Equal(all[5..12], some.GetProperty("value").EnumerateArray().Select(r => r.GetProperty("_id").GetInt64()));
        Assert.False(some.TryGetProperty("@odata.nextLink", out _));
        Assert.Equal(all[5..1015], many.ConvertAll(r => r.GetProperty("_id").GetInt64()));
        Assert.Equal((all.Count, 0), (none.GetProperty("@odata.count").GetInt32(), none.GetProperty("value").GetArrayLength()));
    }

    [Fact]
    public async Task Groups_count_what_the_list_lists()
    {
        var program = await site.ProgramAsync("justice_office");
        const string Where = "received_on ge 2017-01-01 and received_on le 2017-12-31";
        var list = await AllAsync(program, await DemoSite.GetAsync(program, $"/odata/dispute?$filter={Uri.EscapeDataString(Where)}"));

        var apply = $"filter({Where})/groupby((kind,_state),aggregate($count as n,people with sum as people,people with max as most,received_on with min as first,village with countdistinct as villages))";
        var groups = (await DemoSite.GetAsync(program, $"/odata/dispute?$apply={Uri.EscapeDataString(apply)}")).GetProperty("value").EnumerateArray().ToList();

        Assert.NotEmpty(list);
        var expected = list.GroupBy(r => (Kind: r.GetProperty("kind").GetString(), State: r.GetProperty("_state").GetString())).OrderBy(g => g.Key.Kind, StringComparer.Ordinal).ThenBy(g => g.Key.State, StringComparer.Ordinal)
            .Select(g => (g.Key.Kind, g.Key.State, (long)g.Count(), Sum(g, "people"), g.Min(r => r.GetProperty("received_on").GetString()), (long)g.Select(r => r.GetProperty("village").GetString()).Distinct().Count()));
        Assert.Equal(expected, groups.Select(g => (g.GetProperty("kind").GetString(), g.GetProperty("_state").GetString(), g.GetProperty("n").GetInt64(), Number(g.GetProperty("people")), g.GetProperty("first").GetString(), g.GetProperty("villages").GetInt64())));
        var whole = await DemoSite.GetAsync(program, $"/odata/dispute?$apply={Uri.EscapeDataString($"filter({Where})/aggregate($count as n)")}");
        Assert.Equal(list.Count, whole.GetProperty("value")[0].GetProperty("n").GetInt32());
    }

    [Fact]
    public async Task A_unit_sees_its_own_in_lists_groups_and_counts()
    {
        var cadre = await site.ProgramAsync("village_cadre", "village_1");
        var all = await AllAsync(cadre, await DemoSite.GetAsync(cadre, "/odata/dispute"));
        var groups = await DemoSite.GetAsync(cadre, "/odata/dispute?$apply=groupby((village),aggregate($count as n))");

        Assert.NotEmpty(all);
        Assert.All(all, r => Assert.Equal("village_1", r.GetProperty("village").GetString()));
        Assert.Equal(("village_1", all.Count), (groups.GetProperty("value")[0].GetProperty("village").GetString(), groups.GetProperty("value")[0].GetProperty("n").GetInt32()));
        Assert.Equal(all.Count.ToString(), await cadre.GetStringAsync("/odata/dispute/$count", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Personal_facts_are_masked_in_every_list()
    {
        var program = await site.ProgramAsync("party_government_office");
        var persons = (await DemoSite.GetAsync(program, "/odata/person?$top=50")).GetProperty("value").EnumerateArray().ToList();
        var personal = site.Place.Catalog.Ledgers["person"].Fields.Where(f => f.Personal).ToList();

        Assert.NotEmpty(personal);
        Assert.NotEmpty(persons);
        Assert.All(persons, p => Assert.All(personal, f => Assert.True(p.GetProperty(f.Code).ValueKind == JsonValueKind.Null || p.GetProperty(f.Code).GetString()!.Contains('*'), f.Code)));
    }

    [Theory]
    [InlineData("$filter=parties eq '张三'", "$filter")]
    [InlineData("$filter=nothing eq 1", "$filter")]
    [InlineData("$orderby=parties", "$orderby")]
    [InlineData("$orderby=visits", "$orderby")]
    [InlineData("$orderby=kind up", "$orderby")]
    [InlineData("$select=nothing", "$select")]
    [InlineData("$top=-1", "$top")]
    [InlineData("$skip=x", "$skip")]
    [InlineData("$count=maybe", "$count")]
    [InlineData("$expand=lead", "$expand")]
    [InlineData("$skiptoken=x", "$skiptoken")]
    [InlineData("$apply=groupby((parties))", "$apply")]
    [InlineData("$apply=groupby((kind),aggregate(kind with sum as x))", "$apply")]
    [InlineData("$apply=groupby((kind),aggregate($count as kind))", "$apply")]
    [InlineData("$apply=filter(parties eq '张三')/aggregate($count as n)", "$apply")]
    [InlineData("$apply=compute(people mul 2 as x)", "$apply")]
    [InlineData("$apply=aggregate($count as n)&$top=3", "$apply")]
    public async Task What_is_not_answered_is_refused_by_its_option(string query, string option)
    {
        var program = await site.ProgramAsync("justice_office");
        var problem = await RecordApiTests.Problem(program.GetAsync($"/odata/dispute?{query}", TestContext.Current.CancellationToken), HttpStatusCode.BadRequest);

        Assert.Equal(option, problem.GetProperty("errors")[0].GetProperty("path").GetString());
    }

    [Fact]
    public async Task The_service_and_openapi_name_what_the_caller_may()
    {
        var program = await site.ProgramAsync("justice_office");
        var service = await DemoSite.GetAsync(program, "/odata");
        var openapi = await DemoSite.GetAsync(program, "/openapi/v1.json");

        Assert.Contains(service.GetProperty("value").EnumerateArray(), s => s.GetProperty("url").GetString() == "dispute");
        Assert.DoesNotContain(service.GetProperty("value").EnumerateArray(), s => s.GetProperty("url").GetString() == "relief");
        var paths = openapi.GetProperty("paths").EnumerateObject().Select(p => p.Name).ToList();
        Assert.Contains("/api/ledgers/dispute/records", paths);
        Assert.Contains("/odata/unit", paths);
        Assert.DoesNotContain("/api/ledgers/unit/records", paths);
        Assert.DoesNotContain("/odata/relief", paths);
        Assert.Equal("date", openapi.GetProperty("components").GetProperty("schemas").GetProperty("dispute").GetProperty("properties").GetProperty("received_on").GetProperty("format").GetString());
        await RecordApiTests.Problem((await site.ProgramAsync("security_admin")).GetAsync("/odata", TestContext.Current.CancellationToken), HttpStatusCode.Forbidden);
    }

    private static async Task<List<JsonElement>> AllAsync(HttpClient program, JsonElement page)
    {
        var all = page.GetProperty("value").EnumerateArray().ToList();
        while (page.TryGetProperty("@odata.nextLink", out var next))
        {
            page = await DemoSite.GetAsync(program, next.GetString()!);
            all.AddRange(page.GetProperty("value").EnumerateArray());
        }

        return all;
    }

    private static decimal? Sum(IEnumerable<JsonElement> records, string field)
    {
        var values = records.Select(r => Number(r.GetProperty(field))).OfType<decimal>().ToList();
        return values.Count == 0 ? null : values.Sum();
    }

    private static decimal? Number(JsonElement element) => element.ValueKind == JsonValueKind.Null ? null : element.GetDecimal();
}
