using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace Shizhang.Office;

/// <summary>A paragraph of a docx, where its own words begin in the text, and the mark of the note it belongs to.</summary>
internal readonly record struct DocxParagraph(int Start, Paragraph Paragraph, OpenXmlElement? Anchor);

/// <summary>A docx as plain text, its paragraphs joined with LF, and where each run of it stands.</summary>
public sealed class DocxText
{
    /// <summary>Parts larger than this are refused before they are unpacked.</summary>
    public const long MostBytes = 200L * 1024 * 1024;

    private readonly List<DocxParagraph> _paragraphs = [];
    private readonly StringBuilder _text = new();

    private DocxText(MainDocumentPart main)
    {
        Roots = [.. new OpenXmlPartRootElement?[] { main.Document, main.FootnotesPart?.Footnotes, main.EndnotesPart?.Endnotes }.OfType<OpenXmlPartRootElement>()];
        foreach (var root in Roots)
        {
            DocxSmartTags.Open(root);
        }

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

    /// <summary>What it was read from: the document, then the notes.</summary>
    internal IReadOnlyList<OpenXmlPartRootElement> Roots { get; }

    internal IReadOnlyList<DocxParagraph> Paragraphs => _paragraphs;

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

    /// <summary>Notes follow the body, in the order of their marks; a comment on one stands at its mark.</summary>
    private void Notes(Body body, IEnumerable<FootnoteEndnoteType>? notes, Func<OpenXmlElement, long?> idOf)
    {
        var byId = (notes ?? []).Where(n => n.Id is not null).DistinctBy(n => n.Id!.Value).ToDictionary(n => n.Id!.Value);
        foreach (var mark in byId.Count == 0 ? [] : body.Descendants())
        {
            // A note that is referred to twice stands once.
            if (idOf(mark) is { } id && byId.Remove(id, out var note))
            {
                foreach (var paragraph in note.Descendants<Paragraph>())
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
        _paragraphs.Add(new DocxParagraph(_text.Length, paragraph, anchor));
        foreach (var text in TextsOf(paragraph))
        {
            _text.Append(Words(text));
        }
    }

    // A paragraph in a text box within a paragraph is a paragraph of its own. Changes that are tracked are read as accepted.
    internal static IEnumerable<OpenXmlElement> TextsOf(Paragraph paragraph) =>
        paragraph.Descendants().Where(e => e is Text or TabChar or Break or NoBreakHyphen && e.Ancestors<Paragraph>().First() == paragraph && !e.Ancestors().TakeWhile(a => a != paragraph).Any(a => a is DeletedRun or MoveFromRun));

    internal static string Words(OpenXmlElement element) => element switch
    {
        Text text => text.Text,
        TabChar => "\t",
        NoBreakHyphen => "-",
        _ => " ",
    };
}
