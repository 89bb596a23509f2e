using System.Globalization;
using System.Text.RegularExpressions;
using Shizhang.Core.Figures;

namespace Shizhang.IntegrationTests.Cli;

/// <summary>The three years of the demo give the figures of the real report they follow.</summary>
[Collection(DemoCollection.Name)]
public partial class DemoTests(DemoFixture demo)
{
    [Fact]
    public async Task The_records_give_every_figure_of_the_report_the_demo_follows()
    {
        var file = Path.Combine(Shell.Root, "..", "shared", "seed", "figures.csv");
        Assert.SkipUnless(File.Exists(file), "the figures of the report lie outside the repository and are not here");
        var figures = await DemoFixture.FiguresAsync(demo.Folder);
        var words = new Dictionary<string, Bound> { ["exact"] = Bound.Exact, ["over"] = Bound.Over, ["at_least"] = Bound.AtLeast, ["about"] = Bound.About };
        var sums = new Dictionary<string, decimal> { ["quota_current"] = 66, ["appointments"] = 12 };
        var (backed, own) = (0, 0);
        foreach (var row in (await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken)).Skip(1).Select(l => l.Split(',')).Where(r => r[8] != "rule"))
        {
            var (id, stated) = (row[0], decimal.Parse(row[3], CultureInfo.InvariantCulture));
            Assert.True(figures.TryGetValue(id, out var figure), $"no indicator {id}");
            if (sums.TryGetValue(id, out var sum))
            {
                Assert.Equal((id, sum), (id, figure.Value));
                own++;
                continue;
            }

            Assert.True(figure.Value is { } value && (words[row[5]] == Bound.Exact ? value == stated : Bounds.Holds(words[row[5]], stated, 1, value)), $"{id}: {row[5]} {stated}, not {figure.Value}");
            Assert.True(figure.Records > 0, $"{id} has no records");
            backed++;
        }

        Assert.Equal((95, 2), (backed, own));
    }

    [Fact]
    public async Task Every_figure_on_the_page_links_to_as_many_records_as_it_counts()
    {
        var html = await File.ReadAllTextAsync(Path.Combine(demo.Folder, "report.html"), TestContext.Current.CancellationToken);
        var figures = await DemoFixture.FiguresAsync(demo.Folder);
        var links = Link().Matches(html);
        Assert.Equal(html.Split("<data ").Length - 1, links.Count);
        Assert.True(links.Count > 95);
        foreach (Match link in links)
        {
            var code = link.Groups[1].Value;
            var page = await File.ReadAllTextAsync(Path.Combine(demo.Folder, "records", code + ".html"), TestContext.Current.CancellationToken);
            Assert.Equal((code, figures[code].Records), (code, page.Split("<tr><td>").Length - 1L));
        }
    }

    [Fact]
    public async Task The_document_opens_in_libreoffice_with_its_figures()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/soffice"), "LibreOffice is not here");
        var folder = Directory.CreateTempSubdirectory("shizhang-pdf-").FullName;
        var ran = await Shell.RunAsync("/usr/bin/soffice", $"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf", "--outdir", folder, Path.Combine(demo.Folder, "report.docx"));
        Assert.True(ran.Code == 0, ran.Errors);
        var text = await Shell.RunAsync("/usr/bin/pdftotext", "-raw", Path.Combine(folder, "report.pdf"), "-");
        var plain = string.Concat(text.Output.Where(c => !char.IsWhiteSpace(c)));
        Assert.Contains("关于近三年工作情况的汇报", plain);
        Assert.Contains("在册党员1040人", plain);
        Assert.Contains("12.49亿元", plain);
        Assert.Contains("—1—", plain);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task The_journal_verifies_and_the_demo_is_the_same_every_time()
    {
        var first = await Shell.ShizhangAsync("verify", "--data", demo.Folder);
        Assert.Equal(0, first.Code);
        var again = Path.Combine(Directory.CreateTempSubdirectory("shizhang-again-").FullName, "data");
        Assert.Equal(0, (await Shell.ShizhangAsync("demo", "--once", "--data", again)).Code);
        Assert.Equal(first.Output, (await Shell.ShizhangAsync("verify", "--data", again)).Output);

        // A demo may be built over a demo.
        Assert.Equal(0, (await Shell.ShizhangAsync("demo", "--once", "--data", again)).Code);
        Directory.Delete(Path.GetDirectoryName(again)!, recursive: true);
    }

    [Fact]
    public async Task The_past_can_be_asked_for()
    {
        var then = await DemoFixture.FiguresAsync(demo.Folder, "--as-of", "2017-06-30");
        var now = await DemoFixture.FiguresAsync(demo.Folder);
        Assert.InRange(then["services_done"].Value!.Value, 2500, 4000);
        Assert.Equal(0, then["findings"].Value);
        Assert.Equal(6583, now["services_done"].Value);
        Assert.Equal(then["services_done"], (await DemoFixture.FiguresAsync(demo.Folder, "--as-of", "2017-06-30 23:59"))["services_done"]);
    }

    [Fact]
    public async Task Villages_add_up_to_the_town_where_a_figure_adds()
    {
        var town = await DemoFixture.FiguresAsync(demo.Folder);
        var sum = 0m;
        for (var village = 1; village <= 12; village++)
        {
            sum += (await DemoFixture.FiguresAsync(demo.Folder, "--unit", $"village_{village}"))["disputes"].Value!.Value;
        }

        Assert.Equal(town["disputes"].Value, sum);
    }

    [GeneratedRegex("<data [^>]*><a href=\"records/([a-z0-9_]+)\\.html\"")]
    private static partial Regex Link();
}
