using Microsoft.Playwright;
using Shizhang.IntegrationTests.Cli;
using Shizhang.IntegrationTests.Web;
using Shizhang.Storage.Evidence;
using Shizhang.Storage.Records;

namespace Shizhang.IntegrationTests.Browser;

/// <summary>The main work of those who record, in a real browser.</summary>
[Collection(DemoCollection.Name)]
public class WorkTests(DemoFixture demo)
{
    private const int MostKeys = 12;

    private static readonly byte[] Picture = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    [Fact]
    public async Task A_village_cadre_records_a_dispute_gives_evidence_and_takes_its_steps()
    {
        var chromium = await demo.ChromiumAsync();
        await using var site = await Site.OpenAsync(demo.CopyFolder());
        var page = await chromium.PageAsync(site, "village_cadre");

        await page.GotoAsync("/ledgers/dispute/new");
        await page.SelectOptionAsync("[name=kind]", "邻里");
        await page.FillAsync("[name=parties]", "赵某、钱某");
        await Chromium.ClickThroughAsync(page, "main form .actions button:not(.quiet)");
        Assert.Matches(@"/ledgers/dispute/\d+$", page.Url);
        Assert.True(await page.Locator("[role=status]").IsVisibleAsync());
        Assert.DoesNotContain("赵某、钱某", await page.ContentAsync());

        await page.SetInputFilesAsync("[name=files]", new FilePayload { Name = "现场.png", MimeType = "image/png", Buffer = Picture });
        await Chromium.ClickThroughAsync(page, "form:has([name=files]) button");
        await page.WaitForFunctionAsync("document.querySelector('.files img')?.naturalWidth === 1");

        var record = page.Url;
        await Chromium.ClickThroughAsync(page, ".steps a:has-text('受理')");
        await Chromium.ClickThroughAsync(page, "main form .actions button");
        await Assertions.Expect(page.Locator("h1 .state")).ToHaveTextAsync("调处中");

        // Without evidence of its own the settling is refused with everything that is missing; filled in, it is taken.
        await Chromium.ClickThroughAsync(page, ".steps a:has-text('办结')");
        await page.SelectOptionAsync("[name=outcome]", "调处成功");
        await page.SelectOptionAsync("[name=agreement]", "书面");
        await Chromium.ClickThroughAsync(page, "main form .actions button");
        await Assertions.Expect(page.Locator(".refusal").First).ToBeVisibleAsync();
        Assert.Equal("调处成功", await page.InputValueAsync("[name=outcome]"));
        await page.SetInputFilesAsync("[name=files]", new FilePayload { Name = "协议书.txt", MimeType = "text/plain", Buffer = "协议"u8.ToArray() });
        await Chromium.ClickThroughAsync(page, "main form .actions button");
        await page.WaitForURLAsync(record);
        await Assertions.Expect(page.Locator("h1 .state")).ToHaveTextAsync("办结");

        var id = long.Parse(record.Split('/')[^1]);
        Assert.Equal(2, (await new EvidenceArchive(site.Place.Store).OfAsync(DemoFixture.Town, site.Catalog.Ledgers["dispute"], id)).Count);
        Assert.Contains("村干部", await page.Locator(".history").InnerTextAsync());
    }

    [Fact]
    public async Task Two_amend_one_record_and_the_second_sees_both_side_by_side()
    {
        var chromium = await demo.ChromiumAsync();
        await using var site = await Site.OpenAsync(demo.CopyFolder());
        var (cadre, office) = (await chromium.PageAsync(site, "village_cadre"), await chromium.PageAsync(site, "justice_office"));
        await cadre.GotoAsync("/ledgers/dispute/new");
        await cadre.SelectOptionAsync("[name=kind]", "邻里");
        await cadre.FillAsync("[name=people]", "2");
        await cadre.Keyboard.PressAsync("Enter");
        await cadre.WaitForURLAsync(url => !url.EndsWith("/new", StringComparison.Ordinal));
        var record = new Uri(cadre.Url).AbsolutePath;
        await cadre.GotoAsync(record + "/edit");
        await office.GotoAsync(record + "/edit");

        await office.FillAsync("[name=people]", "5");
        await office.Keyboard.PressAsync("Enter");
        await office.WaitForURLAsync(url => url.EndsWith(record, StringComparison.Ordinal));
        await cadre.FillAsync("[name=people]", "9");
        await cadre.Keyboard.PressAsync("Enter");

        await Assertions.Expect(cadre.Locator(".conflict tbody tr")).ToHaveCountAsync(1);
        Assert.Equal(["2", "5", "9"], await cadre.Locator(".conflict tbody td").AllInnerTextsAsync());
        Assert.Equal("9", await cadre.InputValueAsync("[name=people]"));
        await Chromium.ClickThroughAsync(cadre, "main form .actions button");
        await cadre.WaitForURLAsync(url => url.EndsWith(record, StringComparison.Ordinal));
        var ledger = site.Catalog.Ledgers["dispute"];
        var history = await new RecordArchive(site.Place.Store).HistoryAsync(DemoFixture.Town, ledger, long.Parse(record.Split('/')[^1]));
        Assert.Equal([2L, 5L, 9L], history.Select(v => v.Values[ledger.Fields["people"]]));
    }

    [Fact]
    public async Task A_dispute_is_recorded_with_the_keyboard_alone_in_few_keys()
    {
        var chromium = await demo.ChromiumAsync();
        await using var site = await Site.OpenAsync(demo.CopyFolder());
        var page = await chromium.PageAsync(site, "village_cadre");
        var keys = new Keys(page);
        await page.GotoAsync("/ledgers/dispute/new");

        // The first field that is empty and needed has the focus; the village and the day are there already.
        Assert.Equal("kind", await keys.FocusAsync());
        await keys.PressAsync("ArrowDown", 2);
        await keys.PressAsync("Tab");
        await keys.TypeAsync("赵某、钱某");
        await keys.PressAsync("Tab");
        await keys.TypeAsync("2");
        await keys.PressAsync("Enter");
        await Assertions.Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex(@"/ledgers/dispute/\d+$"));

        Assert.True(keys.Pressed <= MostKeys, $"{keys.Pressed} keys");
        var ledger = site.Catalog.Ledgers["dispute"];
        var record = (await new RecordArchive(site.Place.Store).FindAsync(DemoFixture.Town, ledger, long.Parse(page.Url.Split('/')[^1])))!;
        Assert.Equal(("邻里", "赵某、钱某", 2L, "village_1"), (record.Values[ledger.Fields["kind"]], record.Values[ledger.Fields["parties"]], record.Values[ledger.Fields["people"]], record.Values[ledger.Unit]));
    }

    [Fact]
    public async Task Attendance_is_entered_by_ticking_with_and_without_scripts()
    {
        var chromium = await demo.ChromiumAsync();
        await using var site = await Site.OpenAsync(demo.CopyFolder());
        foreach (var scripts in (bool[])[true, false])
        {
            var page = await chromium.PageAsync(site, "party_government_office", scripts: scripts);
            await page.GotoAsync("/ledgers/party_meeting/new");
            await page.SelectOptionAsync($"[name={site.Catalog.Ledgers["party_meeting"].Unit.Code}]", "branch_3");
            await Chromium.ClickThroughAsync(page, "button[name=_line][value*='*']");

            var rows = page.Locator("table.lines tbody tr");
            var count = await rows.CountAsync();
            Assert.True(count > 5, $"{count} rows");
            Assert.Equal(count, await page.Locator("table.lines input[type=radio]:checked").CountAsync());
        }
    }

    [Fact]
    public async Task Whoever_submitted_a_finding_may_not_close_it_and_the_inspector_may()
    {
        var chromium = await demo.ChromiumAsync();
        await using var site = await Site.OpenAsync(demo.CopyFolder());
        var ledger = site.Catalog.Ledgers["finding"];
        var day = new DateOnly(2018, 12, 31);
        var finding = (await new RecordArchive(site.Place.Store).ListAsync(DemoFixture.Town, ledger, day, most: 500))
            .First(r => r.State == "整改中" && r.Values[ledger.Fields["owner"]] is not null && r.Values.LinesOf(ledger.Fields["causes"]).Count > 0);
        var people = (await new RecordArchive(site.Place.Store).ListAsync(DemoFixture.Town, site.Catalog.Ledgers["person"], day, most: 20)).Select(p => p.Id).Where(p => p != (long)finding.Values[ledger.Fields["owner"]]!).ToList();
        var address = $"/ledgers/finding/{finding.Id}";
        var office = await chromium.PageAsync(site, "supervision_office");

        await office.GotoAsync($"{address}/steps/提交验收");
        foreach (var done in await office.Locator("[name^='measures['][name$='.done_on']").AllAsync())
        {
            await done.FillAsync("2018-12-20");
        }

        foreach (var kind in await office.Locator("[name^='measures['][name$='.kind']").AllAsync())
        {
            await kind.SelectOptionAsync("其他");
        }

        await office.FillAsync("[name=submitter]", $"#{people[0]}");
        await office.SetInputFilesAsync("[name=files]", new FilePayload { Name = "整改.txt", MimeType = "text/plain", Buffer = "已整改"u8.ToArray() });
        await Chromium.ClickThroughAsync(office, "main form .actions button");
        await Assertions.Expect(office.Locator("h1 .state")).ToHaveTextAsync("待验收");

        // It submitted the finding: closing is offered to others only, and refused when it is asked all the same.
        await Assertions.Expect(office.Locator(".steps .button.off:has-text('销号')")).ToBeVisibleAsync();
        await CloseAsync(office);
        await Assertions.Expect(office.Locator(".refusal[role=alert]").First).ToBeVisibleAsync();
        Assert.Equal("待验收", (await new RecordArchive(site.Place.Store).FindAsync(DemoFixture.Town, ledger, finding.Id))!.State);

        var inspector = await chromium.PageAsync(site, "inspector");
        await CloseAsync(inspector);
        await Assertions.Expect(inspector.Locator("h1 .state")).ToHaveTextAsync("已销号");

        async Task CloseAsync(IPage page)
        {
            await page.GotoAsync($"{address}/steps/销号");
            await page.FillAsync("[name=verifier]", $"#{people[1]}");
            await page.SelectOptionAsync("[name=result]", "已完成");
            await page.FillAsync("[name=closed_on]", "2018-12-28");
            await Chromium.ClickThroughAsync(page, "main form .actions button");
        }
    }
}
