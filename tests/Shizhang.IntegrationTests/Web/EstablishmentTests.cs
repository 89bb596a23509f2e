using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Shizhang.Core.Records;
using Shizhang.IntegrationTests.Cli;
using Shizhang.Storage.Records;
using Shizhang.Tests.Sheets;

namespace Shizhang.IntegrationTests.Web;

/// <summary>The establishment table: posts by unit, with the numbers that stand on the page of units.</summary>
[Collection(DemoCollection.Name)]
public class EstablishmentTests(DemoFixture demo)
{
    private const string OnTheDay = "?on=2018-12-31";
    private const int FirstPost = 5;

    [Fact]
    public async Task The_table_has_the_numbers_of_the_page_and_its_rows_add_up_to_them()
    {
        var site = await demo.SiteAsync();
        using var visitor = await site.SignedInAsync("party_government_office");
        var page = (await visitor.GetAsync("/units" + OnTheDay)).Read;
        Assert.Contains("/units/establishment?on=2018-12-31", page);
        var rows = Books.Read(await BytesAsync(visitor, OnTheDay));
        var body = rows.Skip(3).SkipLast(1).ToList();
        Assert.Equal("某镇编制情况表（截至2018-12-31）", rows[0][0]);
        Assert.Equal(["序号", "代码", "单位", "上级", "类别"], rows[1].Cells.Take(FirstPost));

        // What the page says of each kind of post, read off the page.
        var said = Regex.Matches(page, @"<tr><th scope=""row"">(?<kind>[^<]+)</th>\s*(?:<td class=""number""><a[^>]*>(?<n>[\d,]+)</a></td>\s*){2}<td class=""number"">(?<vacant>[^<]+)</td>");
        Assert.Equal(4, said.Count);
        for (var k = 0; k < said.Count; k++)
        {
            var at = FirstPost + (3 * k);
            Assert.Equal(said[k].Groups["kind"].Value, rows[1][at]);
            Assert.Equal(["核定", "在岗", "空缺"], rows[2].Cells.Skip(at).Take(3));
            Assert.Equal([.. said[k].Groups["n"].Captures.Select(c => c.Value), said[k].Groups["vacant"].Value], rows[^1].Cells.Skip(at).Take(3).Select(Said));
            Assert.Equal(Number(rows[^1][at]), body.Sum(r => Number(r[at])));
            Assert.Equal(Number(rows[^1][at + 1]), body.Sum(r => Number(r[at + 1])));
            Assert.All(body.Where(r => r[at] is not null), r => Assert.Equal(Number(r[at]) - Number(r[at + 1]), r[at + 2] is string over ? -double.Parse(over[1..], CultureInfo.InvariantCulture) : Number(r[at + 2])));
        }

        // Unit by unit against the records themselves.
        var ledger = site.Catalog.Ledgers["establishment"];
        var approved = (await new RecordArchive(site.Place.Store).ListAsync(DemoFixture.Town, ledger, new DateOnly(2018, 12, 31))).Where(r => (string?)r.Values["kind"] == "事业编制").ToDictionary(r => (string)r.Values["unit"]!, r => Convert.ToDouble(r.Values["approved"], CultureInfo.InvariantCulture));
        var institutions = Enumerable.Range(0, said.Count).Single(k => (string?)rows[1][FirstPost + (3 * k)] == "核定事业编制");
        Assert.Equal(5, approved.Count);
        Assert.All(approved, a => Assert.Equal(a.Value, body.Single(r => (string?)r[1] == a.Key)[FirstPost + (3 * institutions)]));
        Assert.All(body, r => Assert.NotNull(r[4]));
        Assert.Contains(body, r => r.Cells.Any(c => c is string s && s.StartsWith('超')));
    }

    [Fact]
    public async Task The_command_writes_the_same_table_and_the_validator_finds_nothing_in_it()
    {
        var site = await demo.SiteAsync();
        using var visitor = await site.SignedInAsync("party_government_office");
        var folder = Directory.CreateTempSubdirectory("shizhang-posts-").FullName;
        var file = Path.Combine(folder, "table.xlsx");
        var ran = await Shell.ShizhangAsync("establishment", "-o", file, "--on", "2018-12-31", "--as", "party_government_office", "--data", demo.Folder);
        Assert.True(ran.Code == 0, ran.Errors);
        var rows = Books.Read(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken));
        Assert.Equal(Books.Read(await BytesAsync(visitor, OnTheDay)).Select(r => string.Join('|', r.Cells)), rows.Select(r => string.Join('|', r.Cells)));

        using (var book = DocumentFormat.OpenXml.Packaging.SpreadsheetDocument.Open(file, isEditable: false))
        {
            Assert.Empty(new DocumentFormat.OpenXml.Validation.OpenXmlValidator().Validate(book, TestContext.Current.CancellationToken).Select(e => e.Description));
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Whoever_reads_no_posts_gets_no_table()
    {
        var site = await demo.SiteAsync();
        using var visitor = await site.SignedInAsync("village_cadre");
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync("/units/establishment" + OnTheDay)).Status);
        Assert.DoesNotContain("/units/establishment", (await visitor.GetAsync("/units")).Text);
        var ran = await Shell.ShizhangAsync("establishment", "-o", Path.Combine(Path.GetTempPath(), "none.xlsx"), "--as", "village_cadre", "--data", demo.Folder);
        Assert.Equal((2, ""), (ran.Code, ran.Output));
        Assert.Contains("没有您能看到的编制和职数", ran.Errors);
    }

    [Fact]
    public void What_was_given_up_counts_at_the_next_unit_that_stands()
    {
        var day = new DateOnly(2018, 6, 1);
        var tree = new UnitTree(
        [
            new Unit("town", "镇", "town", null, null, null, null),
            new Unit("a", "甲", "office", "town", null, null, null),
            new Unit("merged", "乙", "office", "town", null, day, "passing"),
            new Unit("passing", "丙", "office", "town", null, day, "a"),
            new Unit("closed", "丁", "office", "a", null, day, null),
        ]);

        Assert.Equal(["a", "closed", "merged", "passing"], tree.Own(day)["a"].Order());
        Assert.Equal(["town"], tree.Own(day)["town"]);
        Assert.Equal(["merged"], tree.Own(day.AddDays(-1))["merged"]);
        Assert.False(tree.Own(day).Contains("merged"));
    }

    private static double Number(object? cell) => cell is null ? 0 : Convert.ToDouble(cell, CultureInfo.InvariantCulture);

    private static string Said(object? cell) => Convert.ToString(cell, CultureInfo.InvariantCulture)!;

    private static async Task<byte[]> BytesAsync(Visitor visitor, string query)
    {
        var answer = await visitor.GetAsync("/units/establishment" + query);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        return await answer.Message.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
    }
}
