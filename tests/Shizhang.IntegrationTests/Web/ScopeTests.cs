using System.Net;
using Shizhang.Core.Catalogs;
using Shizhang.Core.Records;
using Shizhang.IntegrationTests.Cli;
using Shizhang.Storage;
using Shizhang.Storage.Accounts;
using Shizhang.Storage.Records;

namespace Shizhang.IntegrationTests.Web;

/// <summary>What a role reads, it reads at its unit; what is kept from it is not there: in no list, page, search or name.</summary>
[Collection(DemoCollection.Name)]
public class ScopeTests(DemoFixture demo)
{
    private const string Village = "village_1";

    [Fact]
    public async Task A_village_cadre_sees_the_records_of_the_village_and_no_other()
    {
        var site = await demo.SiteAsync();
        using var visitor = await site.SignedInAsync("village_cadre");
        var village = (await UnitReader.ReadAsync(site.Place.Store, DemoFixture.Town)).Scope(Village, LocalTime.Today(site.Clock));
        foreach (var code in (string[])["dispute", "service_case", "household", "relief"])
        {
            var ledger = site.Catalog.Ledgers[code];
            var all = await AllAsync(site, ledger);
            var (own, other) = (all.Where(r => village.Contains((string)r.Values[ledger.Unit]!)).ToList(), all.Find(r => !village.Contains((string)r.Values[ledger.Unit]!))!);
            Assert.NotEmpty(own);
            Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync($"/ledgers/{code}/{own[0].Id}")).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync($"/ledgers/{code}/{other.Id}")).Status);
            foreach (var path in (string[])["", $"/steps/{ledger.Workflow?.Steps.Keys.First()}", "/edit"])
            {
                Assert.NotEqual(HttpStatusCode.OK, (await visitor.GetAsync($"/ledgers/{code}/{other.Id}{path}")).Status);
            }

            var list = await ListedAsync(visitor, $"/ledgers/{code}?all=true");
            Assert.Equal(own.Select(r => r.Id).Order(), list.Order());
        }
    }

    [Fact]
    public async Task A_unit_in_the_address_or_the_frame_does_not_widen_what_is_seen()
    {
        var site = await demo.SiteAsync();
        using var visitor = await site.SignedInAsync("village_cadre");
        var ledger = site.Catalog.Ledgers["dispute"];
        var own = (await AllAsync(site, ledger)).Where(r => (string?)r.Values[ledger.Unit] == Village).Select(r => r.Id).Order().ToList();

        Assert.Equal(own, (await ListedAsync(visitor, "/ledgers/dispute?all=true&unit=village_2")).Order());
        await visitor.GetAsync("/frame?unit=mouzhen&from=2016-01-01&to=2018-12-31");
        Assert.Equal(own, (await ListedAsync(visitor, "/ledgers/dispute?all=true")).Order());
    }

    [Fact]
    public async Task The_year_looked_at_follows_the_work_a_day_later_and_not_under_anybodys_hands()
    {
        await using var site = await Site.OpenAsync(demo.CopyFolder());
        using var before = await site.SignedInAsync("justice_office");
        Assert.Contains("value=\"2018-12-31\"", (await before.GetAsync("/")).Text);

        await before.PostAsync("/ledgers/dispute/new", [("village", "village_1"), ("received_on", $"{LocalTime.Today(site.Clock):yyyy-MM-dd}"), ("kind", "邻里")]);
        Assert.Contains("value=\"2018-12-31\"", (await before.GetAsync("/")).Text);

        site.Clock.Ahead = TimeSpan.FromDays(1);
        using var after = await site.SignedInAsync("justice_office");
        Assert.Contains($"value=\"{LocalTime.Today(site.Clock):yyyy}-12-31\"", (await after.GetAsync("/")).Text);
    }

    [Fact]
    public async Task A_number_typed_for_a_reference_names_only_what_a_search_would_find()
    {
        var site = await demo.SiteAsync();
        using var visitor = await site.SignedInAsync("village_cadre");
        var tree = await UnitReader.ReadAsync(site.Place.Store, DemoFixture.Town);
        var ledger = site.Catalog.Ledgers["person"];
        var village = tree.Scope(Village, LocalTime.Today(site.Clock));
        var all = await AllAsync(site, ledger);
        var (own, other) = (all.First(r => village.Contains((string)r.Values[ledger.Unit]!)), all.First(r => !village.Contains((string)r.Values[ledger.Unit]!)));
        var titles = await new RecordTitles(site.Place.Store).OfAsync(DemoFixture.Town, ledger, [own.Id, other.Id], tree);

        Assert.Contains($"value=\"#{own.Id} {titles[own.Id]}\"", await TypedAsync(own.Id));
        Assert.Contains($"value=\"#{other.Id}\"", await TypedAsync(other.Id));

        async Task<string> TypedAsync(long id) => (await visitor.PostAsync("/ledgers/role_model/new", [("person", $"#{id}")])).Read;
    }

    [Fact]
    public async Task An_accusation_is_in_no_list_page_search_or_name_for_whoever_may_not_know()
    {
        await using var site = await Site.OpenAsync(demo.CopyFolder());
        var ledger = site.Catalog.Ledgers["petition"];
        var conceal = ledger.Conceal!;
        const string subject = "某某挪用款项";
        var inputs = new Dictionary<string, object?>
        {
            ["unit"] = "village_2", ["received_on"] = "2018-11-01", ["form"] = "来信", ["kind"] = conceal.Is[0], ["people"] = "1", ["subject"] = subject, ["accused_unit"] = "village_2",
        };
        var written = Assert.IsType<Written>(await site.Place.Store.WriteAsync(DemoFixture.Town, new Actor("justice_office"), new CreateRecord(ledger, RecordReader.Read(ledger, inputs).Values!, ledger.Workflow!.Start)));
        var told = new List<string>();
        foreach (var account in await new AccountArchive(site.Place.Store).ListAsync(DemoFixture.Town))
        {
            var role = PackRole.Township().Single(r => r.Code == account.Grants[0].Role);
            using var visitor = await site.SignedInAsync(account.Name);
            var knows = conceal.Only.Contains(role.Code) && role.MayRead("petition");
            var (page, list, find) = (await visitor.GetAsync($"/ledgers/petition/{written.Id}"), await visitor.GetAsync("/ledgers/petition?all=true"), await visitor.GetAsync($"/ledgers/petition/find?q={Uri.EscapeDataString(subject[..4])}"));

            Assert.Equal(!role.MayRead("petition") ? HttpStatusCode.Forbidden : knows ? HttpStatusCode.OK : HttpStatusCode.NotFound, page.Status);
            Assert.True(knows == list.Text.Contains($"/ledgers/petition/{written.Id}\"", StringComparison.Ordinal), $"{account.Name}: list");

            // A search finds it for those who may know; what it is called says nothing to anybody.
            Assert.True(knows == find.Text.Contains($"\"#{written.Id} ", StringComparison.Ordinal), $"{account.Name}: search {find.Text}");
            Assert.DoesNotContain(subject, find.Read);
            told.AddRange(knows ? [account.Name] : []);
        }

        Assert.Equal(conceal.Only.Count, told.Count);
    }

    [Fact]
    public async Task What_refers_to_somebody_is_counted_only_of_records_that_are_there_for_the_visitor()
    {
        await using var site = await Site.OpenAsync(demo.CopyFolder());
        var (people, petition, model) = (site.Catalog.Ledgers["person"], site.Catalog.Ledgers["petition"], site.Catalog.Ledgers["role_model"]);
        var village = (await UnitReader.ReadAsync(site.Place.Store, DemoFixture.Town)).Scope(Village, LocalTime.Today(site.Clock));
        var models = (await AllAsync(site, model)).Select(r => r.Values["person"]).ToHashSet();
        var person = (await AllAsync(site, people)).First(r => village.Contains((string)r.Values[people.Unit]!) && !models.Contains(r.Id));
        await WriteAsync(petition, new() { ["unit"] = "village_2", ["received_on"] = "2018-11-01", ["form"] = "来信", ["kind"] = petition.Conceal!.Is[0], ["people"] = "1", ["subject"] = "某某挪用款项", ["accused"] = person.Id });
        await WriteAsync(model, new() { ["unit"] = "village_2", ["person"] = person.Id, ["kind"] = "道德模范", ["nominated_on"] = "2018-11-01" });
        foreach (var (account, isToldOfPetition, isToldOfModel) in ((string, bool, bool)[])[("wenmi", false, true), ("party_secretary", false, true), ("justice_office", true, false), ("village_cadre", false, false)])
        {
            using var visitor = await site.SignedInAsync(account);
            var page = await visitor.GetAsync($"/ledgers/person/{person.Id}");
            Assert.Equal(HttpStatusCode.OK, page.Status);
            Assert.True(isToldOfPetition == page.Text.Contains("/ledgers/petition?", StringComparison.Ordinal), account);
            Assert.True(isToldOfModel == page.Text.Contains("/ledgers/role_model?", StringComparison.Ordinal), account);
        }

        async Task WriteAsync(Ledger ledger, Dictionary<string, object?> inputs) =>
            Assert.IsType<Written>(await site.Place.Store.WriteAsync(DemoFixture.Town, new Actor("justice_office"), new CreateRecord(ledger, RecordReader.Read(ledger, inputs).Values!, ledger.Workflow!.Start)));
    }

    [Fact]
    public async Task A_masked_name_is_found_by_the_whole_of_it_or_what_the_mask_shows_and_not_by_what_it_hides()
    {
        var site = await demo.SiteAsync();
        var names = (await AllAsync(site, site.Catalog.Ledgers["person"])).ToDictionary(r => r.Id, r => (string)r.Values["name"]!);
        var (id, name) = names.Where(n => n.Value.Length == 3 && n.Value[0] != n.Value[1]).Select(n => (n.Key, n.Value)).Last();
        using var leader = await site.SignedInAsync("leader");
        using var office = await site.SignedInAsync("party_government_office");

        Assert.Contains(id, await FoundAsync(leader, name));
        var first = await FoundAsync(leader, name[..1]);
        Assert.NotEmpty(first);
        Assert.All(first, i => Assert.Equal(name[0], names[i][0]));
        foreach (var hidden in (string[])[name[1..2], name[..2], name[1..]])
        {
            Assert.DoesNotContain(id, await FoundAsync(leader, hidden));
            Assert.Equal(names.Where(n => n.Value.Contains(hidden, StringComparison.Ordinal)).Select(n => n.Key).OrderDescending().Take(12), await FoundAsync(office, hidden));
        }

        // A member is found by the person's name, and no more of it is felt there.
        var member = (await AllAsync(site, site.Catalog.Ledgers["party_member"])).First(m => names[(long)m.Values["person"]!].Length == 3);
        var called = names[(long)member.Values["person"]!];
        Assert.Contains(member.Id, await FoundAsync(leader, called, "party_member"));
        Assert.DoesNotContain(member.Id, await FoundAsync(leader, called[1..], "party_member"));

        static async Task<List<long>> FoundAsync(Visitor visitor, string text, string ledger = "person") =>
            [.. System.Text.RegularExpressions.Regex.Matches((await visitor.GetAsync($"/ledgers/{ledger}/find?q={Uri.EscapeDataString(text)}")).Text, "\"#(\\d+) ").Select(m => long.Parse(m.Groups[1].Value))];
    }

    [Fact]
    public async Task A_part_of_a_name_binds_nobody_and_says_who_may_be_meant()
    {
        await using var site = await Site.OpenAsync(demo.CopyFolder());
        var people = site.Catalog.Ledgers["person"];
        foreach (var name in (string[])["司徒赟", "司徒赟赟"])
        {
            var inputs = new Dictionary<string, object?> { ["unit"] = "village_2", ["name"] = name, ["registered_on"] = "2018-11-01" };
            Assert.IsType<Written>(await site.Place.Store.WriteAsync(DemoFixture.Town, new Actor("justice_office"), new CreateRecord(people, RecordReader.Read(people, inputs).Values!, null)));
        }

        using var office = await site.SignedInAsync("party_government_office");

        Assert.Matches(@"名称没有写全，请选编号：#\d+ 司\*\*赟", await TypedAsync("徒赟赟"));
        Assert.Contains("有几条符合", await TypedAsync("司徒"));
        Assert.DoesNotContain("请选编号", await TypedAsync("司徒赟"));

        async Task<string> TypedAsync(string text) => (await office.PostAsync("/ledgers/personal_matter_filing/new", [("person", text)])).Read;
    }

    private static Task<List<StoredRecord>> AllAsync(Site site, Ledger ledger) =>
        new RecordArchive(site.Place.Store).ListAsync(DemoFixture.Town, ledger, LocalTime.Today(site.Clock), most: 10_000);

    /// <summary>The records a list shows, on all its pages.</summary>
    private static async Task<List<long>> ListedAsync(Visitor visitor, string path)
    {
        var found = new List<long>();
        for (string? next = path; next is not null;)
        {
            var answer = await visitor.GetAsync(next);
            Assert.Equal(HttpStatusCode.OK, answer.Status);
            found.AddRange(System.Text.RegularExpressions.Regex.Matches(answer.Text, @"<td[^>]*>\s*<a href=""/ledgers/\w+/(\d+)""").Select(m => long.Parse(m.Groups[1].Value)));
            var link = System.Text.RegularExpressions.Regex.Match(answer.Text, @"rel=""next"" href=""([^""]+)""");
            next = link.Success ? WebUtility.HtmlDecode(link.Groups[1].Value) : null;
        }

        return found;
    }
}
