using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;

namespace Shizhang.Office;

/// <summary>
/// Where bookmarks and content controls stand in the text of a docx. A mark counts only with text in it and within one paragraph:
/// what an editor stretched over more is no figure any more.
/// </summary>
internal sealed class DocxMarks
{
    // Copies beyond these are no work of a writer.
    private const int MostCopies = 1000;

    private readonly Dictionary<OpenXmlElement, (int Start, int Paragraph)> _places;
    private readonly List<(int Start, int End, int Paragraph)> _texts = [];
    private readonly Dictionary<string, (string Name, int From)> _open = new(StringComparer.Ordinal);

    private DocxMarks(DocxText text) => _places = text.Pieces().Where(p => p.Element is Text).ToDictionary(p => p.Element, p => (p.Start, p.Paragraph));

    public Dictionary<string, List<(int Start, int End)>> Bookmarks { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, List<(int Start, int End)>> Tags { get; } = new(StringComparer.Ordinal);

    /// <summary>Controls by the name they show, for editors that drop what only programs read.</summary>
    public Dictionary<string, List<(int Start, int End)>> Aliases { get; } = new(StringComparer.Ordinal);

    public static DocxMarks Of(DocxText text)
    {
        var marks = new DocxMarks(text);
        foreach (var root in text.Roots)
        {
            marks.Walk(root);
            marks._open.Clear();
        }

        return marks;
    }

    private void Walk(OpenXmlElement parent)
    {
        foreach (var element in parent.ChildElements)
        {
            switch (element)
            {
                case AlternateContentFallback:
                    continue;
                case BookmarkStart { Id.Value: { } id, Name.Value: { } name }:
                    _open[id] = (name, _texts.Count);
                    break;
                case BookmarkEnd { Id.Value: { } id } when _open.Remove(id, out var opened):
                    Add(Bookmarks, opened.Name, opened.From);
                    break;
                case Text text when _places.TryGetValue(text, out var place):
                    _texts.Add((place.Start, place.Start + text.Text.Length, place.Paragraph));
                    break;
                case SdtElement control:
                    var from = _texts.Count;
                    Walk(control);
                    Add(Tags, control.SdtProperties?.GetFirstChild<Tag>()?.Val?.Value, from);
                    Add(Aliases, control.SdtProperties?.GetFirstChild<SdtAlias>()?.Val?.Value, from);
                    continue;
            }

            Walk(element);
        }
    }

    private void Add(Dictionary<string, List<(int Start, int End)>> to, string? name, int from)
    {
        if (string.IsNullOrEmpty(name) || from == _texts.Count || _texts[from].Paragraph != _texts[^1].Paragraph || _texts[from].Start >= _texts[^1].End)
        {
            return;
        }

        if (!to.TryGetValue(name, out var places))
        {
            to.Add(name, places = []);
        }

        if (places.Count < MostCopies)
        {
            places.Add((_texts[from].Start, _texts[^1].End));
        }
    }
}
