using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using Shizhang.Office;
using static Shizhang.Tests.Reports.EditedReport;

namespace Shizhang.Tests.Reports;

/// <summary>Figures in places of a document that are not plain, and changes that are tracked within them.</summary>
public class ReturnedFigureTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_figure_moved_into_a_note_is_refreshed_there(bool isMarked)
    {
        var source = Edited(Written(), body =>
        {
            var paragraph = WithRoads(body);
            var moved = paragraph.Elements().SkipWhile(e => !e.InnerText.Contains("其中修筑", StringComparison.Ordinal)).ToList();
            moved.ForEach(e => e.Remove());
            paragraph.Append(new Run(new FootnoteReference { Id = 1 }));
            var note = new Paragraph(moved);
            if (!isMarked)
            {
                Unmark(note);
            }

            var main = body.Ancestors<Document>().Single().MainDocumentPart!;
            main.AddNewPart<FootnotesPart>().Footnotes = new Footnotes(
                new Footnote(new Paragraph(new Run(new SeparatorMark()))) { Id = -1, Type = FootnoteEndnoteValues.Separator },
                new Footnote(note) { Id = 1 });
        });
        Assert.Equal(("5件", isMarked ? FoundBy.Bookmark : FoundBy.Words), Read(source).Figures[1].Places.Select(p => (p.Text, p.By)).Single());

        var fresh = Refreshed(source, ("roads_1", "6件", 6));
        var roads = Read(fresh).Figures[1];
        Assert.Equal(("6件", "6件", (decimal?)6), (roads.Places.Single().Text, roads.Issued.Said, roads.Issued.Value));
        using var docx = Open(fresh);
        Assert.Contains("村组道路6件", docx.MainDocumentPart!.FootnotesPart!.Footnotes!.InnerText);
    }

    [Fact]
    public void A_figure_moved_into_a_header_is_not_found_and_the_map_says_what_it_said()
    {
        var source = Edited(Written(), body =>
        {
            var control = Control(body, "sz_cost_1");
            control.Remove();
            foreach (var mark in body.Descendants<BookmarkStart>().Where(b => b.Name == "sz_cost_1").ToList())
            {
                body.Descendants<BookmarkEnd>().Single(e => e.Id! == mark.Id!.Value).Remove();
                mark.Remove();
            }

            body.Ancestors<Document>().Single().MainDocumentPart!.AddNewPart<HeaderPart>().Header = new Header(new Paragraph(control));
        });
        Assert.Empty(Read(source).Figures[2].Places);
        Assert.Equal("12.49亿元", Read(Refreshed(source, ("cost_1", "13亿元", 13))).Figures[2].Issued.Said);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_figure_in_a_smart_tag_is_refreshed_and_the_tag_stays(bool isMarked)
    {
        var source = Edited(Written(), body =>
        {
            var run = Control(body, "sz_roads_1").Descendants<Run>().Single();
            var tag = new OpenXmlUnknownElement("w", "smartTag", W);
            run.InsertAfterSelf(tag);
            run.Remove();
            tag.Append(run);
            if (!isMarked)
            {
                Unmark(WithRoads(body));
            }
        });
        Assert.Equal("5件", Read(source).Figures[1].Places.Single().Text);

        var fresh = Refreshed(source, ("roads_1", "6件", 6));
        Assert.Equal("6件", Read(fresh).Figures[1].Places.Single().Text);
        using var docx = Open(fresh);
        Assert.Equal("6件", Body(docx).Descendants<OpenXmlUnknownElement>().Single(e => e.LocalName == "smartTag").InnerText);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Words_that_a_bookmark_has_come_to_cover_are_no_part_of_the_figure(bool hasControl)
    {
        var source = Edited(Written(), body =>
        {
            var paragraph = WithRoads(body);
            var start = paragraph.Elements<BookmarkStart>().Single(b => b.Name == "sz_roads_1");
            var end = paragraph.Elements<BookmarkEnd>().Single(e => e.Id! == start.Id!.Value);
            end.Remove();
            paragraph.Append(end);
            if (!hasControl)
            {
                foreach (var control in paragraph.Elements<SdtRun>().ToList())
                {
                    control.InsertAfterSelf(control.Descendants<Run>().Single().CloneNode(deep: true));
                    control.Remove();
                }
            }
        });
        Assert.Equal("5件", Read(source).Figures[1].Places.Single().Text);
        Assert.Contains("村组道路6件，按期完工。", Read(Refreshed(source, ("roads_1", "6件", 6))).Text);
    }

    [Fact]
    public void Where_bookmark_and_control_differ_the_control_says_where_the_figure_is()
    {
        var source = Edited(Written(), body => Control(body, "sz_roads_1").InsertAfterSelf(new Run(new Text("左右"))));
        Assert.Equal("5件", Read(source).Figures[1].Places.Single().Text);
        Assert.Contains("村组道路6件左右，", Read(Refreshed(source, ("roads_1", "6件", 6))).Text);
    }

    [Theory]
    [InlineData("5件（含水泥路3件）", "5件", "6件（含水泥路3件）")]
    [InlineData("7件（含水泥路3件）", "7件", "6件（含水泥路3件）")]
    [InlineData("含水泥路3件，共15件", null, "含水泥路3件，共15件")]
    [InlineData("15件", "15件", "6件")]
    public void Words_typed_into_a_control_stay_when_its_number_is_written(string was, string? found, string became)
    {
        var source = Edited(Written(), body => Control(body, "sz_roads_1").Descendants<Text>().Single().Text = was);
        Assert.Equal(found, Read(source).Figures[1].Places.SingleOrDefault()?.Text);
        Assert.Contains($"{became}，按期", Read(Refreshed(source, ("roads_1", "6件", 6))).Text);
    }

    [Theory]
    [InlineData("12[-5][+6]余件", "200余件", "200余件")]
    [InlineData("[-5][+1]26余件", "200余件", "200余件")]
    [InlineData("126[-5]", "200余件", "200余件")]
    [InlineData("[+1]26余件[-多]", "200余件", "200余件")]
    [InlineData("[-150余件][+126余件]", "200余件", "150余件")]
    [InlineData("[+126余件]", "200余件", "")]
    public void A_figure_with_tracked_changes_is_whole_whichever_way_they_are_decided(string content, string accepted, string rejected)
    {
        var source = Edited(Written(), body => Fill(Control(body, "sz_works_1").GetFirstChild<SdtContentRun>()!, content));
        var fresh = Refreshed(source, ("works_1", "200余件", 203));
        Assert.Equal("200余件", Read(fresh).Figures[0].Places.Single().Text);
        Valid(fresh);
        Assert.Equal(accepted, Decided(fresh, isAccepted: true));
        Assert.Equal(rejected, Decided(fresh, isAccepted: false));
    }

    [Fact]
    public void What_a_writer_deleted_beside_a_figure_without_marks_is_not_decided_for_him()
    {
        var source = Edited(Written(), body =>
        {
            var control = Control(body, "sz_roads_1");
            control.InsertBeforeSelf(new DeletedRun(new Run(new DeletedText("大约"))) { Id = "901", Author = "甲" });
            Fill(control.GetFirstChild<SdtContentRun>()!, "5[+0]件");
            Unmark(WithRoads(body));
        });
        using var docx = Open(Refreshed(source, ("roads_1", "6件", 6)));
        Assert.Equal("大约", Body(docx).Descendants<DeletedText>().Single().Text);
    }

    [Fact]
    public void A_figure_in_a_text_box_is_refreshed_in_both_of_its_forms()
    {
        var source = Edited(Written(), body =>
        {
            var paragraph = WithRoads(body);
            const string open = "<w:pict xmlns:v=\"urn:schemas-microsoft-com:vml\"><v:shape><v:textbox><w:txbxContent>";
            const string close = "</w:txbxContent></v:textbox></v:shape></w:pict>";
            var box = new Paragraph();
            paragraph.InsertAfterSelf(box);
            var inner = open + paragraph.OuterXml + close;
            box.InnerXml = $"<w:r xmlns:w=\"{W}\"><mc:AlternateContent xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\"><mc:Choice xmlns:v=\"urn:schemas-microsoft-com:vml\" Requires=\"v\">{inner}</mc:Choice><mc:Fallback>{inner}</mc:Fallback></mc:AlternateContent></w:r>";
            paragraph.Remove();
        });
        Assert.Equal("5件", Read(source).Figures[1].Places.Single().Text);
        using var docx = Open(Refreshed(source, ("roads_1", "6件", 6)));
        Assert.Contains("村组道路6件", Body(docx).Descendants<AlternateContentChoice>().Single().InnerText);
        Assert.Contains("村组道路6件", Body(docx).Descendants<AlternateContentFallback>().Single().InnerText);
    }

    private static Paragraph WithRoads(Body body) => body.Elements<Paragraph>().First(p => p.InnerText.Contains("道路", StringComparison.Ordinal));

    // "12[-5][+6]" is 12, a 5 that is deleted and a 6 that is inserted.
    private static void Fill(OpenXmlElement to, string content)
    {
        to.RemoveAllChildren();
        foreach (var piece in content.Replace("]", "[", StringComparison.Ordinal).Split('[', StringSplitOptions.RemoveEmptyEntries))
        {
            to.Append(piece[0] switch
            {
                '-' => new DeletedRun(new Run(new DeletedText(piece[1..]))) { Id = "901", Author = "甲" },
                '+' => new InsertedRun(new Run(new Text(piece[1..]))) { Id = "902", Author = "甲" },
                _ => new Run(new Text(piece)),
            });
        }
    }

    private static string Decided(byte[] bytes, bool isAccepted)
    {
        using var docx = Open(bytes);
        return string.Concat(Control(Body(docx), "sz_works_1").Descendants().Where(e => e is Text or DeletedText).Where(e => isAccepted ? e is Text : !e.Ancestors<InsertedRun>().Any()).Select(e => e.InnerText));
    }
}
