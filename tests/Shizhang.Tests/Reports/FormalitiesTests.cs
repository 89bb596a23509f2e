using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using DocumentFormat.OpenXml.Wordprocessing;
using Shizhang.Core.Catalogs.Loading;
using Shizhang.Core.Figures;
using Shizhang.Core.Reports;
using Shizhang.IntegrationTests.Storage;
using Shizhang.Office;

namespace Shizhang.Tests.Reports;

/// <summary>What stands around the text of an official document, from the front matter to each output.</summary>
public class FormalitiesTests
{
    private const string Matter = """
        ---
        report: r
        name: 汇报
        secrecy: 机密★1年
        urgency: 特急
        heading: "{{ town.name }}人民政府文件"
        number: 某政发〔2018〕12号
        signer: 张三
        addressee: 县委巡察组：
        attachments: [问题清单。, 任务清单]
        signed_by: 中共{{ town.name }}委员会
        copies_to: [县纪委, 县委组织部]
        printed_by: "{{ unit.name }}党政办"
        ---
        # 工作汇报

        ## 情况

        办{{ works | figure }}。

        | 名称 | 数 |
        |---|---|
        | 工程 | {{ works | figure }} |
        """;

    [Fact]
    public void Front_matter_is_rendered_into_the_words_of_an_official_document()
    {
        var formal = Rendered(Matter).Formalities with { Date = new DateOnly(2026, 7, 5) };

        Assert.Equal("某镇人民政府文件", formal.Heading);
        Assert.Equal("县委巡察组：", formal.AddresseeLine());
        Assert.Equal(["附件：1. 问题清单", "2. 任务清单"], formal.AttachmentLines());
        Assert.Equal(["附件：问题清单"], (formal with { Attachments = ["问题清单。"] }).AttachmentLines());
        Assert.Equal(("中共某镇委员会", "2026年7月5日"), (formal.SignedBy, formal.DateLine()));
        Assert.Equal(("抄送：县纪委，县委组织部。", "某村党政办", "2026年7月5日印发"), (formal.CopiesLine(), formal.PrintedBy, formal.PrintedLine()));
        Assert.Empty(Formalities.None.Texts());
    }

    [Theory]
    [InlineData("secrecy: 保密", "绝密")]
    [InlineData("urgency: 平急", "特急")]
    [InlineData("number: 某政发[2018]第012号", "〔2018〕12号")]
    [InlineData("number: 某政发〔2018〕012号", "〔2018〕12号")]
    [InlineData("signed_by: {a: b}", "signed_by")]
    [InlineData("signed_for: 镇长", "signed_for")]
    public void What_an_official_document_cannot_have_is_refused_with_its_line(string line, string said)
    {
        var errors = PackReader.Read(new PackFiles(TestPack.Files(("reports/r.md", $"---\nreport: r\nname: 汇报\n{line}\n---\n# 汇报\n")))).Errors;
        var error = Assert.Single(errors);
        Assert.Equal(("reports/r.md", 4), (error.At.File, error.At.Line));
        Assert.Contains(said, error.Sentence);
    }

    [Fact]
    public void Liquid_around_the_text_is_checked_and_knows_no_figures()
    {
        var broken = PackReader.Check(new PackFiles(TestPack.Files(("reports/r.md", "---\nreport: r\nname: 汇报\nsigned_by: \"{{ town.name\"\n---\n# 汇报\n"))));
        Assert.Equal("report_liquid", Assert.Single(broken.Errors).Code);
        Assert.NotEmpty(Render("---\nreport: r\nname: 汇报\nsigned_by: \"{{ works | figure }}\"\n---\n# 汇报\n").Refusal ?? "");
    }

    [Fact]
    public void Every_output_says_the_same_around_the_text()
    {
        var report = Rendered(Matter);
        report = report with { Formalities = report.Formalities with { Date = new DateOnly(2026, 7, 5) }, Stamp = "签发号" };
        using var stream = new MemoryStream();
        DocxReport.Write(report, stream);
        string[] said = ["机密★1年", "特急", "某镇人民政府文件", "某政发〔2018〕12号", "签发人：张三", "工作汇报", "县委巡察组：", "一、情况", "附件：1. 问题清单", "2. 任务清单", "中共某镇委员会", "2026年7月5日", "签发号", "抄送：县纪委，县委组织部。", "某村党政办", "2026年7月5日印发"];
        string[] outputs = [AuditedDocx.Read(stream.ToArray()).Text!, Plain(HtmlReport.Write(report, f => f.Key)), MarkdownReport.Write(report, f => f.Key).Replace("\\", "", StringComparison.Ordinal)];

        Assert.All(outputs, o =>
        {
            var at = 0;
            Assert.All(said, s =>
            {
                var found = o.IndexOf(s, at, StringComparison.Ordinal);
                Assert.True(found >= 0, $"{s} in {o}");
                at = found;
            });
        });
    }

    [Fact]
    public void An_issued_report_keeps_what_stood_around_it()
    {
        var report = Rendered(Matter);
        var formal = report.Formalities with { Date = new DateOnly(2026, 7, 5) };
        var issued = new IssuedReport("r", report.Title, "t", "t", new DateOnly(2018, 1, 1), new DateOnly(2018, 12, 31), 9, "", "2026-07-05T09:00:00+08:00", "", "", Sentences.Of(report), [new IssuedFigure("works", "1", 7, 1, "")], formal);

        var again = IssuedDocument.Of(IssuedReport.FromJson(issued.ToJson()), Catalog);
        Assert.Equal(formal.Texts(), again.Formalities.Texts());
        Assert.Equal("2026年7月5日", again.Formalities.DateLine());
        Assert.Same(Formalities.None, IssuedDocument.Of(IssuedReport.FromJson((issued with { Formalities = null }).ToJson()), Catalog).Formalities);
    }

    [Fact]
    public void The_docx_is_valid_its_parts_have_styles_of_their_own_and_pages_are_told_apart()
    {
        var report = Rendered(Matter);
        using var stream = new MemoryStream();
        DocxReport.Write(report with { Formalities = report.Formalities with { Date = new DateOnly(2026, 7, 5) }, Stamp = "签发号" }, stream);
        using var docx = WordprocessingDocument.Open(stream, isEditable: false);
        Assert.Empty(new OpenXmlValidator(DocumentFormat.OpenXml.FileFormatVersions.Office2019).Validate(docx, TestContext.Current.CancellationToken).Select(e => $"{e.Description} {e.Path?.XPath}"));

        var main = docx.MainDocumentPart!;
        var names = main.StyleDefinitionsPart!.Styles!.Elements<Style>().ToDictionary(s => s.StyleId!.Value!, s => s.StyleName!.Val!.Value!);
        var used = main.Document!.Body!.Descendants<ParagraphStyleId>().Select(s => names[s.Val!.Value!]).ToList();
        Assert.All(["密级和紧急程度", "发文机关标志", "发文字号", "Title", "主送机关", "heading 1", "表头", "表格文字", "表格数字", "附件说明", "发文机关署名", "成文日期", "版记"], name => Assert.Contains(name, used));
        Assert.Equal(["方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体"], main.FontTablePart!.Fonts!.Elements<Font>().Select(f => f.Name!.Value));
        Assert.Contains("FangSong", main.FontTablePart.Fonts.Elements<Font>().ElementAt(1).AltName!.Val!.Value);
        Assert.NotNull(main.DocumentSettingsPart!.Settings!.GetFirstChild<EvenAndOddHeaders>());
        Assert.All(main.StyleDefinitionsPart.Styles.Descendants<RunFonts>(), f => Assert.Equal(f.Ascii!.Value, f.EastAsia!.Value));

        var table = main.Document.Body.Elements<Table>().First();
        Assert.Equal([true, false], table.Elements<TableRow>().Select(r => r.TableRowProperties!.GetFirstChild<TableHeader>() is not null));
        Assert.All(table.Elements<TableRow>(), r => Assert.NotNull(r.TableRowProperties!.GetFirstChild<CantSplit>()));
    }

    private static readonly Shizhang.Core.Catalogs.Catalog Catalog = TestPack.Load(TestPack.Files());

    private static string Plain(string html) => System.Net.WebUtility.HtmlDecode(System.Text.RegularExpressions.Regex.Replace(html, "<[^>]*>", ""));

    private static ReportDocument Rendered(string file)
    {
        var rendered = Render(file);
        Assert.Null(rendered.Refusal);
        return rendered.Document!;
    }

    private static RenderedReport Render(string file)
    {
        var catalog = TestPack.Load(TestPack.Files(("reports/r.md", file)));
        return ReportRenderer.Render(catalog.Reports["r"], catalog, [new Figure(catalog.Indicators["works"], 7, 1, Period.Year(2018), "t", 9)], new ReportFrame(Period.Year(2018), "某镇", "某村"));
    }
}
