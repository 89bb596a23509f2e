using System.Net;
using System.Text.RegularExpressions;
using Shizhang.IntegrationTests.Cli;
using Shizhang.Storage.Issues;
using Shizhang.Storage.Records;

namespace Shizhang.IntegrationTests.Web;

/// <summary>The reports room without scripts: a figure opens, a report is signed as it was seen, and a recount says what became of it.</summary>
[Collection(DemoCollection.Name)]
public partial class ReportRoomTests(DemoFixture demo)
{
    private const string Years = "from=2016-01-01&to=2018-12-31";

    [Fact]
    public async Task A_figure_is_a_link_to_its_panel_and_the_panel_alone_says_the_same()
    {
        var site = await demo.SiteAsync();
        using var clerk = await site.SignedInAsync("wenmi");

        var report = await clerk.GetAsync($"/reports/inspection_report?{Years}");
        var link = WebUtility.HtmlDecode(Link().Match(report.Text).Groups[1].Value);
        Assert.Equal($"/reports/inspection_report?{Years}&figure=party_members#panel", link);

        var opened = await clerk.GetAsync(link.Replace("#panel", "", StringComparison.Ordinal));
        var alone = await clerk.GetAsync(link.Replace("#panel", "&handler=Panel", StringComparison.Ordinal));
        Assert.Contains("<data value=\"1040\">1040</data>", opened.Text);
        Assert.Contains(alone.Text.Trim(), opened.Text);
        Assert.Contains($"href=\"/figures/party_members?from=2016-01-01&amp;to=2018-12-31&amp;unit=mouzhen#records\"", opened.Text);
        Assert.Equal(8, Regex.Count(alone.Text, "href=\"/ledgers/party_member/\\d+\""));
        Assert.DoesNotContain("<html", alone.Text);
    }

    [Fact]
    public async Task Who_does_not_read_the_ledgers_sees_the_value_and_no_record()
    {
        var site = await demo.SiteAsync();
        using var cadre = await site.SignedInAsync("village_cadre");

        var panel = await cadre.GetAsync($"/reports/inspection_report?{Years}&figure=petitions&handler=Panel");

        Assert.Matches("<data value=\"\\d+\">\\d+</data>", panel.Text);
        Assert.DoesNotContain("/ledgers/", panel.Text);
        Assert.DoesNotContain("/figures/", panel.Text);
    }

    [Fact]
    public async Task A_report_is_issued_by_who_may_as_it_was_seen_and_recounted_with_the_records_that_changed()
    {
        await using var site = await Site.OpenAsync(demo.CopyFolder());
        using var clerk = await site.SignedInAsync("wenmi");
        using var inspector = await site.SignedInAsync("inspector");
        var page = $"/reports/inspection_report/issue?{Years}";
        var seen = Seen().Match((await clerk.GetAsync(page)).Text).Groups[1].Value;

        Assert.Equal(HttpStatusCode.OK, (await inspector.PostAsync(page, [("seen", seen)], "/password")).Status);
        var road = await AmendRoadAsync(site);
        var stale = await clerk.PostAsync(page, [("seen", seen)]);
        Assert.Equal(HttpStatusCode.OK, stale.Status);
        Assert.Contains("role=\"alert\"", stale.Text);
        Assert.Empty(await new IssueArchive(site.Place.Store).ListAsync(DemoFixture.Town));

        var now = Seen().Match(stale.Text).Groups[1].Value;
        Assert.NotEqual(seen, now);
        var issued = await clerk.PostAsync(page, [("seen", now)]);
        var id = Assert.Single(await new IssueArchive(site.Place.Store).ListAsync(DemoFixture.Town));
        Assert.Equal((HttpStatusCode.Found, $"/issues/{id}"), (issued.Status, issued.To));

        await AmendRoadAsync(site);
        var recount = await clerk.GetAsync($"/issues/{id}?recount=true");
        Assert.Contains("<del>81公里</del> → <ins>82.2公里</ins>", recount.Read);
        Assert.Contains($"href=\"/ledgers/construction/{road}\"", recount.Text);
        Assert.Contains("铺筑道路", (await clerk.GetAsync($"/issues/{id}")).Read);
        Assert.Contains($"href=\"/issues/{id}\"", (await clerk.GetAsync("/reports")).Text);

        // An issue of the whole town is not there for a village.
        using var cadre = await site.SignedInAsync("village_cadre");
        Assert.Equal(HttpStatusCode.NotFound, (await cadre.GetAsync($"/issues/{id}")).Status);
        Assert.DoesNotContain(id, (await cadre.GetAsync("/reports")).Text);
    }

    [Theory]
    [InlineData("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")]
    [InlineData("html", "text/html")]
    [InlineData("md", "text/markdown")]
    public async Task A_report_is_given_as_a_file_whose_figures_lead_back_to_this_site(string type, string media)
    {
        var site = await demo.SiteAsync();
        using var clerk = await site.SignedInAsync("wenmi");

        var file = await clerk.GetAsync($"/reports/inspection_report?{Years}&handler=File&type={type}");

        Assert.Equal((HttpStatusCode.OK, media), (file.Status, file.Message.Content.Headers.ContentType!.MediaType));
        Assert.Equal("attachment", file.Message.Content.Headers.ContentDisposition!.DispositionType);
        Assert.True(type == "docx" || file.Read.Contains($"{site.Address}/figures/party_members?from=2016-01-01&to=2018-12-31&unit=mouzhen", StringComparison.Ordinal));
    }

    private static async Task<long> AmendRoadAsync(Site site)
    {
        var ledger = site.Catalog.Ledgers["construction"];
        var road = (await new RecordArchive(site.Place.Store).ListAsync(DemoFixture.Town, ledger, new DateOnly(2018, 12, 31), most: 1000)).First(r => (string)r.Values["kind"]! == "道路");
        var values = road.Values.Copy();
        values["quantity"] = (decimal)values["quantity"]! + 1.2m;
        Assert.IsType<Written>(await site.Place.Store.WriteAsync(DemoFixture.Town, new Actor("project_office"), new AmendRecord(ledger, road.Id, road.Version, values, road.State)));
        return road.Id;
    }

    [GeneratedRegex("<data id=\"party_members_1\" value=\"1040\"><a href=\"([^\"]+)\"")]
    private static partial Regex Link();

    [GeneratedRegex("name=\"seen\" value=\"([0-9a-f]{64})\"")]
    private static partial Regex Seen();
}
