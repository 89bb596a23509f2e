using System.IO.Compression;
using DocumentFormat.OpenXml.Wordprocessing;
using Shizhang.Office;
using static Shizhang.Tests.Reports.EditedReport;

namespace Shizhang.Tests.Reports;

/// <summary>A report that was edited as Word, WPS and people do still knows its figures.</summary>
public class ReturnedDocxTests
{
    [Fact]
    public void An_untouched_report_says_what_it_said()
    {
        var docx = Read(Written());

        Assert.Equal(["works_1", "roads_1", "cost_1", "works_2", "roads_2"], docx.Figures.Select(f => f.Issued.Key));
        Assert.All(docx.Figures, f => Assert.Equal((f.Issued.Said, FoundBy.Bookmark), (f.Places.Single().Text, f.Places.Single().By)));
        var roads = docx.Figures[1].Issued;
        Assert.Equal(("roads", "修路", "t", 9L, (decimal?)5, 1L), (roads.Indicator, roads.Name, roads.Unit, roads.AsOf, roads.Value, roads.Records));
        Assert.Equal(["余"], docx.Figures[0].Issued.Words);
        Assert.EndsWith("其中修筑村组道路", roads.Before);
        Assert.StartsWith("，按期完工。", roads.After);
    }

    [Fact]
    public void Runs_split_inside_a_control_are_one_figure_and_keep_their_look_when_refreshed()
    {
        var source = Edited(Written(), body =>
        {
            var content = Control(body, "sz_works_1").GetFirstChild<SdtContentRun>()!;
            content.RemoveAllChildren();
            content.Append(
                new Run(new RunProperties(new Bold()), new Text("15")),
                new ProofError { Type = ProofingErrorValues.SpellStart },
                new Run(new RunProperties(new Italic()), new Text("0余")),
                new Run(new Text("件")));
        });
        Assert.Equal("150余件", Read(source).Figures[0].Places.Single().Text);

        var fresh = Refreshed(source, ("works_1", "200余件", 203));
        var figure = Read(fresh).Figures[0];
        Assert.Equal(("200余件", "200余件", (decimal?)203), (figure.Places.Single().Text, figure.Issued.Said, figure.Issued.Value));
        using var docx = Open(fresh);
        Assert.NotNull(Control(Body(docx), "sz_works_1").Descendants<Run>().First(r => r.InnerText.Length > 0).RunProperties?.Bold);
        Valid(fresh);
    }

    [Fact]
    public void A_number_changed_by_hand_is_read_and_the_prose_stays()
    {
        var source = Edited(Written(), body =>
        {
            Control(body, "sz_roads_1").Descendants<Text>().Single().Text = "8件";
            body.Elements<Paragraph>().First(p => p.InnerText.Contains("超支", StringComparison.Ordinal)).Append(new Run(new Text("新增一句，另建桥3座。")));
        });
        var docx = Read(source);
        Assert.Equal(("8件", "5件"), (docx.Figures[1].Places.Single().Text, docx.Figures[1].Issued.Said));
        Assert.Contains("另建桥3座", docx.Text);

        var fresh = Read(Refreshed(source, ("works_1", "200余件", 203)));
        Assert.Equal(docx.Text.Replace("150余件", "200余件", StringComparison.Ordinal), fresh.Text);
        Assert.Equal(("8件", "5件"), (fresh.Figures[1].Places.Single().Text, fresh.Figures[1].Issued.Said));
    }

    [Fact]
    public void Tracked_changes_are_read_as_accepted()
    {
        var source = Edited(Written(), body =>
        {
            var run = Control(body, "sz_roads_1").Descendants<Run>().Single();
            run.InsertAfterSelf(new InsertedRun(new Run(new Text("6件"))) { Id = "900", Author = "甲" });
            run.InsertAfterSelf(new DeletedRun(new Run(new DeletedText("5件"))) { Id = "901", Author = "甲" });
            run.Remove();
            var paragraph = body.Elements<Paragraph>().First(p => p.InnerText.Contains("超支", StringComparison.Ordinal));
            paragraph.Append(new MoveFromRun(new Run(new Text("移走3座"))) { Id = "902", Author = "甲" }, new MoveToRun(new Run(new Text("移来3座"))) { Id = "903", Author = "甲" });
        });
        var docx = Read(source);
        Assert.Equal("6件", docx.Figures[1].Places.Single().Text);
        Assert.Contains("移来3座", docx.Text);
        Assert.DoesNotContain("移走3座", docx.Text);

        var fresh = Refreshed(source, ("roads_1", "7件", 7));
        Assert.Equal("7件", Read(fresh).Figures[1].Places.Single().Text);
        using var opened = Open(fresh);
        Assert.Equal("5件", Body(opened).Descendants<DeletedText>().Single().Text);
        Assert.Equal("7件", Body(opened).Descendants<InsertedRun>().Single().InnerText);
    }

    [Fact]
    public void A_figure_that_was_deleted_is_nowhere()
    {
        var source = Edited(Written(), body =>
        {
            var run = Control(body, "sz_cost_1").Descendants<Run>().Single();
            run.InsertAfterSelf(new DeletedRun(new Run(new DeletedText("12.49亿元"))) { Id = "901", Author = "甲" });
            run.Remove();
        });
        Assert.Empty(Read(source).Figures[2].Places);
    }

    [Fact]
    public void A_copied_paragraph_keeps_only_its_controls_and_both_copies_are_refreshed()
    {
        var source = Edited(Written(), body =>
        {
            var paragraph = body.Elements<Paragraph>().First(p => p.InnerText.Contains("道路", StringComparison.Ordinal));
            var copy = (Paragraph)paragraph.CloneNode(deep: true);
            foreach (var mark in copy.Elements().Where(e => e is BookmarkStart or BookmarkEnd).ToList())
            {
                mark.Remove();
            }

            body.InsertBefore(copy, body.Elements<Table>().First());
        });
        var places = Read(source).Figures[1].Places;
        Assert.Equal([("5件", FoundBy.Bookmark), ("5件", FoundBy.Control)], places.Select(p => (p.Text, p.By)));

        var fresh = Read(Refreshed(source, ("roads_1", "6件", 6)));
        Assert.Equal(["6件", "6件"], fresh.Figures[1].Places.Select(p => p.Text));
        Assert.Equal(2, fresh.Text.Split("村组道路6件").Length - 1);
    }

    [Fact]
    public void A_copy_without_any_mark_is_found_by_its_words_when_all_of_them_agree()
    {
        var source = Edited(Written(), body =>
        {
            Unmark(body);
            var paragraph = body.Elements<Paragraph>().First(p => p.InnerText.Contains("道路", StringComparison.Ordinal));
            var before = paragraph.PreviousSibling()!.CloneNode(deep: true);
            body.InsertBefore(before, body.Elements<Table>().First());
            body.InsertBefore(paragraph.CloneNode(deep: true), body.Elements<Table>().First());
        });
        Assert.Equal([FoundBy.Words, FoundBy.Words], Read(source).Figures[1].Places.Select(p => p.By));
    }

    [Theory]
    [InlineData(true, false, FoundBy.Bookmark)]
    [InlineData(false, true, FoundBy.Control)]
    [InlineData(false, false, FoundBy.Words)]
    public void A_figure_is_found_by_what_is_left_of_its_marks_in_tables_too(bool hasBookmark, bool hasControl, FoundBy by)
    {
        var source = Edited(Written(), body => Unmark(body, hasBookmark, hasControl));
        var docx = Read(source);
        Assert.All(docx.Figures, f => Assert.Equal((f.Issued.Key, f.Issued.Said, by), (f.Issued.Key, f.Places.Single().Text, f.Places.Single().By)));

        var fresh = Read(Refreshed(source, ("works_1", "200余件", 203), ("roads_2", "6件", 6)));
        Assert.Equal(docx.Text.Replace("150余件", "200余件", StringComparison.Ordinal).Replace("其中道路\n5件", "其中道路\n6件", StringComparison.Ordinal), fresh.Text);
    }

    [Fact]
    public void Controls_renamed_by_a_writer_are_known_by_their_tags()
    {
        var source = Edited(Written(), body =>
        {
            Unmark(body, hasControl: true);
            foreach (var alias in body.Descendants<SdtAlias>())
            {
                alias.Val = "数";
            }

            Control(body, "sz_roads_2").Descendants<Text>().Single().Text = "9件";
        });
        Assert.Equal(["150余件", "5件", "12.49亿元", "153件", "9件"], Read(source).Figures.Select(f => f.Places.Single(p => p.By == FoundBy.Control).Text));
    }

    [Fact]
    public void Controls_without_tags_are_told_apart_by_name_and_what_they_said()
    {
        var source = Edited(Written(), body =>
        {
            Unmark(body, hasControl: true);
            foreach (var tag in body.Descendants<Tag>().ToList())
            {
                tag.Remove();
            }
        });
        Assert.All(Read(source).Figures, f => Assert.Equal((f.Issued.Said, FoundBy.Control), (f.Places.Single().Text, f.Places.Single().By)));
    }

    [Fact]
    public void Marks_stretched_over_paragraphs_count_no_more_and_the_words_decide()
    {
        var source = Edited(Written(), body =>
        {
            Unmark(body, hasBookmark: true);
            var end = body.Descendants<BookmarkEnd>().First();
            end.Remove();
            body.Elements<Paragraph>().First(p => p.InnerText.Contains("超支", StringComparison.Ordinal)).Append(end);
        });
        Assert.Equal(("150余件", FoundBy.Words), Read(source).Figures[0].Places.Select(p => (p.Text, p.By)).Single());
    }

    [Fact]
    public void Refreshing_touches_nothing_but_the_document_and_the_map()
    {
        var source = Written();
        var (before, after) = (Parts(source), Parts(Refreshed(source, ("roads_1", "6件", 6))));
        Assert.Equal(before.Keys, after.Keys);
        Assert.Equal(2, before.Count(p => !after[p.Key].AsSpan().SequenceEqual(p.Value)));
        var none = Parts(Refreshed(source));
        Assert.Equal(before["word/document.xml"], none["word/document.xml"]);
        Valid(Refreshed(source, ("roads_1", "6件", 6)));
    }

    [Fact]
    public void Without_the_map_it_is_ours_no_more()
    {
        var source = Written();
        Assert.Equal(DocxRefusal.MapLost, Refusal(Edited(source, body => { }, docx => docx.MainDocumentPart!.DeleteParts(docx.MainDocumentPart.CustomXmlParts.ToList()))));
        Assert.Equal(DocxRefusal.NotOurs, Refusal(Edited(source, body => Unmark(body), docx => docx.MainDocumentPart!.DeleteParts(docx.MainDocumentPart.CustomXmlParts.ToList()))));
        Assert.Equal(DocxRefusal.MapLost, Refusal(Replaced(source, "customXml/item.", "<figures xmlns=\"urn:shizhang:figures:1\"><figure><key>works_1</key><from>昨天</from></figure></figures>")));
        Assert.Equal(DocxRefusal.MapLost, Refusal(Replaced(source, "customXml/item.", "<!DOCTYPE f [<!ENTITY a \"b\">]><f>&a;</f>")));
    }

    [Fact]
    public void What_is_no_docx_is_refused()
    {
        Assert.Equal(DocxRefusal.Broken, Refusal("汇报"u8.ToArray()));
        Assert.Equal(DocxRefusal.Broken, Refusal(Replaced(Written(), "word/document", "<w:document")));
        Assert.Equal(DocxRefusal.Encrypted, Refusal([0xD0, 0xCF, 0x11, 0xE0, 0, 0]));
        const int depth = 200_000;
        var deep = $"<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{string.Concat(Enumerable.Repeat("<w:p>", depth))}{string.Concat(Enumerable.Repeat("</w:p>", depth))}</w:body></w:document>";
        Assert.Equal(DocxRefusal.TooLarge, Refusal(Replaced(Written(), "word/document", deep)));
    }

    [Theory]
    [InlineData("application/vnd.ms-word.document.macroEnabled.main+xml", false)]
    [InlineData("application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml", true)]
    public void Macros_are_refused(string type, bool hasCode)
    {
        using var stream = new MemoryStream();
        stream.Write(Translated(Written(), text => text.Replace("application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml", type, StringComparison.Ordinal)));
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Update, leaveOpen: true))
        {
            if (hasCode)
            {
                zip.CreateEntry("word/vbaProject.bin");
            }
        }

        Assert.Equal(DocxRefusal.Macros, Refusal(stream.ToArray()));
    }

    [Fact]
    public void A_strict_document_is_audited_and_not_updated()
    {
        var source = Translated(Written(), text => text
            .Replace(W, "http://purl.oclc.org/ooxml/wordprocessingml/main", StringComparison.Ordinal)
            .Replace("http://schemas.openxmlformats.org/officeDocument/2006/relationships", "http://purl.oclc.org/ooxml/officeDocument/relationships", StringComparison.Ordinal)
            .Replace("http://schemas.openxmlformats.org/officeDocument/2006/customXml", "http://purl.oclc.org/ooxml/officeDocument/customXml", StringComparison.Ordinal));
        Assert.Equal(DocxRefusal.Strict, Refusal(source));
        var read = AuditedDocx.Read(source);
        Assert.True(read.IsStrict);
        Assert.Equal(Read(Written()).Text, read.Text);
        Assert.False(AuditedDocx.Read(Written()).IsStrict);
    }

    [Fact]
    public void Very_many_attributes_of_one_element_are_refused()
    {
        var attributes = string.Concat(Enumerable.Range(0, 330_000).Select(i => $" a{i}=\"1\""));
        Assert.Equal(DocxRefusal.TooLarge, Refusal(Replaced(Written(), "word/document", $"<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body><w:p{attributes}/></w:body></w:document>")));
    }

    [Theory]
    [InlineData("<w:p/>", 161_000)]
    [InlineData("<w:p><w:r><w:t>的的的的的的的的的的</w:t></w:r></w:p>", 61_000)]
    [InlineData("<w:smartTag><w:smartTag><w:smartTag><w:r/></w:smartTag></w:smartTag></w:smartTag>", 20_000)]
    [InlineData("<w:p a=\"1\" b=\"2\" c=\"3\"/>", 110_000)]
    [InlineData("<!-- 0123456789012345678901234567890123456789012345678901234567890123456789 -->", 120_000)]
    public void What_would_cost_too_much_is_refused_before_it_is_read(string piece, int times)
    {
        var content = $"<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{string.Concat(Enumerable.Repeat(piece, times))}</w:body></w:document>";
        Assert.Equal(DocxRefusal.TooLarge, Refusal(Replaced(Written(), "word/document", content)));
    }
}
