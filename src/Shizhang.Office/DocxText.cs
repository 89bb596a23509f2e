using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace Shizhang.Office;

/// <summary>A docx as plain text, its paragraphs joined with LF, and where each run of it stands.</summary>
public sealed class DocxText
{
    /// <summary>Parts larger than this are refused before they are unpacked.</summary>
    public const long MostBytes = 200L * 1024 * 1024;

    private readonly List<(int Start, Paragraph Paragraph, OpenXmlElement? Anchor)> _paragraphs = [];
    private readonly StringBuilder _text = new();

    private DocxText(MainDocumentPart main)
    {
        var numbering = new DocxNumbering(main);
        foreach (var paragraph in main.Document!.Body!.Descendants<Paragraph>())
        {
            // A text box is stored twice, the second time for readers that do not know the first.
            if (paragraph.Ancestors<AlternateContentFallback>().Any())
            {
                continue;
            }

            Add(numbering.Next(paragraph), paragraph, null);
        }

        Notes(main.Document.Body!, main.FootnotesPart?.Footnotes?.Elements<FootnoteEndnoteType>(), reference => (reference as FootnoteReference)?.Id?.Value);
        Notes(main.Document.Body!, main.EndnotesPart?.Endnotes?.Elements<FootnoteEndnoteType>(), reference => (reference as EndnoteReference)?.Id?.Value);
    }

    public string Content => _text.ToString();

    /// <summary>Reads a docx that is open; null when it holds no document.</summary>
    public static DocxText? Of(WordprocessingDocument docx) => docx.MainDocumentPart is { Document.Body: not null } main ? new DocxText(main) : null;

    /// <summary>Every piece of the text with its place and the paragraph it stands in, in the order of the text.</summary>
    internal IEnumerable<(int Start, int Paragraph, OpenXmlElement Element)> Pieces()
    {
        for (var i = 0; i < _paragraphs.Count; i++)
        {
            var at = _paragraphs[i].Start;
            foreach (var element in TextsOf(_paragraphs[i].Paragraph))
            {
                yield return (at, i, element);
                at += Words(element).Length;
            }
        }
    }

    /// <summary>Other words at some places, which do not overlap; the look is that of each place's beginning. What was read before says nothing of it.</summary>
    internal void Replace(IEnumerable<(int Start, int End, string Words)> places)
    {
        var pieces = Pieces().ToList();
        var starts = pieces.ConvertAll(p => p.Start);
        foreach (var (start, end, words) in places.OrderByDescending(p => p.Start))
        {
            var index = starts.BinarySearch(start);
            var isFirst = true;
            for (var i = LastAt(starts, index < 0 ? ~index - 1 : index); i >= 0 && i < pieces.Count && pieces[i].Start < end; i++)
            {
                var (at, element) = (pieces[i].Start, pieces[i].Element);
                if (element is not Text text)
                {
                    element.Remove();
                    continue;
                }

                var (from, to) = (Math.Max(0, start - at), Math.Min(text.Text.Length, end - at));
                if (from < to)
                {
                    text.Text = text.Text[..from] + (isFirst ? words : "") + text.Text[to..];
                    text.Space = SpaceProcessingModeValues.Preserve;
                    isFirst = false;
                }
            }
        }
    }

    // Pieces that are empty begin where the next one does.
    private static int LastAt(List<int> starts, int index)
    {
        while (index + 1 < starts.Count && index >= 0 && starts[index + 1] == starts[index])
        {
            index++;
        }

        return index;
    }

    /// <summary>Notes follow the body, in the order of their marks; a comment on one stands at its mark.</summary>
    private void Notes(Body body, IEnumerable<FootnoteEndnoteType>? notes, Func<OpenXmlElement, long?> idOf)
    {
        var byId = (notes ?? []).Where(n => n.Id is not null).DistinctBy(n => n.Id!.Value).ToDictionary(n => n.Id!.Value);
        foreach (var mark in byId.Count == 0 ? [] : body.Descendants())
        {
            if (idOf(mark) is { } id && byId.TryGetValue(id, out var note))
            {
                foreach (var paragraph in note.Elements<Paragraph>())
                {
                    Add("", paragraph, mark);
                }
            }
        }
    }

    private void Add(string number, Paragraph paragraph, OpenXmlElement? anchor)
    {
        if (_paragraphs.Count > 0)
        {
            _text.Append('\n');
        }

        _text.Append(number);
        _paragraphs.Add((_text.Length, paragraph, anchor));
        foreach (var text in TextsOf(paragraph))
        {
            _text.Append(Words(text));
        }
    }

    /// <summary>Puts a Word comment around each place, runs cut at its borders; nothing that is read of the document changes.</summary>
    public void Comment(WordprocessingDocument docx, IEnumerable<(int Start, int End, string Comment)> places, string author, DateTime at)
    {
        var part = docx.MainDocumentPart!.WordprocessingCommentsPart ?? docx.MainDocumentPart.AddNewPart<WordprocessingCommentsPart>();
        part.Comments ??= new Comments();
        var id = part.Comments.Elements<Comment>().Select(c => int.TryParse(c.Id?.Value, out var n) ? n : 0).DefaultIfEmpty(-1).Max();
        foreach (var (start, end, comment) in places)
        {
            var name = (++id).ToString(System.Globalization.CultureInfo.InvariantCulture);
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
        var index = _paragraphs.FindLastIndex(p => p.Start <= at);
        if (index < 0 || _paragraphs[index].Anchor is not null)
        {
            return;
        }

        var position = _paragraphs[index].Start;
        foreach (var element in TextsOf(_paragraphs[index].Paragraph))
        {
            var length = Words(element).Length;
            if (position < at && at < position + length && element is Text { Parent: Run { Parent: Paragraph } run } text)
            {
                Cut(run, text, at - position);
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

    /// <summary>The run that holds a character, or what stands for it beside other runs (a content control, a link).</summary>
    private OpenXmlElement? RunAt(int at)
    {
        // A place within an automatic number belongs to the paragraph after it.
        var index = _paragraphs.FindLastIndex(p => p.Start <= at);
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

        foreach (var text in TextsOf(_paragraphs[index].Paragraph))
        {
            found = text;
            position += Words(text).Length;
            if (position > at)
            {
                break;
            }
        }

        return RunOf(found);
    }

    private int EndOf(int index) => _paragraphs[index].Start + TextsOf(_paragraphs[index].Paragraph).Sum(t => Words(t).Length);

    private static OpenXmlElement? RunOf(OpenXmlElement? element)
    {
        while (element is not null && element.Parent is not Paragraph)
        {
            element = element.Parent;
        }

        return element;
    }

    // A paragraph in a text box within a paragraph is a paragraph of its own. Changes that are tracked are read as accepted.
    private static IEnumerable<OpenXmlElement> TextsOf(Paragraph paragraph) =>
        paragraph.Descendants().Where(e => e is Text or TabChar or Break or NoBreakHyphen && e.Ancestors<Paragraph>().First() == paragraph && !e.Ancestors().TakeWhile(a => a != paragraph).Any(a => a is DeletedRun or MoveFromRun));

    private static string Words(OpenXmlElement element) => element switch
    {
        Text text => text.Text,
        TabChar => "\t",
        NoBreakHyphen => "-",
        _ => " ",
    };
}
