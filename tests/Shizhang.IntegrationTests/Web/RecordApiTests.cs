using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Shizhang.IntegrationTests.Cli;
using Shizhang.Storage.Journal;
using Shizhang.Storage.Records;

namespace Shizhang.IntegrationTests.Web;

/// <summary>Records by programs: one shape of refusal, asked twice is done once, nobody overwrites what they did not see, masks stay masks.</summary>
[Collection(DemoCollection.Name)]
public class RecordApiTests(DemoSite site) : IClassFixture<DemoSite>
{
    private const string Disputes = "/api/ledgers/dispute/records";

    private static Dictionary<string, object?> Dispute(params (string Name, object? Value)[] more)
    {
        var body = new Dictionary<string, object?> { ["village"] = "village_1", ["received_on"] = "2018-11-05", ["kind"] = "邻里" };
        foreach (var (name, value) in more)
        {
            body[name] = value;
        }

        return body;
    }

    [Fact]
    public async Task A_record_is_entered_read_masked_and_amended()
    {
        var program = await site.ProgramAsync("justice_office");
        var visits = new[] { new { on = "2018-11-06", note = "已上门" }, new { on = "2018-11-07", note = "双方和好" } };

        var created = await DemoSite.SendAsync(program, HttpMethod.Post, Disputes, Dispute(("parties", "张小三"), ("people", 3), ("visits", visits)));
        var answer = await DemoSite.JsonAsync(created, HttpStatusCode.Created);
        var record = await DemoSite.GetAsync(program, created.Headers.Location!.OriginalString);

        Assert.Equal($"\"{answer.GetProperty("_version").GetInt64()}\"", created.Headers.ETag!.Tag);
        Assert.Equal(("登记", "张*三", 3, "2018-11-05"), (record.GetProperty("_state").GetString(), record.GetProperty("parties").GetString(), record.GetProperty("people").GetInt32(), record.GetProperty("received_on").GetString()));
        Assert.Equal(["2018-11-06", "2018-11-07"], record.GetProperty("visits").EnumerateArray().Select(v => v.GetProperty("on").GetString()));

        // What was read is sent back, the mask with it: the fact behind it stays.
        var back = record.EnumerateObject().ToDictionary(p => p.Name, p => (object?)p.Value);
        back["people"] = 4;
        var amended = await DemoSite.JsonAsync(await DemoSite.SendAsync(program, HttpMethod.Put, created.Headers.Location.OriginalString, back, ("If-Match", created.Headers.ETag.Tag)));
        var stored = await new RecordArchive(site.Place.Store).FindAsync(site.Place.Town, site.Place.Catalog.Ledgers["dispute"], amended.GetProperty("_id").GetInt64());
        Assert.Equal(("张小三", 4L), (stored!.Values["parties"], stored.Values["people"]));
        var history = await new JournalReader(site.Place.Store.Database).OfRecordAsync(site.Place.Town, "dispute", stored.Id);
        Assert.All(history, h => Assert.StartsWith("token:", h.Line.Actor, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Everything_wrong_is_said_with_its_path_in_the_one_shape()
    {
        var program = await site.ProgramAsync("justice_office");
        var body = Dispute(("kind", "没有这种"), ("people", 0), ("nothing", 1), ("visits", new object[] { new { note = "无日期" } }));

        var problem = await Problem(DemoSite.SendAsync(program, HttpMethod.Post, Disputes, body), HttpStatusCode.UnprocessableEntity);

        Assert.Equal(["kind", "nothing", "people", "visits[0].on"], Paths(problem));
        Assert.All(problem.GetProperty("errors").EnumerateArray(), e => Assert.NotEmpty(e.GetProperty("message").GetString()!));
    }

    [Theory]
    [InlineData("{", HttpStatusCode.BadRequest)]
    [InlineData("[]", HttpStatusCode.BadRequest)]
    [InlineData("{\"kind\":\"a\",\"kind\":\"b\"}", HttpStatusCode.BadRequest)]
    [InlineData("{\"kind\":{}}", HttpStatusCode.UnprocessableEntity)]
    [InlineData("{\"visits\":3}", HttpStatusCode.UnprocessableEntity)]
    [InlineData("{\"volume\":\"x\"}", HttpStatusCode.UnprocessableEntity)]
    [InlineData("{\"people\":1e400}", HttpStatusCode.UnprocessableEntity)]
    [InlineData("{\"\\ud800\":1}", HttpStatusCode.BadRequest)]
    public async Task What_is_no_record_is_refused(string body, HttpStatusCode status)
    {
        var program = await site.ProgramAsync("justice_office");

        await Problem(program.PostAsync(Disputes, new StringContent(body, Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken), status);
    }

    [Theory]
    [InlineData("\\ud800")]
    [InlineData("张\\udc00三")]
    [InlineData("张\\u0000三")]
    public async Task Half_a_character_and_NUL_are_no_text_in_any_field(string text)
    {
        var program = await site.ProgramAsync("justice_office");
        var (address, _) = await CreatedAsync(program);
        async Task<JsonElement> RefusedAsync(string to, string body) =>
            await Problem(program.PostAsync(to, new StringContent(body, Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken), HttpStatusCode.UnprocessableEntity);

        var problem = await RefusedAsync(Disputes, $$"""{"village":"{{text}}","received_on":"2018-11-05","kind":"{{text}}","parties":"{{text}}","visits":[{"on":"2018-11-06","note":"{{text}}"}]}""");
        var step = await RefusedAsync($"{address}/steps/受理", $$"""{"reason":"{{text}}"}""");

        Assert.Equal(["kind", "parties", "village", "visits[0].note"], Paths(problem));
        Assert.Equal(["reason"], Paths(step));
    }

    [Fact]
    public async Task A_name_that_stands_twice_is_named_with_its_place()
    {
        var program = await site.ProgramAsync("justice_office");

        var problem = await Problem(program.PostAsync(Disputes, new StringContent("""{"kind":"邻里","visits":[{"on":"2018-11-06"},{"on":"2018-11-07","on":"2018-11-08"}]}""", Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken), HttpStatusCode.BadRequest);
        var broken = await Problem(program.PostAsync(Disputes, new StringContent("{\n  \"kind\": ?", Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken), HttpStatusCode.BadRequest);

        Assert.Equal(["visits[1].on"], Paths(problem));
        Assert.Contains("visits[1].on", problem.GetProperty("detail").GetString());
        Assert.Matches(@"第2行第\d+字节", broken.GetProperty("detail").GetString()!);
    }

    [Fact]
    public async Task If_Match_may_be_any_version_several_or_weak()
    {
        var program = await site.ProgramAsync("justice_office");
        var (address, tag) = await CreatedAsync(program);
        async Task<HttpStatusCode> PutAsync(string match) => (await DemoSite.SendAsync(program, HttpMethod.Put, address, new { people = 5 }, ("If-Match", match))).StatusCode;

        Assert.Equal(HttpStatusCode.PreconditionRequired, await PutAsync("x"));
        Assert.Equal(HttpStatusCode.Conflict, await PutAsync("W/" + tag));
        Assert.Equal(HttpStatusCode.Conflict, await PutAsync("\"0\", \"abc\""));
        Assert.Equal(HttpStatusCode.OK, await PutAsync($"\"999\", {tag}"));
        Assert.Equal(HttpStatusCode.Conflict, await PutAsync(tag));
        Assert.Equal(HttpStatusCode.OK, await PutAsync("*"));
    }

    [Fact]
    public async Task The_state_is_changed_by_a_step_and_never_by_amending()
    {
        var program = await site.ProgramAsync("justice_office");
        var (address, tag) = await CreatedAsync(program);

        var state = await Problem(DemoSite.SendAsync(program, HttpMethod.Put, address, new { people = 5, _state = "办结" }, ("If-Match", tag)), HttpStatusCode.UnprocessableEntity);
        var others = await Problem(DemoSite.SendAsync(program, HttpMethod.Put, address, new { _id = 1, _version = 99, _new = "x" }, ("If-Match", tag)), HttpStatusCode.UnprocessableEntity);

        Assert.Equal(["_state"], Paths(state));
        Assert.Contains(address + "/steps/", state.GetProperty("detail").GetString());
        Assert.Equal(["_id", "_new", "_version"], Paths(others));
        Assert.Equal(HttpStatusCode.OK, (await DemoSite.SendAsync(program, HttpMethod.Put, address, new { people = 5, _state = "登记" }, ("If-Match", tag))).StatusCode);
    }

    [Fact]
    public async Task Asked_twice_with_one_key_it_is_done_once()
    {
        var program = await site.ProgramAsync("justice_office");
        var key = ("Idempotency-Key", Guid.NewGuid().ToString());

        var both = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => DemoSite.SendAsync(program, HttpMethod.Post, Disputes, Dispute(), key)));
        var answers = await Task.WhenAll(both.Select(r => DemoSite.JsonAsync(r, HttpStatusCode.Created)));
        var other = await Problem(DemoSite.SendAsync(program, HttpMethod.Post, Disputes, Dispute(("people", 9)), key), HttpStatusCode.UnprocessableEntity);
        var stranger = await DemoSite.SendAsync(await site.ProgramAsync("justice_office"), HttpMethod.Post, Disputes, Dispute(), key);

        Assert.Single(answers.Select(a => a.GetRawText()).Distinct());
        Assert.Equal(["Idempotency-Key"], Paths(other));
        Assert.NotEqual(answers[0].GetRawText(), (await DemoSite.JsonAsync(stranger, HttpStatusCode.Created)).GetRawText());
    }

    [Fact]
    public async Task An_amendment_asked_twice_is_done_once_and_answers_the_same()
    {
        var program = await site.ProgramAsync("justice_office");
        var (address, tag) = await CreatedAsync(program);
        var key = ("Idempotency-Key", Guid.NewGuid().ToString());

        var first = await DemoSite.JsonAsync(await DemoSite.SendAsync(program, HttpMethod.Put, address, new { people = 5 }, ("If-Match", tag), key));
        var second = await DemoSite.JsonAsync(await DemoSite.SendAsync(program, HttpMethod.Put, address, new { people = 5 }, ("If-Match", tag), key));

        Assert.Equal(first.GetRawText(), second.GetRawText());
    }

    [Fact]
    public async Task A_version_not_seen_is_a_conflict_with_both_versions()
    {
        var program = await site.ProgramAsync("justice_office");
        var (address, tag) = await CreatedAsync(program);
        await DemoSite.JsonAsync(await DemoSite.SendAsync(program, HttpMethod.Put, address, new { people = 5 }, ("If-Match", tag)));

        var conflict = await Problem(DemoSite.SendAsync(program, HttpMethod.Put, address, new { people = 6 }, ("If-Match", tag)), HttpStatusCode.Conflict);
        var unsaid = await Problem(DemoSite.SendAsync(program, HttpMethod.Put, address, new { people = 6 }), HttpStatusCode.PreconditionRequired);

        Assert.Equal((2, 5), (conflict.GetProperty("seen").GetProperty("people").GetInt32(), conflict.GetProperty("current").GetProperty("people").GetInt32()));
        Assert.Equal("张*三", conflict.GetProperty("current").GetProperty("parties").GetString());
        Assert.Equal(["If-Match"], Paths(unsaid));
    }

    [Fact]
    public async Task A_step_is_taken_with_what_it_needs_and_refused_with_everything_missing()
    {
        var program = await site.ProgramAsync("justice_office");
        var (address, _) = await CreatedAsync(program);
        var accepted = await DemoSite.JsonAsync(await DemoSite.SendAsync(program, HttpMethod.Post, $"{address}/steps/受理", new { }));
        var step = $"{address}/steps/办结";

        var missing = await Problem(DemoSite.SendAsync(program, HttpMethod.Post, step, new { set = new { outcome = "调处成功" } }), HttpStatusCode.UnprocessableEntity);
        var set = new { outcome = "调处成功", settled_on = "2018-11-08", agreement = "口头" };
        var evidence = new[] { new { name = "协议.txt", content = Convert.ToBase64String("和解"u8) } };
        var settled = await DemoSite.JsonAsync(await DemoSite.SendAsync(program, HttpMethod.Post, step, new { set, evidence, reason = "按期" }, ("If-Match", $"\"{accepted.GetProperty("_version").GetInt64()}\"")));

        Assert.Equal("调处中", accepted.GetProperty("_state").GetString());
        Assert.Contains("settled_on", Paths(missing));
        Assert.Contains("agreement", Paths(missing));
        Assert.Equal("办结", settled.GetProperty("_state").GetString());
    }

    [Fact]
    public async Task A_token_reaches_its_ledgers_and_units_until_its_day_and_only_as_itself()
    {
        var justice = await site.ProgramAsync("justice_office");
        var cadre = await site.ProgramAsync("village_cadre", "village_2");
        var ended = await site.ProgramAsync("justice_office", days: -1);
        var basic = site.Nobody();
        basic.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes("anybody:" + justice.DefaultRequestHeaders.Authorization!.Parameter)));
        var (address, _) = await CreatedAsync(justice);

        Assert.Equal("邻里", (await DemoSite.GetAsync(basic, address)).GetProperty("kind").GetString());
        await Problem(justice.GetAsync("/api/ledgers/relief/records/1", TestContext.Current.CancellationToken), HttpStatusCode.Forbidden);
        await Problem(justice.GetAsync("/api/ledgers/nothing/records/1", TestContext.Current.CancellationToken), HttpStatusCode.NotFound);
        await Problem(cadre.GetAsync(address, TestContext.Current.CancellationToken), HttpStatusCode.NotFound);
        Assert.Equal(["village"], Paths(await Problem(DemoSite.SendAsync(cadre, HttpMethod.Post, Disputes, Dispute()), HttpStatusCode.UnprocessableEntity)));
        await Problem(ended.GetAsync(address, TestContext.Current.CancellationToken), HttpStatusCode.Unauthorized);
        var nobody = await site.Nobody().GetAsync(address, TestContext.Current.CancellationToken);
        Assert.Contains("Basic", nobody.Headers.WwwAuthenticate.ToString());
        await Problem(Task.FromResult(nobody), HttpStatusCode.Unauthorized);

        // A token opens no pages.
        Assert.Equal(HttpStatusCode.Redirect, (await justice.GetAsync("/ledgers", TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task A_record_that_has_ended_takes_no_evidence()
    {
        var (address, _) = await CreatedAsync(await site.ProgramAsync("justice_office"));
        var (ledger, id, page) = (site.Place.Catalog.Ledgers["dispute"], long.Parse(address.Split('/')[^1]), address.Replace("/api", "", StringComparison.Ordinal).Replace("/records", "", StringComparison.Ordinal));
        var record = (await new RecordArchive(site.Place.Store).FindAsync(site.Place.Town, ledger, id))!;
        Assert.IsType<Written>(await site.Place.Store.WriteAsync(site.Place.Town, new Actor("justice_office"), new AmendRecord(ledger, id, record.Version, record.Values, "已归档")));
        var browser = await site.BrowserAsync("village_cadre");

        var refused = await DemoSite.PostAsync(browser, page + "?handler=Evidence");

        Assert.DoesNotContain("?handler=Evidence", await browser.GetStringAsync(page, TestContext.Current.CancellationToken));
        Assert.Equal(HttpStatusCode.OK, refused.StatusCode);
        Assert.Contains("不能再改", WebUtility.HtmlDecode(await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task A_session_reads_and_writes_only_with_the_token_of_a_form()
    {
        var browser = await site.BrowserAsync("justice_office");
        await DemoSite.GetAsync(browser, "/api/ledgers");

        var refused = await Problem(DemoSite.SendAsync(browser, HttpMethod.Post, Disputes, Dispute()), HttpStatusCode.BadRequest);
        var token = await DemoSite.FormTokenAsync(browser, "/ledgers/dispute/new");
        var written = await DemoSite.SendAsync(browser, HttpMethod.Post, Disputes, Dispute(), ("RequestVerificationToken", token));

        Assert.Equal(["RequestVerificationToken"], Paths(refused));
        Assert.Equal(HttpStatusCode.Created, written.StatusCode);
    }

    [Fact]
    public async Task Figures_and_audit_answer_as_the_commands_do()
    {
        var writer = await site.ProgramAsync("party_government_office");
        var justice = await site.ProgramAsync("justice_office");

        var figures = await DemoSite.GetAsync(writer, "/api/figures?code=disputes&code=disputes_settled&from=2016-01-01&to=2018-12-31&asOf=2018-12-31");
        await Problem(justice.GetAsync("/api/figures?code=party_members", TestContext.Current.CancellationToken), HttpStatusCode.Forbidden);
        var text = new StringContent("共排查矛盾纠纷999起，其中婚姻家庭500起、邻里400起、其他109起。", Encoding.UTF8, "text/plain");
        var audit = await DemoSite.JsonAsync(await writer.PostAsync("/api/audit?from=2016-01-01&to=2018-12-31", text, TestContext.Current.CancellationToken));

        Assert.Equal(["disputes", "disputes_settled"], figures.EnumerateArray().Select(f => f.GetProperty("indicator").GetString()));
        Assert.True(figures[0].GetProperty("value").GetDecimal() > 0);
        Assert.Equal("contradicted", audit.GetProperty("claims")[0].GetProperty("verdict").GetString());
        Assert.Contains(audit.GetProperty("discrepancies").EnumerateArray(), d => d.GetProperty("kind").GetString() == "parts");
    }

    private static async Task<(string Address, string Tag)> CreatedAsync(HttpClient program)
    {
        var created = await DemoSite.SendAsync(program, HttpMethod.Post, Disputes, Dispute(("people", 2), ("parties", "张小三")));
        await DemoSite.JsonAsync(created, HttpStatusCode.Created);
        return (created.Headers.Location!.OriginalString, created.Headers.ETag!.Tag);
    }

    internal static async Task<JsonElement> Problem(Task<HttpResponseMessage> response, HttpStatusCode status)
    {
        var answer = await response;
        var problem = await DemoSite.JsonAsync(answer, status);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal((int)status, problem.GetProperty("status").GetInt32());
        Assert.NotEmpty(problem.GetProperty("title").GetString()!);
        Assert.NotEmpty(problem.GetProperty("detail").GetString()!);
        Assert.Equal(JsonValueKind.Array, problem.GetProperty("errors").ValueKind);
        return problem;
    }

    private static IEnumerable<string> Paths(JsonElement problem) => problem.GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("path").GetString()!).Order(StringComparer.Ordinal);
}
