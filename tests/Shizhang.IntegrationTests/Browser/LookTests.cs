using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Shizhang.IntegrationTests.Cli;
using Shizhang.IntegrationTests.Web;

namespace Shizhang.IntegrationTests.Browser;

/// <summary>Every page as it looks: no violation that axe knows of, in light and dark; nothing wider than a telephone; pictures when SHIZHANG_SCREENS names a folder.</summary>
[Collection(DemoCollection.Name)]
public class LookTests(DemoFixture demo)
{
    private const int Width = 1366;
    private const int Height = 768;
    private const int Narrow = 390;
    private const int NarrowHeight = 844;

    private static readonly string[] Accounts = ["village_cadre", "supervision_office", "wenmi", "system_admin", "security_admin", "audit_admin"];
    private static readonly AxeRunOptions Contrast = new() { RunOnly = new RunOnlyOptions { Type = "rule", Values = ["color-contrast"] } };

    [Fact]
    public async Task Every_page_passes_axe_in_light_and_dark_and_fits_a_telephone()
    {
        var (chromium, site) = (await demo.ChromiumAsync(), await demo.SiteAsync());
        var folder = Environment.GetEnvironmentVariable("SHIZHANG_SCREENS");
        var (seen, wrong) = (new HashSet<string>(StringComparer.Ordinal), new List<string>());
        foreach (var account in Accounts.Append(null))
        {
            var page = await chromium.PageAsync(site, account, Width, Height);
            foreach (var path in await PathsAsync(site, account))
            {
                // What one role was shown is not shown to the next again.
                if (seen.Contains(Kind(path)) || (await page.GotoAsync(path))!.Status is not (200 or 404) || (account is not null && await page.Locator("main.alone").CountAsync() > 0))
                {
                    continue;
                }

                seen.Add(Kind(path));
                var name = string.Concat(path.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_')).Trim('_');
                await PictureAsync(page, folder, $"{Width}-{name}", fullPage: false);
                await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Light });
                Tell((await page.RunAxe()).Violations, path);
                await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Dark });
                Tell((await page.RunAxe(Contrast)).Violations, path + " in dark");
                await PictureAsync(page, folder, $"dark-{name}", fullPage: false);
                await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Light });
                await page.SetViewportSizeAsync(Narrow, NarrowHeight);
                if (await page.EvaluateAsync<int>("document.documentElement.scrollWidth") is var needed && needed > Narrow)
                {
                    wrong.Add($"{path}: {needed} wide on a screen of {Narrow}");
                }

                await PictureAsync(page, folder, $"{Narrow}-{name}", fullPage: true);
                await page.SetViewportSizeAsync(Width, Height);
            }

            await page.Context.CloseAsync();
        }

        Assert.True(seen.Count > 12, $"{seen.Count} pages");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));

        void Tell(AxeResultItem[] violations, string path) =>
            wrong.AddRange(violations.Select(v => $"{path}: {v.Id}: {v.Help}: {string.Join(" | ", v.Nodes.Take(3).Select(n => n.Html))}"));
    }

    [Fact]
    public async Task On_paper_and_on_a_telephone_nothing_is_cut()
    {
        var chromium = await demo.ChromiumAsync();
        await using var site = await Site.OpenAsync(demo.CopyFolder());
        var office = await chromium.PageAsync(site, "party_government_office", Width, Height);
        await office.GotoAsync("/ledgers/party_meeting/new");
        foreach (var tick in await office.Locator(".fields table input[type=radio], .fields table input[type=checkbox]").AllAsync())
        {
            Assert.InRange((await tick.BoundingBoxAsync())?.Width ?? 0, 0, 40);
        }

        // A4 upright and lying, less the margins.
        foreach (var (path, width) in ((string, int)[])[("/findings", 718), ("/ledgers/dispute", 718), ("/figures?area=&by=quarter&from=2016-01-01&to=2018-12-31", 1032)])
        {
            await office.SetViewportSizeAsync(width, Height);
            await office.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });
            await office.GotoAsync(path);
            Assert.True(await office.EvaluateAsync<int>("document.documentElement.scrollWidth") is var needed && needed <= width, $"{path}: {needed} on paper of {width}");
            Assert.False(await office.Locator("[rel=next]").IsVisibleAsync());
            Assert.False(await office.Locator(".keep-view").IsVisibleAsync());
        }

        var justice = await chromium.PageAsync(site, "justice_office", Narrow, NarrowHeight);
        foreach (var path in (string[])["/alerts", "/burden"])
        {
            await justice.GotoAsync(path);
            var room = (await justice.Locator(".rooms [aria-current]").BoundingBoxAsync())!;
            Assert.True(room.X >= 0 && room.X + room.Width <= Narrow, $"{path}: {room.X}");
        }

        await justice.GotoAsync("/ledgers/dispute?all=true");
        await justice.GotoAsync((await justice.Locator("tbody td a").First.GetAttributeAsync("href"))!);
        await justice.SetInputFilesAsync("input[name=files]", new FilePayload { Name = new string('a', 100) + ".txt", MimeType = "text/plain", Buffer = "调解记录"u8.ToArray() });
        await justice.Locator("form[action*='handler=Evidence'] button").ClickAsync();
        await justice.WaitForSelectorAsync(".files a");
        Assert.Equal(Narrow, await justice.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    }

    private static async Task PictureAsync(IPage page, string? folder, string name, bool fullPage)
    {
        if (folder is not null)
        {
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, name + ".png"), FullPage = fullPage });
        }
    }

    /// <summary>Pages of one kind look alike: one record stands for all of its ledger.</summary>
    private static string Kind(string path) => System.Text.RegularExpressions.Regex.Replace(path, @"\d+", "0");

    private static async Task<IEnumerable<string>> PathsAsync(Site site, string? account)
    {
        if (account is null)
        {
            return ["/sign-in", "/nowhere"];
        }

        // A list of all time shows what one of the year shows, and a report with a figure opened what one without shows.
        using var visitor = await site.SignedInAsync(account);
        var pages = await PageTests.PagesAsync(site, visitor);
        return pages.Where(p => !pages.Contains(p + "?all=true") && !pages.Exists(other => other.StartsWith(p + "&", StringComparison.Ordinal)) && p is not "/figures/disputes");
    }
}
