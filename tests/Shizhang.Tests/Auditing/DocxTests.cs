using System.IO.Compression;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using Shizhang.Office;

namespace Shizhang.Tests.Auditing;

public sealed class DocxTests
{
    [Fact]
    public void Automatic_numbers_tables_and_notes_are_text()
    {
        var read = AuditedDocx.Read(Docx());
        Assert.Equal("一、基本情况\n（一）人口\n（二）耕地\n二、问题\n（一）人员\n脚注在此\n指标\n共12人\n其中男5人，女8人", read.Text);
    }

    [Fact]
    public void A_comment_on_a_note_stands_at_its_mark()
    {
        var source = Docx();
        var text = AuditedDocx.Read(source).Text!;
        var commented = AuditedDocx.Commented(source, [(text.IndexOf("其中", StringComparison.Ordinal), text.Length, "5+8=13"), (0, 2, "first")], "实账", DateTime.UnixEpoch);
        Assert.Equal(text, AuditedDocx.Read(commented).Text);
        using var docx = WordprocessingDocument.Open(new MemoryStream(commented), isEditable: false);
        var body = docx.MainDocumentPart!.Document!.Body!;
        Assert.Equal(2, body.Descendants<CommentReference>().Count());
        var mark = body.Descendants<FootnoteReference>().Single();
        Assert.Contains(mark.Ancestors<Paragraph>().Single().Elements<CommentRangeStart>(), _ => true);
    }

    [Fact]
    public void A_comment_stands_at_its_words_and_leaves_their_look()
    {
        var source = WithDocument("<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>全镇12人，</w:t><w:tab/><w:t>其中男5人</w:t></w:r></w:p>");
        var text = AuditedDocx.Read(source).Text!;
        var commented = AuditedDocx.Commented(source, [(2, 5, "一"), (text.IndexOf('5', StringComparison.Ordinal), text.Length, "二")], "实账", DateTime.UnixEpoch);
        Assert.Equal(text, AuditedDocx.Read(commented).Text);
        using var docx = WordprocessingDocument.Open(new MemoryStream(commented), isEditable: false);
        var paragraph = docx.MainDocumentPart!.Document!.Body!.Elements<Paragraph>().Single();
        Assert.Equal(["全镇", "12人", "，其中男", "5人"], paragraph.Elements<Run>().Where(r => r.GetFirstChild<Text>() is not null).Select(r => r.InnerText));
        Assert.All(paragraph.Elements<Run>().Where(r => r.GetFirstChild<Text>() is not null), r => Assert.NotNull(r.RunProperties?.Bold));
        Assert.Equal("12人", paragraph.Elements<CommentRangeStart>().First().NextSibling()!.InnerText);
    }

    [Fact]
    public void A_document_as_deep_as_a_well_is_refused_unread()
    {
        const int depth = 100_000;
        var source = WithDocument($"<w:p>{string.Concat(Enumerable.Repeat("<w:ins>", depth))}{string.Concat(Enumerable.Repeat("</w:ins>", depth))}</w:p>");
        Assert.Equal(DocxRefusal.TooLarge, AuditedDocx.Read(source).Refusal);
    }

    [Fact]
    public void A_text_box_is_read_once()
    {
        const string box = "<w:pict><v:shape><v:textbox><w:txbxContent><w:p><w:r><w:t>框内12人</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict>";
        var source = WithDocument($"<w:p><w:r><mc:AlternateContent><mc:Choice Requires=\"v\">{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>");
        Assert.Equal("框内12人", AuditedDocx.Read(source).Text!.Trim());
    }

    private static byte[] WithDocument(string body)
    {
        var source = new MemoryStream();
        source.Write(Docx());
        using (var zip = new ZipArchive(source, ZipArchiveMode.Update, leaveOpen: true))
        {
            zip.GetEntry("word/document.xml")!.Delete();
            using var writer = new StreamWriter(zip.CreateEntry("word/document.xml").Open());
            writer.Write("<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" xmlns:v=\"urn:schemas-microsoft-com:vml\">");
            writer.Write($"<w:body>{body}</w:body></w:document>");
        }

        return source.ToArray();
    }

    /// <summary>Two levels of Chinese numbers, one of them by style; a table; a footnote.</summary>
    private static byte[] Docx()
    {
        using var stream = new MemoryStream();
        using (var docx = WordprocessingDocument.Create(stream, WordprocessingDocumentType.Document))
        {
            var main = docx.AddMainDocumentPart();
            main.AddNewPart<NumberingDefinitionsPart>().Numbering = new Numbering(
                new AbstractNum(LevelOf(0, "%1、"), LevelOf(1, "（%2）")) { AbstractNumberId = 1 },
                new NumberingInstance(new AbstractNumId { Val = 1 }) { NumberID = 7 });
            main.AddNewPart<StyleDefinitionsPart>().Styles = new Styles(new Style(new StyleName { Val = "h1" }, new StyleParagraphProperties(new NumberingProperties(new NumberingId { Val = 7 }))) { StyleId = "h1", Type = StyleValues.Paragraph });
            main.AddNewPart<FootnotesPart>().Footnotes = new Footnotes(
                new Footnote(new Paragraph(new Run(new SeparatorMark()))) { Id = -1, Type = FootnoteEndnoteValues.Separator },
                new Footnote(new Paragraph(new Run(new Text("其中男5人，女8人")))) { Id = 2 });
            main.Document = new Document(new Body(
                Styled("基本情况"), Listed("人口"), Listed("耕地"), Styled("问题"), Listed("人员"),
                new Paragraph(new Run(new Text("脚注在此")), new Run(new FootnoteReference { Id = 2 })),
                new Table(new TableRow(Cell("指标"), Cell("共12人")))));
        }

        return stream.ToArray();
    }

    private static DocumentFormat.OpenXml.Wordprocessing.Level LevelOf(int depth, string text) =>
        new(new StartNumberingValue { Val = 1 }, new NumberingFormat { Val = NumberFormatValues.ChineseCounting }, new LevelText { Val = text }) { LevelIndex = depth };

    private static Paragraph Styled(string text) => new(new ParagraphProperties(new ParagraphStyleId { Val = "h1" }), new Run(new Text(text)));

    private static Paragraph Listed(string text) =>
        new(new ParagraphProperties(new NumberingProperties(new NumberingLevelReference { Val = 1 }, new NumberingId { Val = 7 })), new Run(new Text(text)));

    private static TableCell Cell(string text) => new(new Paragraph(new Run(new Text(text))));
}
