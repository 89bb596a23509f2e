using System.IO.Compression;
using System.Text.RegularExpressions;
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

    [Theory]
    [InlineData("<w:ins w:id=\"1\" w:author=\"甲\">", "</w:ins>")]
    [InlineData("<w:hyperlink w:anchor=\"a\">", "</w:hyperlink>")]
    [InlineData("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>")]
    [InlineData("<w:ins w:id=\"1\" w:author=\"甲\"><w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt></w:ins>")]
    [InlineData("<w:smartTag w:uri=\"u\" w:element=\"e\">", "</w:smartTag>")]
    [InlineData("<w:customXml w:uri=\"u\" w:element=\"e\">", "</w:customXml>")]
    public void A_comment_stands_at_its_words_inside_what_wraps_them(string open, string close)
    {
        var source = WithDocument($"<w:p>{open}<w:r><w:t>总体平稳，应配10名，实配8名，空编3名。</w:t></w:r>{close}</w:p>");
        var text = AuditedDocx.Read(source).Text!;
        var start = text.IndexOf("应配", StringComparison.Ordinal);
        var commented = AuditedDocx.Commented(source, [(start, start + 15, "一")], "实账", DateTime.UnixEpoch);
        Assert.Equal(text, AuditedDocx.Read(commented).Text);
        Assert.Equal("应配10名，实配8名，空编3名", Between(commented));
    }

    [Fact]
    public void A_comment_on_a_field_stands_around_it()
    {
        var source = WithDocument("<w:p><w:r><w:t>应配</w:t></w:r><w:fldSimple w:instr=\" =SUM(A1) \"><w:r><w:t>10</w:t></w:r></w:fldSimple><w:r><w:t>名</w:t></w:r></w:p>");
        Assert.Equal("10", Between(AuditedDocx.Commented(source, [(2, 4, "一")], "实账", DateTime.UnixEpoch)));
    }

    [Fact]
    public void Smart_tags_are_read_through_and_kept()
    {
        const string inner = "<w:smartTagPr><w:attr w:name=\"UnitName\" w:val=\"公里\"/></w:smartTagPr>";
        var source = WithDocument($"<w:p><w:r><w:t>铺筑</w:t></w:r><w:smartTag w:uri=\"u\" w:element=\"chmetcnv\">{inner}<w:smartTag w:uri=\"u\" w:element=\"n\"><w:r><w:t>79.8</w:t></w:r></w:smartTag><w:del w:id=\"1\"><w:r><w:delText>里</w:delText></w:r></w:del><w:r><w:t>公里</w:t></w:r></w:smartTag></w:p>");
        Assert.Equal("铺筑79.8公里", AuditedDocx.Read(source).Text);
        var commented = AuditedDocx.Commented(source, [(2, 6, "一")], "实账", DateTime.UnixEpoch);
        Assert.Equal("79.8", Between(commented));
        var xml = Xml(commented);
        Assert.Equal(2, xml.Split("<w:smartTag ").Length - 1);
        Assert.Contains("<w:attr w:name=\"UnitName\" w:val=\"公里\"", xml);
    }

    [Fact]
    public void Smart_tags_in_smart_tags_without_end_are_refused()
    {
        var deep = string.Concat(Enumerable.Repeat("<w:smartTag>", 20));
        Assert.Equal(DocxRefusal.TooLarge, AuditedDocx.Read(WithDocument($"<w:p>{deep}{deep.Replace("<", "</", StringComparison.Ordinal)}</w:p>")).Refusal);
        var wide = string.Concat(Enumerable.Repeat("<w:smartTag><w:r><w:t>一</w:t></w:r></w:smartTag>", 20));
        Assert.Equal(20, AuditedDocx.Read(WithDocument($"<w:p>{wide}</w:p>")).Text!.Length);
    }

    [Fact]
    public void A_note_that_is_referred_to_twice_stands_once()
    {
        const string mark = "<w:r><w:footnoteReference w:id=\"2\"/></w:r>";
        Assert.Equal("脚注\n其中男5人，女8人", AuditedDocx.Read(WithDocument($"<w:p><w:r><w:t>脚注</w:t></w:r>{mark}{mark}</w:p>")).Text);
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

    /// <summary>The words between the ends of the one comment.</summary>
    private static string Between(byte[] commented) =>
        Regex.Replace(Regex.Match(Xml(commented), "<w:commentRangeStart[^>]*>(.*)<w:commentRangeEnd").Groups[1].Value, "<[^>]+>", "");

    private static string Xml(byte[] docx)
    {
        using var zip = new ZipArchive(new MemoryStream(docx), ZipArchiveMode.Read);
        using var reader = new StreamReader(zip.GetEntry("word/document.xml")!.Open());
        return reader.ReadToEnd();
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
