using Shizhang.Core.Catalogs;
using Shizhang.Core.Figures;
using Shizhang.Core.Reports;
using Shizhang.IntegrationTests.Storage;

namespace Shizhang.Tests.Reports;

/// <summary>What was frozen is a document again, word for word and block for block.</summary>
public class IssuedDocumentTests
{
    private const string Template = """
        # 汇报

        ## 情况

        共{{ works | figure }}。**其中**修路{{ roads | figure }}；完。

        | 名称 | 数 |
        |---|---|
        | 工程 | {{ works | figure }} |
        |  | 无 |

        #### 细目

        末段。
        """;

    private static readonly Shizhang.Core.Catalogs.Catalog Catalog = TestPack.Load(TestPack.Files(("wording.yaml", "bounds: {over: [余]}\n")));
    private static readonly Period Year = Period.Year(2018);

    [Fact]
    public void An_issued_report_reads_as_the_report_did()
    {
        var report = Rendered();

        var again = IssuedDocument.Of(IssuedReport.FromJson(Issued(report).ToJson()), Catalog);

        Assert.Equal(HtmlReport.Write(report, f => f.Key), HtmlReport.Write(again, f => f.Key));
        Assert.Equal(MarkdownReport.Write(report, f => f.Key), MarkdownReport.Write(again, f => f.Key));
        Assert.Equal(report.Blocks.Select(b => b.GetType()), again.Blocks.Select(b => b.GetType()));
        Assert.Equal(["", "无"], again.Blocks.OfType<TableBlock>().Single().Rows[2].Select(c => string.Concat(c.Select(r => r.Print))));
        Assert.Equal(report.Figures.Select(f => (f.Key, f.Figure, f.Said)), again.Figures.Select(f => (f.Key, f.Figure, f.Said)));
    }

    [Fact]
    public void A_broken_figure_in_a_table_names_its_cell_alone()
    {
        var now = Figures().ToDictionary(f => f.Indicator.Code, f => f with { Value = f.Value + 1 });

        Assert.Equal(["共7件。", "其中修路5件；", "7件"], Issued(Rendered()).Broken(now).Select(s => s.Text));
    }

    [Fact]
    public void The_head_of_a_frozen_report_is_read_off_its_beginning()
    {
        var json = Issued(Rendered()).ToJson();
        var head = new IssuedHead("r", "汇报", "t", Year.From, Year.To, "2019-01-02T03:04:05+08:00", "文秘");

        Assert.Equal(head, IssuedHead.Read(json));
        Assert.Equal(head, IssuedHead.Read(json[..(json.IndexOf("\"sentences\"", StringComparison.Ordinal) + 20)]));
    }

    private static ReportDocument Rendered() => ReportRenderer.Render(new ReportTemplate("r", "汇报", null, Template, default), Catalog, Figures(), new ReportFrame(Year, "某镇", "某镇")).Document!;

    private static IssuedReport Issued(ReportDocument report) => new(
        "r", report.Title, "t", "t", Year.From, Year.To, 9, "hash", "2019-01-02T03:04:05+08:00", "文秘", "pack", Sentences.Of(report),
        [.. Figures().Select(f => new IssuedFigure(f.Indicator.Code, f.Indicator.Version, f.Value, f.Records, ""))]);

    private static Figure[] Figures() => [Of("works", 7), Of("roads", 5)];

    private static Figure Of(string code, decimal? value) => new(Catalog.Indicators[code], value, 3, Year, "t", 9);
}
