using Microsoft.Playwright;
using Shizhang.IntegrationTests.Cli;

namespace Shizhang.IntegrationTests.Browser;

/// <summary>The four pictures of the README, taken of the pages as they are; written to docs/pictures when SHIZHANG_PICTURES is 1.</summary>
[Collection(DemoCollection.Name)]
public class PictureTests(DemoFixture demo)
{
    private const string ThreeYears = "from=2016-01-01&to=2018-12-31&unit=mouzhen";
    // Wide enough for a panel beside a sheet, small enough to be kept with the sources.
    private const int Width = 1200;
    private const int Height = 600;
    private const int MostBytes = 200_000;
    private static readonly string Folder = Path.Combine(Shell.Root, "docs", "pictures");

    [Fact]
    public async Task The_pictures_of_the_readme_are_of_pages_that_are_there()
    {
        var (chromium, site) = (await demo.ChromiumAsync(), await demo.SiteAsync());
        var page = await chromium.PageAsync(site, "justice_office", Width, Height);
        await page.GotoAsync($"/frame?{ThreeYears}");
        await TakeAsync(page, "workbench");
        await page.Context.CloseAsync();

        page = await chromium.PageAsync(site, "wenmi", Width, Height);
        await page.GotoAsync($"/frame?{ThreeYears}&back=/reports/{site.Catalog.Reports.Keys.First()}");
        await page.Locator(".paper data a[href*='figure=party_members']").First.ClickAsync();
        await Assertions.Expect(page.Locator("#panel_name")).ToBeVisibleAsync();
        await TakeAsync(page, "report");

        var draft = await ReportTests.DraftAsync(Path.Combine(demo.Folder, "report.docx"));
        await page.GotoAsync("/audit");
        await page.SetInputFilesAsync("[name=file]", draft);
        await Chromium.ClickThroughAsync(page, "main form .actions button");
        await page.WaitForURLAsync(url => url.Contains("/audit/", StringComparison.Ordinal));
        await page.Locator("mark:has-text('3人')").First.ScrollIntoViewIfNeededAsync();
        await TakeAsync(page, "audit");
        File.Delete(draft);
        await page.Context.CloseAsync();

        page = await chromium.PageAsync(site, "supervision_office", Width, Height);
        await page.GotoAsync($"/findings?{ThreeYears}");
        await TakeAsync(page, "findings");
        await page.Context.CloseAsync();

        foreach (var readme in (string[])["README.md", "README.zh-CN.md"])
        {
            var text = await File.ReadAllTextAsync(Path.Combine(Shell.Root, readme), TestContext.Current.CancellationToken);
            Assert.All((string[])["workbench", "report", "audit", "findings"], name => Assert.Contains($"docs/pictures/{name}.png", text));
        }
    }

    private static async Task TakeAsync(IPage page, string name)
    {
        var picture = await page.ScreenshotAsync();
        Assert.InRange(picture.Length, 10_000, MostBytes);
        if (Environment.GetEnvironmentVariable("SHIZHANG_PICTURES") == "1")
        {
            Directory.CreateDirectory(Folder);
            await File.WriteAllBytesAsync(Path.Combine(Folder, name + ".png"), picture, TestContext.Current.CancellationToken);
        }

        Assert.True(File.Exists(Path.Combine(Folder, name + ".png")), $"docs/pictures/{name}.png is not there: run with SHIZHANG_PICTURES=1");
    }
}
