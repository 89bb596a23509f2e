using System.Xml.Linq;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using Shizhang.Core.Catalogs;
using Shizhang.Core.Figures;
using Shizhang.Core.Reports;
using Shizhang.IntegrationTests.Storage;
using Shizhang.Office;

namespace Shizhang.Tests.Reports;

public class ReportTests
{
    private const string Template = """
        # 工作汇报

        ## 情况

        ### 工程

        {{ town.name }}办{{ works | figure: "余" }}，**其中**修路{{ roads | figure }}；占{{ road_share | figure }}。花费{{ cost | figure: "亿" }}<script>。

        ### 别的

        {% if roads.value > 3 %}修路多。{% else %}修路少。{% endif %}自{{ period.from }}起。

        #### 细目

        ## 打算
        """;

    private static readonly Shizhang.Core.Catalogs.Catalog Catalog = TestPack.Load(TestPack.Files(("wording.yaml", "bounds: {over: [余]}\n")));
    private static readonly ReportFrame Frame = new(Period.Year(2018), "某镇", "某镇");

    [Fact]
    public void Headings_are_numbered_figures_are_nodes_and_conditions_are_followed()
    {
        var report = Rendered(Template);

        Assert.Equal("工作汇报", report.Title);
        Assert.Equal(["一、情况", "（一）工程", "（二）别的", "1.细目", "二、打算"], report.Blocks.OfType<HeadingBlock>().Select(h => h.Number + string.Concat(h.Text.Select(r => r.Print))));
        Assert.Equal(["works_1", "roads_1", "road_share_1", "cost_1"], report.Figures.Select(f => f.Key));
        Assert.Equal("某镇办150余件，其中修路5件；占3.3%。花费12.49亿元<script>。", string.Concat(report.Blocks[2].Runs.Select(r => r.Print)));
        Assert.Equal("修路多。自2018年1月1日起。", string.Concat(report.Blocks[4].Runs.Select(r => r.Print)));
    }

    [Fact]
    public void A_report_names_the_indicators_it_needs() =>
        Assert.Equal(["works", "roads", "road_share", "cost"], ReportRenderer.CodesOf(new ReportTemplate("r", "汇报", null, Template, default), Catalog));

    [Theory]
    [InlineData("{{ works | figure: \"许多\" }}")]
    [InlineData("{{ town.name | figure }}")]
    [InlineData("{% if works.value %}")]
    [InlineData("{% for i in (1..100000000) %}长{% endfor %}")]
    public void What_a_template_cannot_have_is_a_sentence(string text) =>
        Assert.NotEmpty(ReportRenderer.Render(new ReportTemplate("r", "汇报", null, text, default), Catalog, Figures(), Frame).Refusal ?? "");

    [Fact]
    public void In_html_every_figure_links_to_its_records_and_text_is_text()
    {
        var html = HtmlReport.Write(Rendered(Template), AddressOf);
        Assert.Contains("""<data id="works_1" value="153"><a href="records/works.html" """, html);
        Assert.Contains("&lt;script&gt;", html);
        Assert.DoesNotContain("<script", html);
        Assert.Contains("<strong>其中</strong>", html);
    }

    [Fact]
    public void In_markdown_every_figure_links_to_its_records()
    {
        var markdown = MarkdownReport.Write(Rendered(Template), AddressOf);
        Assert.Contains("[150余件](records/works.html)", markdown);
        Assert.Contains("## 一、情况", markdown);
    }

    [Fact]
    public void In_docx_every_figure_is_a_bookmark_around_a_content_control_and_stands_in_the_map()
    {
        using var stream = new MemoryStream();
        DocxReport.Write(Rendered(Template), stream);
        using var docx = WordprocessingDocument.Open(stream, isEditable: false);

        Assert.Empty(new DocumentFormat.OpenXml.Validation.OpenXmlValidator().Validate(docx, TestContext.Current.CancellationToken).Select(e => e.Description));
        var body = docx.MainDocumentPart!.Document!.Body!;
        Assert.Equal(["sz_works_1", "sz_roads_1", "sz_road_share_1", "sz_cost_1"], body.Descendants<BookmarkStart>().Select(b => b.Name!.Value!));
        Assert.Equal(["150余件", "5件", "3.3%", "12.49亿元"], body.Descendants<SdtRun>().Select(s => s.InnerText));
        Assert.All(body.Descendants<SdtRun>(), s => Assert.IsType<BookmarkStart>(s.PreviousSibling()));
        using var part = docx.MainDocumentPart.CustomXmlParts.Single().GetStream();
        var figures = XDocument.Load(part).Root!.Elements().ToList();
        Assert.Equal(["153", "5", "3.26", "1249000000"], figures.Select(f => f.Element(DocxReport.Figures + "value")!.Value));
        Assert.All(figures.SelectMany(f => f.DescendantsAndSelf()), e => Assert.False(e.HasAttributes && e.Attributes().Any(a => !a.IsNamespaceDeclaration)));
    }

    [Fact]
    public void An_issued_report_names_the_sentences_that_no_longer_hold()
    {
        var report = Rendered(Template);
        var issued = new IssuedReport("r", report.Title, "t", "t", Frame.Period.From, Frame.Period.To, 9, "", "", "", "", Sentences.Of(report), []);
        var kept = IssuedReport.FromJson(issued.ToJson());
        Assert.Equal(issued.Sentences.Select(s => string.Concat(s.Parts.Select(p => p.Text))), kept.Sentences.Select(s => string.Concat(s.Parts.Select(p => p.Text))));

        // 150余 still holds for 159; 5 roads do not hold for 6.
        Dictionary<string, Figure> Now(decimal works, decimal roads) => Figures().ToDictionary(f => f.Indicator.Code, f => f.Indicator.Code switch
        {
            "works" => f with { Value = works },
            "roads" => f with { Value = roads },
            _ => f,
        });
        Assert.Empty(kept.Broken(Now(159, 5)));
        var broken = Assert.Single(kept.Broken(Now(159, 6)));
        Assert.Equal(("（一）工程", "某镇办150余件，其中修路5件；"), (broken.Heading, broken.Text));
        Assert.Equal(("5件", 6m), (broken.Changes.Single().Said, broken.Changes.Single().Now.Value));
        Assert.Single(kept.Broken(Now(160, 5)));
    }

    [Fact]
    public void A_bookmark_is_never_longer_than_word_keeps()
    {
        var name = DocxReport.BookmarkOf(new string('a', 60) + "_1");
        Assert.Equal(40, name.Length);
        Assert.NotEqual(name, DocxReport.BookmarkOf(new string('a', 60) + "_2"));
    }

    private static string AddressOf(FigureRun figure) => $"records/{figure.Figure.Indicator.Code}.html";

    private static ReportDocument Rendered(string text)
    {
        var rendered = ReportRenderer.Render(new ReportTemplate("r", "汇报", null, text, default), Catalog, Figures(), Frame);
        Assert.Null(rendered.Refusal);
        return rendered.Document!;
    }

    private static Figure[] Figures() => [Of("works", 153), Of("roads", 5), Of("road_share", 3.26m), Of("cost", 1_249_000_000)];

    private static Figure Of(string code, decimal? value) => new(Catalog.Indicators[code], value, 1, Frame.Period, "t", 9);
}
