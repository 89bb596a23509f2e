using System.Net;
using System.Text.RegularExpressions;
using Shizhang.IntegrationTests.Cli;
using Shizhang.Storage.Accounts;
using Shizhang.Storage.Records;

namespace Shizhang.IntegrationTests.Web;

/// <summary>The rooms of the left column, and what the workbench offers to record.</summary>
[Collection(DemoCollection.Name)]
public class RoomTests(DemoFixture demo)
{
    [Fact]
    public async Task Each_role_has_the_rooms_in_which_there_is_something_for_it()
    {
        var site = await demo.SiteAsync();
        var accounts = await new AccountArchive(site.Place.Store).ListAsync(DemoFixture.Town);
        var without = 0;
        foreach (var role in PackRole.Township())
        {
            using var visitor = await site.SignedInAsync(accounts.First(a => a.Grants is [var only] && only.Role == role.Code).Name);
            var rooms = Regex.Matches((await visitor.GetAsync("/admin/roles")).Text, @"<nav class=""rooms"".*?</nav>", RegexOptions.Singleline)
                .SelectMany(n => Regex.Matches(n.Value, @"href=""([^""]+)""").Select(m => m.Groups[1].Value)).ToList();
            Assert.True(role.MayRead("finding") == rooms.Contains("/findings"), $"{role.Code}: {string.Join(' ', rooms)}");
            Assert.Equal(role.IsBusiness, rooms.Contains("/ledgers"));
            without += role.IsBusiness && !rooms.Contains("/findings") ? 1 : 0;
            foreach (var room in rooms)
            {
                Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync(room)).Status);
            }
        }

        Assert.True(without > 0);
    }

    [Fact]
    public async Task Who_has_recorded_nothing_is_offered_what_the_role_uses_most_then_what_was_recorded_lately()
    {
        await using var site = await Site.OpenAsync(demo.CopyFolder());
        using var visitor = await site.SignedInAsync("village_cadre");
        var named = PackRole.Township().Single(r => r.Code == "village_cadre").Records;
        Assert.Equal(named.Take(8), await OfferedAsync(visitor));
        Assert.Contains("dispute", named.Take(8));

        var ledger = site.Catalog.Ledgers[named[^1]];
        var latest = (await new RecordArchive(site.Place.Store).ListAsync(DemoFixture.Town, ledger, new DateOnly(2018, 12, 31))).Find(r => (string?)r.Values[ledger.Unit] == "village_1")!;
        Assert.IsType<Written>(await site.Place.Store.WriteAsync(DemoFixture.Town, new Actor("village_cadre"), new CreateRecord(ledger, latest.Values.Copy(), ledger.Workflow?.Start)));
        Assert.Equal([ledger.Code, .. named.Take(7)], await OfferedAsync(visitor));
    }

    [Fact]
    public async Task A_program_is_told_404_where_nothing_is_and_405_where_it_may_not_ask_so()
    {
        var site = await demo.SiteAsync();
        using var person = await site.SignedInAsync("justice_office");
        using var administrator = await site.SignedInAsync("system_admin");
        using var nobody = site.Visitor();
        foreach (var path in (string[])["/api", "/api/nothing", "/api/ledgers/dispute/nothing", "/odata/dispute/a/b", "/openapi/v2.json"])
        {
            foreach (var known in (Visitor[])[person, administrator])
            {
                var answer = await known.GetAsync(path);
                Assert.Equal((path, HttpStatusCode.NotFound, "application/problem+json"), (path, answer.Status, answer.Message.Content.Headers.ContentType?.MediaType));
            }

            Assert.Equal((path, HttpStatusCode.Unauthorized), (path, (await nobody.GetAsync(path)).Status));
            var wrongToken = new HttpRequestMessage(HttpMethod.Get, path);
            wrongToken.Headers.Authorization = new("Bearer", "sz_none");
            Assert.Equal((path, HttpStatusCode.Unauthorized), (path, (await nobody.SendAsync(wrongToken)).Status));
        }

        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await person.SendAsync(new HttpRequestMessage(HttpMethod.Delete, "/api/ledgers"))).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await administrator.GetAsync("/api/ledgers")).Status);
    }

    private static async Task<IEnumerable<string>> OfferedAsync(Visitor visitor)
    {
        var desk = Regex.Match((await visitor.GetAsync("/")).Text, @"<p class=""quick"">.*?</p>", RegexOptions.Singleline).Value;
        return Regex.Matches(desk, @"/ledgers/(\w+)/new").Select(m => m.Groups[1].Value);
    }
}
