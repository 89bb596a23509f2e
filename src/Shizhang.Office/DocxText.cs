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

    private readonly List<(int Start, Paragraph Paragraph)> _paragraphs = [];
    private readonly StringBuilder _text = new();

    private DocxText(WordprocessingDocument docx)
    {
        foreach (var paragraph in docx.MainDocumentPart!.Document!.Body!.Descendants<Paragraph>())
        {
            if (_text.Length > 0)
            {
                _text.Append('\n');
            }

            _paragraphs.Add((_text.Length, paragraph));
            foreach (var text in TextsOf(paragraph))
            {
                _text.Append(Words(text));
            }
        }
    }

    public string Content => _text.ToString();

    /// <summary>Reads a docx that is open; null when it holds no document.</summary>
    public static DocxText? Of(WordprocessingDocument docx) => docx.MainDocumentPart?.Document?.Body is null ? null : new DocxText(docx);

    /// <summary>Puts a Word comment around each place; nothing else of the document changes.</summary>
    public void Comment(WordprocessingDocument docx, IEnumerable<(int Start, int End, string Comment)> places, string author, DateTime at)
    {
        var part = docx.MainDocumentPart!.WordprocessingCommentsPart ?? docx.MainDocumentPart.AddNewPart<WordprocessingCommentsPart>();
        part.Comments ??= new Comments();
        var id = part.Comments.Elements<Comment>().Select(c => int.TryParse(c.Id?.Value, out var n) ? n : 0).DefaultIfEmpty(-1).Max();
        foreach (var (start, end, comment) in places)
        {
            var name = (++id).ToString(System.Globalization.CultureInfo.InvariantCulture);
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

    /// <summary>The run that holds a character, or what stands for it beside other runs (a content control, a link).</summary>
    private OpenXmlElement? RunAt(int at)
    {
        var index = _paragraphs.FindLastIndex(p => p.Start <= at);
        if (index < 0)
        {
            return null;
        }

        var position = _paragraphs[index].Start;
        OpenXmlElement? found = null;
        foreach (var text in TextsOf(_paragraphs[index].Paragraph))
        {
            found = text;
            position += Words(text).Length;
            if (position > at)
            {
                break;
            }
        }

        while (found is not null && found.Parent is not Paragraph)
        {
            found = found.Parent;
        }

        return found;
    }

    // A paragraph in a text box within a paragraph is a paragraph of its own.
    private static IEnumerable<OpenXmlElement> TextsOf(Paragraph paragraph) =>
        paragraph.Descendants().Where(e => e is Text or TabChar or Break or NoBreakHyphen && e.Ancestors<Paragraph>().First() == paragraph);

    private static string Words(OpenXmlElement element) => element switch
    {
        Text text => text.Text,
        TabChar => "\t",
        NoBreakHyphen => "-",
        _ => " ",
    };
}
