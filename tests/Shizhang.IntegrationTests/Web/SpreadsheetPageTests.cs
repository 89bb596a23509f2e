using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using Shizhang.App.Access;
using Shizhang.App.Features.Imports;
using Shizhang.IntegrationTests.Cli;
using Shizhang.Storage;
using Shizhang.Storage.Journal;
using Shizhang.Storage.Records;

namespace Shizhang.IntegrationTests.Web;

/// <summary>Spreadsheets in and out by the browser.</summary>
[Collection(DemoCollection.Name)]
public class SpreadsheetPageTests(DemoFixture demo)
{
    [Fact]
    public async Task A_list_goes_out_as_it_is_filtered_at_the_units_that_are_read_and_masked()
    {
        var site = await demo.SiteAsync();
        using var clerk = await site.SignedInAsync("justice_office");
        var all = await LinesAsync(clerk, "/ledgers/dispute/export?format=csv&all=true");
        var (year, some) = (await LinesAsync(clerk, "/ledgers/dispute/export?format=csv"), await LinesAsync(clerk, $"/ledgers/dispute/export?format=csv&all=true&filter={Uri.EscapeDataString("received_on ge 2018-07-01")}"));
        Assert.True(all.Count > year.Count && year.Count > some.Count && some.Count > 0, $"{all.Count} {year.Count} {some.Count}");
        Assert.Contains($"共{all.Count}条", (await clerk.GetAsync("/ledgers/dispute?all=true")).Read);
        using var cadre = await site.SignedInAsync("village_cadre");
        var own = await LinesAsync(cadre, "/ledgers/dispute/export?format=csv&all=true");
        Assert.True(own.Count > 0 && own.Count < all.Count, $"{own.Count} of {all.Count}");

        var parties = (await new RecordArchive(site.Place.Store).ListAsync(DemoFixture.Town, site.Catalog.Ledgers["dispute"], LocalTime.Today(site.Clock))).Select(r => (string?)r.Values["parties"]).First(p => p?.Length > 1)!;
        Assert.DoesNotContain(parties, string.Join('\n', all));
        var workbook = await clerk.GetAsync("/ledgers/dispute/export?format=xlsx");
        Assert.Equal("PK", Encoding.ASCII.GetString(await workbook.Message.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken), 0, 2));
        var wrong = await clerk.GetAsync("/ledgers/dispute/export?filter=nothing");
        Assert.Equal((HttpStatusCode.Found, "/ledgers/dispute?filter=nothing"), (wrong.Status, wrong.To));
        Assert.Equal(HttpStatusCode.Forbidden, (await cadre.GetAsync("/ledgers/appointment/export")).Status);
        Assert.Equal(HttpStatusCode.OK, (await clerk.GetAsync("/ledgers/dispute/template")).Status);
    }

    [Fact]
    public async Task A_file_is_looked_at_put_right_by_hand_and_written_whole_or_not_at_all()
    {
        await using var site = await Site.OpenAsync(demo.CopyFolder());
        using var clerk = await site.SignedInAsync("justice_office");
        var before = await CountAsync(site);

        var bad = await GiveAsync(clerk, "纠纷.csv", "受理日期,村,类型\n2018-05-03,无此村,邻里\n昨天,village_1,邻里\n");
        var look = (await clerk.GetAsync(bad)).Read;
        Assert.Contains("无此村", look);
        Assert.Contains("共2处", look);
        Assert.DoesNotContain("handler=Write", look);
        var fields = Selects(look);
        Assert.Equal(["received_on", "village", "kind"], fields.Select(f => f.Value));
        var marked = await clerk.PostAsync(bad.Replace("?", "?handler=Errors&", StringComparison.Ordinal), fields, bad);
        Assert.Equal("PK", Encoding.ASCII.GetString(await marked.Message.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken), 0, 2));
        Assert.Equal(HttpStatusCode.OK, (await clerk.PostAsync(bad.Replace("?", "?handler=Write&", StringComparison.Ordinal), fields, bad)).Status);
        Assert.Equal(before, await CountAsync(site));

        // Headings that nobody knows are named by hand; another column is left out.
        var strange = await GiveAsync(clerk, "摸排.csv", "哪天的事,哪个村,什么事,别的\n2018-05-03,village_1,邻里,一\n2018-05-04,village_2,邻里,二\n");
        look = (await clerk.GetAsync(strange)).Read;
        Assert.Contains("role=\"alert\"", look);
        List<(string, string)> byHand = [("m.哪天的事", "received_on"), ("m.哪个村", "village"), ("m.什么事", "kind"), ("m.别的", "-")];
        look = (await clerk.PostAsync(strange.Replace("?", "?handler=Look&", StringComparison.Ordinal), byHand, strange)).Read;
        Assert.Contains("将新增 2 条", look);
        Assert.Contains("handler=Write", look);

        using var other = await site.SignedInAsync("supervision_office");
        Assert.DoesNotContain("摸排", (await other.GetAsync(strange)).Read);
        Assert.Equal(HttpStatusCode.Found, (await clerk.PostAsync(strange.Replace("?", "?handler=Write&", StringComparison.Ordinal), byHand, strange)).Status);
        Assert.Equal(before + 2, await CountAsync(site));
        Assert.Contains("已不在", (await clerk.GetAsync(strange)).Read);
    }

    [Fact]
    public async Task A_given_file_lies_encrypted_until_it_is_written_or_given_up_and_no_longer()
    {
        await using var site = await Site.OpenAsync(demo.CopyFolder());
        using var clerk = await site.SignedInAsync("justice_office");
        const string content = "受理日期,村,类型\n2018-05-03,village_1,邻里\n";
        var shelf = Path.Combine(site.Place.Address.Folder, UploadShelf.Folder);
        List<string> Files() => [.. Directory.EnumerateFiles(shelf, "*", SearchOption.AllDirectories)];

        var look = await GiveAsync(clerk, "纠纷.csv", content);
        var kept = Assert.Single(Files());
        var bytes = await File.ReadAllBytesAsync(kept, TestContext.Current.CancellationToken);
        foreach (var secret in (string[])["village_1", "邻里", "纠纷.csv"])
        {
            Assert.True(bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)) < 0, secret);
        }

        Assert.Contains("将新增 1 条", (await clerk.GetAsync(look)).Read);

        // A file that lost its end, or in which a byte was changed, is none.
        await File.WriteAllBytesAsync(kept, bytes[..^200], TestContext.Current.CancellationToken);
        Assert.Contains("已不在", (await clerk.GetAsync(look)).Read);
        await File.WriteAllBytesAsync(kept, bytes, TestContext.Current.CancellationToken);
        Assert.Contains("将新增 1 条", (await clerk.GetAsync(look)).Read);
        Assert.Equal(HttpStatusCode.Found, (await clerk.PostAsync(look.Replace("?", "?handler=Cancel&", StringComparison.Ordinal), [], look)).Status);
        Assert.Empty(Files());

        look = await GiveAsync(clerk, "纠纷.csv", content);
        Assert.Equal(HttpStatusCode.Found, (await clerk.PostAsync(look.Replace("?", "?handler=Write&", StringComparison.Ordinal), Selects((await clerk.GetAsync(look)).Read), look)).Status);
        Assert.Empty(Files());

        // What is never looked at again goes after a day, when another file comes.
        await GiveAsync(clerk, "旧.csv", content);
        site.Clock.Ahead = TimeSpan.FromHours(25);
        using var other = await site.SignedInAsync("justice_office");
        await GiveAsync(other, "新.csv", content);
        Assert.Single(Files());
    }

    [Fact]
    public async Task A_list_goes_out_in_clear_only_with_a_reason_and_for_who_may_see_it()
    {
        await using var site = await Site.OpenAsync(demo.CopyFolder());
        using var clerk = await site.SignedInAsync("justice_office");
        var parties = (await new RecordArchive(site.Place.Store).ListAsync(DemoFixture.Town, site.Catalog.Ledgers["dispute"], LocalTime.Today(site.Clock))).Select(r => (string?)r.Values["parties"]).First(p => p?.Length > 1)!;
        var list = (await clerk.GetAsync("/ledgers/dispute?all=true")).Read;
        var page = Regex.Match(list, @"href=""(/ledgers/dispute/clear[^""]*)""").Groups[1].Value;
        Assert.Contains("all=true", page);
        (string, string)[] all = [("all", "true"), ("format", "csv")];
        var refused = await clerk.PostAsync("/ledgers/dispute/clear", [.. all, ("reason", " ")], page);
        Assert.Contains("要写明理由", refused.Read);
        Assert.DoesNotContain(parties, refused.Read);
        Assert.Empty(await ShownAsync());

        var clear = await clerk.PostAsync("/ledgers/dispute/clear", [.. all, ("reason", "移交档案")], page);
        Assert.Equal("text/csv", clear.Message.Content.Headers.ContentType?.MediaType);
        Assert.Contains(parties, clear.Text);
        var said = Assert.Single(await ShownAsync());
        Assert.Equal(("justice_office", "dispute", null), (said.Line.Actor, said.Line.Ledger, said.Line.Record));
        Assert.Matches(@"^明文导出\d+条，条件：某镇 · 全部时间；理由：移交档案$", said.Reason);

        // Whoever reads the ledger without its personal facts is offered nothing and gets nothing.
        using var cadre = await site.SignedInAsync("village_cadre");
        Assert.DoesNotContain("/ledgers/dispute/clear", (await cadre.GetAsync("/ledgers/dispute")).Text);
        Assert.Equal(HttpStatusCode.NotFound, (await cadre.PostAsync("/ledgers/dispute/clear", [.. all, ("reason", "移交档案")], "/account")).Status);
        Assert.Single(await ShownAsync());

        Task<List<(JournalLine Line, string? Reason)>> ShownAsync() => new JournalSearch(site.Place.Store.Database).FindAsync(DemoFixture.Town, new JournalQuery { Act = Acts.Shown });
    }

    [Fact]
    public async Task A_preview_names_only_people_who_are_there_for_the_account_and_by_identity_number_only_where_it_is_shown()
    {
        var site = await demo.SiteAsync();
        var (people, tree) = (site.Catalog.Ledgers["person"], await UnitReader.ReadAsync(site.Place.Store, DemoFixture.Town));
        var village = tree.Scope("village_1", LocalTime.Today(site.Clock));
        var all = await new RecordArchive(site.Place.Store).ListAsync(DemoFixture.Town, people, LocalTime.Today(site.Clock), most: 10_000);
        var own = all.First(r => village.Contains((string)r.Values[people.Unit]!) && IsAlone(r) && r.Values["id_number"] is string);
        var other = all.First(r => !village.Contains((string)r.Values[people.Unit]!) && IsAlone(r) && r.Values["id_number"] is string);
        const string nobody = "510000197001010000";

        // Who sees the village in clear names its people in every way, and nobody else's in any.
        await TryAsync("village_cadre", "role_model", "village_1,{0},道德模范,2018-05-03", [Name(own), Number(own)], [Name(other), Number(other), nobody]);

        // Who sees everybody masked may write a whole name, and gets no answer to a number.
        await TryAsync("leader", "personal_matter_filing", "mouzhen,{0},2018,2018-05-03", [Name(own), Name(other)], [Number(own), Number(other), nobody]);

        async Task TryAsync(string name, string ledger, string row, string[] known, string[] unknown)
        {
            var (access, _) = await Accounts.FindAsync(site.Place, name);
            var into = site.Catalog.Ledgers[ledger];
            var heads = string.Join(',', into.Fields.Take(4).Select(f => f.Name));
            foreach (var text in known.Concat(unknown))
            {
                var content = Encoding.UTF8.GetBytes($"{heads}\n{row.Replace("{0}", text, StringComparison.Ordinal)}\n");
                var outcome = await new ImportWork(site.Place, site.Clock, (_, _, _) => { }).RunAsync(access!, new Actor(name), into, new ImportSource("名单.csv", () => new MemoryStream(content)), new Dictionary<string, string>(), isDryRun: true);
                Assert.Null(outcome.Refusal);
                Assert.Equal(known.Contains(text) ? [] : [$"没有找到“{text}”；可填标题、唯一编号（如身份证号）或 #编号"], outcome.Errors.Select(e => e.Sentence));
            }
        }

        bool IsAlone(StoredRecord record) => all.Count(r => Equals(r.Values["name"], record.Values["name"])) == 1;
        static string Name(StoredRecord record) => (string)record.Values["name"]!;
        static string Number(StoredRecord record) => (string)record.Values["id_number"]!;
    }

    [Fact]
    public async Task A_reference_goes_out_by_the_name_a_list_gives_it_and_comes_back_as_what_is_there()
    {
        var site = await demo.SiteAsync();
        using var office = await site.SignedInAsync("party_government_office");
        var (access, _) = await Accounts.FindAsync(site.Place, "party_government_office");
        foreach (var code in (string[])["member_review", "pledge", "absence_talk", "community_registration"])
        {
            var answer = await office.GetAsync($"/ledgers/{code}/export?format=csv&all=true");
            Assert.Matches(@"#\d+ \p{IsCJKUnifiedIdeographs}\*", answer.Text);
            Assert.DoesNotMatch(@"#\d+ #", answer.Text);

            var source = new ImportSource("导出.csv", () => new MemoryStream(Encoding.UTF8.GetBytes(answer.Text)));
            var outcome = await new ImportWork(site.Place, site.Clock, (_, _, _) => { }).RunAsync(access!, new Actor("party_government_office"), site.Catalog.Ledgers[code], source, new Dictionary<string, string>(), isDryRun: true);
            Assert.Equal((null, 0, 0), (outcome.Refusal, outcome.ErrorCount, outcome.Added));
            Assert.True(outcome.Present > 0, code);
        }
    }

    private static List<(string Name, string Value)> Selects(string page) =>
        [.. Regex.Matches(page, @"<select name=""(m\.[^""]+)"".*?</select>", RegexOptions.Singleline).Select(m => (m.Groups[1].Value, Regex.Match(m.Value, @"value=""([^""]+)"" selected").Groups[1].Value))];

    private static async Task<string> GiveAsync(Visitor visitor, string name, string text)
    {
        var page = (await visitor.GetAsync("/ledgers/dispute/import")).Text;
        var token = Regex.Match(page, "action=\"[^\"]*handler=Upload[^\"]*\".*?name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"", RegexOptions.Singleline).Groups[1].Value;
        var file = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
        file.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        var form = new MultipartFormDataContent { { new StringContent(token), "__RequestVerificationToken" }, { file, "upload", name } };
        var answer = await visitor.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/ledgers/dispute/import?handler=Upload") { Content = form });
        Assert.Equal(HttpStatusCode.Found, answer.Status);
        return answer.To!;
    }

    private static async Task<List<string>> LinesAsync(Visitor visitor, string path)
    {
        var answer = await visitor.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, answer.Status);

        // A record with several lines of visits takes several rows with the same number.
        return [.. answer.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).DistinctBy(l => l.Split(',')[0])];
    }

    private static Task<long> CountAsync(Site site) =>
        new RecordPager(site.Place.Store).CountAsync(DemoFixture.Town, new PageRequest(site.Catalog.Ledgers["dispute"], LocalTime.Today(site.Clock)));
}
