using System.Net;
using System.Text.RegularExpressions;
using Shizhang.App.Access;
using Shizhang.App.Features.Findings;
using Shizhang.Core.Records;
using Shizhang.IntegrationTests.Cli;
using Shizhang.Storage;
using Shizhang.Storage.Records;

namespace Shizhang.IntegrationTests.Web;

/// <summary>The room of findings: board, list, coverage, lists of superiors, and what opens a closed one again.</summary>
[Collection(DemoCollection.Name)]
public class FindingPageTests(DemoFixture demo)
{
    [Fact]
    public async Task The_board_has_a_column_for_each_state_both_clocks_and_counters_that_add_up()
    {
        var site = await demo.SiteAsync();
        using var visitor = await site.SignedInAsync("supervision_office");
        var board = (await visitor.GetAsync("/findings")).Read;
        Assert.Equal(["待整改 8", "整改中 4", "待验收 1", "已销号 2"], site.Catalog.Ledgers["finding"].Workflow!.States.Select(s => $"{s} {CountIn(board, s)}"));
        Assert.Equal(15, Found(board, @"<h4><a href=""/ledgers/finding/\d+"">").Count);
        Assert.Contains("1 + 1 + 13 = 15 相符", board);
        Assert.Contains("6.67", board);
        Assert.Contains("2018-10-28</time> 超期64天", board);
        Assert.Matches(@"销号</span> <span class=""clock""><time datetime=""2019-01-08"">", board);
        Assert.Contains("长期坚持", board);
        Assert.Matches(@"田\*彤", board);

        // The last mark of the chart leads to exactly the records it stands for.
        var ended = WebUtility.HtmlDecode(Found(board, @"<a href=""(/ledgers/finding\?filter=closed_on[^""]+)""")[^1].Groups[1].Value);
        Assert.Contains("共2条", (await visitor.GetAsync(ended)).Read);
    }

    [Fact]
    public async Task The_list_is_cut_by_state_owner_and_what_is_overdue()
    {
        var site = await demo.SiteAsync();
        using var visitor = await site.SignedInAsync("supervision_office");
        Assert.Equal(13, await RowsAsync(""));
        Assert.Equal(12, await RowsAsync("?overdue=true"));
        Assert.Equal(2, await RowsAsync("?state=已销号"));
        Assert.Equal(15, await RowsAsync("?state=all"));
        var owner = Found((await visitor.GetAsync("/findings/list")).Text, @"<option value=""(\d+)"">田\*彤").Select(m => m.Groups[1].Value).Single();
        Assert.Equal(2, await RowsAsync($"?owner={owner}"));
        Assert.Equal(0, await RowsAsync("?unit=village_1"));

        async Task<int> RowsAsync(string query) => Found((await visitor.GetAsync("/findings/list" + query)).Text, @"<td class=""words""><a href=""/ledgers/finding/\d+"">").Count;
    }

    [Fact]
    public async Task The_coverage_table_marks_its_empty_cells_and_is_for_those_who_may_see_the_records()
    {
        var site = await demo.SiteAsync();
        using var visitor = await site.SignedInAsync("supervision_office");
        var table = (await visitor.GetAsync("/findings/coverage")).Read;
        Assert.Equal(12, Found(table, "class=\"gap\"").Count);
        Assert.Equal(8, Found((await visitor.GetAsync("/findings/coverage?missing=measures")).Text, @"<th scope=""row"" class=""words"">").Count);
        Assert.Equal(3, Found((await visitor.GetAsync("/findings/coverage?cause=" + Uri.EscapeDataString("制度执行不严，督促检查不够"))).Text, @"<th scope=""row"" class=""words"">").Count);

        var ledger = site.Catalog.Ledgers["finding"];
        var (village, _) = await Accounts.FindAsync(site.Place, "village_cadre");
        Assert.Empty((await CoverageTable.ReadAsync(site.Place, ledger, null, village)).Rows);
        using var cadre = await site.SignedInAsync("village_cadre");
        var (denied, path) = (await cadre.GetAsync("/findings"), "/findings/sheets/problem_list");
        Assert.Equal(HttpStatusCode.OK, denied.Status);
        Assert.DoesNotContain("/ledgers/finding/", denied.Text);
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), ((await cadre.GetAsync(path)).Status, (await cadre.GetAsync(path + "/xlsx")).Status));
    }

    [Fact]
    public async Task A_list_of_superiors_merges_its_cells_and_its_file_imports_again()
    {
        var folder = demo.CopyFolder();
        await using var site = await Site.OpenAsync(folder);
        var ledger = site.Catalog.Ledgers["finding"];
        var record = (await new RecordArchive(site.Place.Store).ListAsync(DemoFixture.Town, ledger, LocalTime.Today(site.Clock))).First(r => (string?)r.Values["number"] == "4.1");
        var values = record.Values.Copy();
        values[ledger.Fields["measures"]] = record.Values.LinesOf(ledger.Fields["measures"]).Append(Line(ledger.Fields["measures"].Lines!, "再查一遍")).ToList();
        Assert.IsType<Written>(await site.Place.Store.WriteAsync(DemoFixture.Town, new Actor("supervision_office"), new AmendRecord(ledger, record.Id, record.Version, values, record.State)));

        using var visitor = await site.SignedInAsync("supervision_office");
        var page = (await visitor.GetAsync("/findings/sheets/task_list?all=true")).Read;
        Assert.Contains("再查一遍", page);
        Assert.Matches($@"<td rowspan=""2"" class=""number""><a href=""/ledgers/finding/{record.Id}"">", page);

        foreach (var sheet in site.Catalog.Sheets.Keys)
        {
            var answer = await visitor.GetAsync($"/findings/sheets/{sheet}/xlsx?all=true");
            var file = Path.Combine(folder, sheet + ".xlsx");
            await File.WriteAllBytesAsync(file, await answer.Message.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
            var again = await Shell.ShizhangAsync("import", "finding", file, "--as", "supervision_office", "--data", folder, "--dry-run");
            Assert.True(again.Code == 0, again.Errors + again.Output);
            Assert.Contains("已有 15 条", again.Output);

            var same = Path.Combine(folder, sheet + ".again.xlsx");
            var written = await Shell.ShizhangAsync("export", "finding", "--sheet", sheet, "-o", same, "--as", "supervision_office", "--data", folder);
            Assert.True(written.Code == 0, written.Errors);
            Assert.Equal(await SheetXmlAsync(file), await SheetXmlAsync(same));
        }

        Assert.Contains("problem_list", (await Shell.ShizhangAsync("export", "finding", "--sheet", "nothing", "-o", Path.Combine(folder, "x.xlsx"), "--data", folder)).Errors);
        Assert.Contains("--columns", (await Shell.ShizhangAsync("export", "finding", "--sheet", "task_list", "--columns", "title", "-o", Path.Combine(folder, "x.xlsx"), "--data", folder)).Errors);
    }

    [Fact]
    public async Task Whoever_looks_is_told_which_closed_finding_was_opened_again()
    {
        await using var site = await Site.OpenAsync(demo.CopyFolder());
        using var visitor = await site.SignedInAsync("supervision_office");
        Assert.DoesNotContain("已重新打开", (await visitor.GetAsync("/findings")).Read);
        var ledger = site.Catalog.Ledgers["committee_meeting"];
        var (values, _) = RecordReader.Read(ledger, new Dictionary<string, object?>
        {
            ["unit"] = DemoFixture.Town,
            ["kind"] = "党委会",
            ["held_on"] = site.Clock.GetUtcNow().ToString("yyyy-01-01"),
            ["agenda"] = new List<Dictionary<string, object?>> { new() { ["subject"] = "没有时限的事", ["kind"] = "重大决策", ["decision"] = "同意" } },
            ["due"] = 9,
            ["present"] = 9,
        });
        Assert.IsType<Written>(await site.Place.Store.WriteAsync(DemoFixture.Town, new Actor("party_government_office"), new CreateRecord(ledger, values!)));

        Assert.Matches(@"class=""notice""[^>]*><a href=""/ledgers/finding/\d+"">[^<]*已重新打开", (await visitor.GetAsync("/findings")).Read);
        var board = (await visitor.GetAsync("/findings")).Read;
        Assert.DoesNotContain("已重新打开", board);
        Assert.Equal((5, 1), (CountIn(board, "整改中"), CountIn(board, "已销号")));
    }

    private static RecordValues Line(Core.Catalogs.FieldSet fields, string content)
    {
        var line = new RecordValues(fields);
        line["content"] = content;
        return line;
    }

    private static int CountIn(string board, string state) => int.Parse(Found(board, $@"<section aria-label=""{state}"">.*?<span class=""muted"">(\d+)</span></h3>")[0].Groups[1].Value);

    private static async Task<string> SheetXmlAsync(string file)
    {
        using var zip = System.IO.Compression.ZipFile.OpenRead(file);
        using var reader = new StreamReader(zip.GetEntry("xl/worksheets/sheet1.xml")!.Open());
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    private static MatchCollection Found(string text, string pattern) => Regex.Matches(WebUtility.HtmlDecode(text), pattern, RegexOptions.Singleline);
}
