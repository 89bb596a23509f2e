using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace Shizhang.Office;

/// <summary>Puts a Word comment around places of a text, runs cut at their borders; nothing that is read of the document changes.</summary>
internal sealed class DocxComments(DocxText text)
{
    private readonly IReadOnlyList<DocxParagraph> _paragraphs = text.Paragraphs;

    public void Add(WordprocessingDocument docx, IEnumerable<(int Start, int End, string Comment)> places, string author, DateTime at)
    {
        var part = docx.MainDocumentPart!.WordprocessingCommentsPart ?? docx.MainDocumentPart.AddNewPart<WordprocessingCommentsPart>();
        part.Comments ??= new Comments();
        var id = part.Comments.Elements<Comment>().Select(c => int.TryParse(c.Id?.Value, out var n) ? n : 0).DefaultIfEmpty(-1).Max();
        foreach (var (start, end, comment) in places)
        {
            var name = (++id).ToString(CultureInfo.InvariantCulture);
            CutAt(start);
            CutAt(end);
            var first = RunAt(start);
            var last = RunAt(Math.Max(start, end - 1));
            if (first is null || last is null)
            {
                continue;
            }

            part.Comments.Append(new Comment(new Paragraph(new Run(new Text(comment)))) { Id = name, Author = author, Date = at });
            first.InsertBeforeSelf(new CommentRangeStart { Id = name });
            last.InsertAfterSelf(new CommentRangeEnd { Id = name }).InsertAfterSelf(new Run(new CommentReference { Id = name }));
        }
    }

    /// <summary>Makes a run end where a place begins or ends, so that a comment stands at its words and not at the whole paragraph.</summary>
    private void CutAt(int at)
    {
        var index = LastAt(at);
        if (index < 0 || _paragraphs[index].Anchor is not null)
        {
            return;
        }

        var position = _paragraphs[index].Start;
        foreach (var element in DocxText.TextsOf(_paragraphs[index].Paragraph))
        {
            var length = DocxText.Words(element).Length;
            if (position < at && at < position + length)
            {
                if (element is Text { Parent: Run run } text && RunOf(text) == run)
                {
                    Cut(run, text, at - position);
                }

                return;
            }

            position += length;
        }
    }

    private static void Cut(Run run, Text text, int at)
    {
        var rest = new Run();
        if (run.RunProperties is { } look)
        {
            rest.Append(look.CloneNode(deep: true));
        }

        rest.Append(new Text(text.Text[at..]) { Space = SpaceProcessingModeValues.Preserve });
        foreach (var after in text.ElementsAfter().ToList())
        {
            after.Remove();
            rest.Append(after);
        }

        text.Text = text.Text[..at];
        text.Space = SpaceProcessingModeValues.Preserve;
        run.InsertAfterSelf(rest);
    }

    /// <summary>The run that holds a character, or what stands for it beside other runs.</summary>
    private OpenXmlElement? RunAt(int at)
    {
        // A place within an automatic number belongs to the paragraph after it.
        var index = LastAt(at);
        index = index < 0 || (index + 1 < _paragraphs.Count && at > EndOf(index)) ? index + 1 : index;
        if (index >= _paragraphs.Count)
        {
            return null;
        }

        var position = _paragraphs[index].Start;
        var found = _paragraphs[index].Anchor;
        if (found is not null)
        {
            return RunOf(found);
        }

        foreach (var element in DocxText.TextsOf(_paragraphs[index].Paragraph))
        {
            found = element;
            position += DocxText.Words(element).Length;
            if (position > at)
            {
                break;
            }
        }

        return found is null ? null : RunOf(found);
    }

    private int LastAt(int at)
    {
        var index = _paragraphs.Count - 1;
        while (index >= 0 && _paragraphs[index].Start > at)
        {
            index--;
        }

        return index;
    }

    private int EndOf(int index) => _paragraphs[index].Start + DocxText.TextsOf(_paragraphs[index].Paragraph).Sum(t => DocxText.Words(t).Length);

    // Within links, controls, insertions and tags a comment may begin and end; not within a field, which is written anew as a whole, nor
    // beside the reading of a character, whose run stands in another one.
    private static OpenXmlElement RunOf(OpenXmlElement element)
    {
        var within = element.Ancestors().Prepend(element).TakeWhile(e => e is not Paragraph).ToList();
        return within.FindLast(e => e is SimpleField) ?? within.FindLast(e => e is Run) ?? within[^1];
    }
}
