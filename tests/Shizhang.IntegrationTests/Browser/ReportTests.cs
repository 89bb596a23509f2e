using Microsoft.Playwright;
using Shizhang.IntegrationTests.Cli;
using Shizhang.IntegrationTests.Web;
using Shizhang.Storage.Records;

namespace Shizhang.IntegrationTests.Browser;

/// <summary>The main work of those who report and check, in a real browser: from a figure to its records, issue, recount, audit.</summary>
[Collection(DemoCollection.Name)]
public class ReportTests(DemoFixture demo)
{
    private const string ThreeYears = "from=2016-01-01&to=2018-12-31&unit=mouzhen";

    [Fact]
    public async Task A_figure_opens_its_records_and_as_many_as_it_says()
    {
        var (chromium, site) = (await demo.ChromiumAsync(), await demo.SiteAsync());
        var page = await chromium.PageAsync(site, "mayor");

        await page.GotoAsync($"/figures/disputes?{ThreeYears}");
        var value = int.Parse((await page.Locator(".told data").InnerTextAsync()).Replace(",", "", StringComparison.Ordinal));
        Assert.True(value > 20, $"{value}");
        await page.Locator("section:has(#records) a[href^='/ledgers/dispute/']").First.ClickAsync();
        await page.WaitForURLAsync(url => System.Text.RegularExpressions.Regex.IsMatch(url, @"/ledgers/dispute/\d+$"));

        await page.GotoAsync($"/frame?{ThreeYears}&back=/ledgers/dispute");
        Assert.Contains($"{value}", (await page.Locator("main .spread p").First.InnerTextAsync()).Replace(",", "", StringComparison.Ordinal));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_report_is_issued_and_after_an_amendment_the_recount_names_what_no_longer_holds()
    {
        var chromium = await demo.ChromiumAsync();
        await using var site = await Site.OpenAsync(demo.CopyFolder());
        var report = site.Catalog.Reports.Keys.First();
        var page = await chromium.PageAsync(site, "wenmi");
        await page.GotoAsync($"/reports/{report}?{ThreeYears}");
        var figure = page.Locator(".paper data a[href*='figure=disputes']").First;
        await figure.ClickAsync();
        await Assertions.Expect(page.Locator("#panel_name")).ToBeVisibleAsync();
        Assert.Equal(await figure.Locator("xpath=..").GetAttributeAsync("value"), await page.Locator("#panel data").GetAttributeAsync("value"));

        await page.GotoAsync($"/reports/{report}/issue?{ThreeYears}");
        await Chromium.ClickThroughAsync(page, "main form .actions button");
        await page.WaitForURLAsync(url => url.Contains("/issues/", StringComparison.Ordinal));
        var issue = new Uri(page.Url).AbsolutePath;
        await page.GotoAsync(issue + "?recount=true");
        Assert.Equal(0, await page.Locator("#recount del, #recount .refusal, #recount .late").CountAsync());

        // A dispute is withdrawn: the issue still comes out as of its day, and says which sentence would differ now.
        var ledger = site.Catalog.Ledgers["dispute"];
        var record = (await new RecordArchive(site.Place.Store).ListAsync(DemoFixture.Town, ledger, new DateOnly(2018, 12, 31), most: 500)).First(r => !ledger.Workflow!.IsEnd(r.State));
        var office = await chromium.PageAsync(site, "justice_office");
        await office.GotoAsync($"/ledgers/dispute/{record.Id}");
        await office.ClickAsync("details.danger summary");
        await office.FillAsync("details.danger [name=reason]", "重复登记");
        await Chromium.ClickThroughAsync(office, "details.danger button");
        await office.WaitForURLAsync(url => url.EndsWith("/ledgers/dispute", StringComparison.Ordinal));

        await page.GotoAsync(issue + "?recount=true");
        var recount = await page.Locator("#recount, section:has(#recount)").First.InnerTextAsync();
        Assert.Contains("矛盾纠纷", recount);
    }

    [Fact]
    public async Task A_draft_is_read_and_what_does_not_hold_is_marked_and_downloaded_as_comments()
    {
        var draft = await DraftAsync(Path.Combine(demo.Folder, "report.docx"));
        var chromium = await demo.ChromiumAsync();
        await using var site = await Site.OpenAsync(demo.CopyFolder());
        var page = await chromium.PageAsync(site, "wenmi");
        await page.GotoAsync($"/frame?{ThreeYears}&back=/audit");

        await page.SetInputFilesAsync("[name=file]", draft);
        await Chromium.ClickThroughAsync(page, "main form .actions button");
        await page.WaitForURLAsync(url => url.Contains("/audit/", StringComparison.Ordinal));
        Assert.True(await page.Locator("mark.sure:has-text('空编3人'), mark:has-text('3人')").CountAsync() > 0);

        var download = await page.RunAndWaitForDownloadAsync(() => page.ClickAsync("a[download][href*='type=docx']"));
        using var zip = System.IO.Compression.ZipFile.OpenRead(await download.PathAsync());
        Assert.Contains(zip.Entries, e => e.FullName == "word/comments.xml");
        File.Delete(draft);
    }

    /// <summary>The demo's report as somebody left it who typed another number over a figure, so that a sum no longer comes out.</summary>
    internal static async Task<string> DraftAsync(string report)
    {
        var draft = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.docx");
        File.Copy(report, draft);
        using var zip = await System.IO.Compression.ZipFile.OpenAsync(draft, System.IO.Compression.ZipArchiveMode.Update, TestContext.Current.CancellationToken);
        var entry = zip.GetEntry("word/document.xml")!;
        string text;
        using (var reader = new StreamReader(entry.Open()))
        {
            text = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
        }

        var altered = System.Text.RegularExpressions.Regex.Replace(text, "(<w:tag w:val=\"sz_section_cadres_vacant_1\" />.{0,200}?<w:t[^>]*>)2人", "${1}3人");
        Assert.NotEqual(text, altered);
        entry.Delete();
        await using var written = new StreamWriter(zip.CreateEntry("word/document.xml").Open());
        await written.WriteAsync(altered);
        return draft;
    }
}
