using System.Net;
using System.Text.RegularExpressions;
using Shizhang.IntegrationTests.Cli;
using Shizhang.Storage;
using Shizhang.Storage.Records;

namespace Shizhang.IntegrationTests.Web;

/// <summary>The page of a record and its list: what stays readable when it is withdrawn, and what a view keeps.</summary>
[Collection(DemoCollection.Name)]
public class RecordPageTests(DemoFixture demo)
{
    [Fact]
    public async Task A_withdrawn_record_is_read_with_who_withdrew_it_and_why_changed_by_nobody_and_listed_nowhere()
    {
        await using var site = await Site.OpenAsync(demo.CopyFolder());
        var ledger = site.Catalog.Ledgers["dispute"];
        var record = (await new RecordArchive(site.Place.Store).ListAsync(DemoFixture.Town, ledger, LocalTime.Today(site.Clock), most: 1000)).First(r => (string?)r.Values[ledger.Unit] != "village_1" && !ledger.Workflow!.IsEnd(r.State));
        var page = $"/ledgers/dispute/{record.Id}";
        using var justice = await site.SignedInAsync("justice_office");
        Assert.Equal(HttpStatusCode.Found, (await justice.PostAsync($"{page}?handler=Void", [("version", $"{record.Version}"), ("reason", "登记重复")], page)).Status);

        using var inspector = await site.SignedInAsync("inspector");
        foreach (var visitor in (Visitor[])[inspector, justice])
        {
            var read = await visitor.GetAsync(page);
            Assert.Equal(HttpStatusCode.OK, read.Status);
            Assert.Matches("已作废.*司法所.*登记重复", read.Read.ReplaceLineEndings(""));
            Assert.DoesNotContain("/edit\"", read.Text);
            Assert.DoesNotContain("handler=Void", read.Text);
            Assert.DoesNotContain("/steps/", read.Text);
            Assert.DoesNotContain($"{page}\"", (await visitor.GetAsync("/ledgers/dispute?all=true")).Text);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await justice.PostAsync($"{page}?handler=Void", [("version", $"{record.Version}"), ("reason", "再撤")], page)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await justice.GetAsync($"{page}/edit")).Status);
        using var cadre = await site.SignedInAsync("village_cadre");
        Assert.Equal(HttpStatusCode.NotFound, (await cadre.GetAsync(page)).Status);
    }

    [Fact]
    public async Task A_view_keeps_filter_and_order_from_the_first_page_on_and_a_name_too_long_is_said()
    {
        await using var site = await Site.OpenAsync(demo.CopyFolder());
        using var clerk = await site.SignedInAsync("justice_office");
        const string sorted = "/ledgers/dispute?sort=village&up=true&all=true";
        var next = WebUtility.HtmlDecode(Regex.Match((await clerk.GetAsync(sorted)).Text, @"rel=""next"" href=""([^""]+)""").Groups[1].Value);
        var save = WebUtility.HtmlDecode(Regex.Match((await clerk.GetAsync(next)).Text, @"action=""([^""]+handler=Save)""").Groups[1].Value);

        var saved = await clerk.PostAsync(save, [("name", "按村")], next);
        Assert.Equal(sorted, saved.To);
        var list = (await clerk.GetAsync(saved.To!)).Read;
        Assert.Contains($"<a href=\"{sorted}\">按村</a>", list);

        var refused = await clerk.PostAsync(save, [("name", new string('长', 41))], next);
        Assert.Equal(sorted, refused.To);
        Assert.Contains("1至40个字", (await clerk.GetAsync(refused.To!)).Read);

        // A choice above the list leaves its order alone.
        Assert.Equal("/ledgers/dispute?filter=kind%20eq%20%27%E9%82%BB%E9%87%8C%27&sort=village&up=true&all=true", (await clerk.GetAsync($"{sorted}&w.kind={Uri.EscapeDataString("邻里")}")).To);
        Assert.Contains("name=\"sort\" value=\"village\"", list);
    }
}
