using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;

namespace Shizhang.Office;

/// <summary>Writes other words at places of a docx, in the look of the place. What was read of it before says nothing of it afterwards.</summary>
internal sealed class FigureWriter(DocxText text)
{
    private readonly List<(int Start, int Paragraph, OpenXmlElement Element)> _pieces = [.. text.Pieces()];
    private readonly HashSet<AlternateContent> _boxes = [];

    /// <summary>Where something was written.</summary>
    public HashSet<int> Written { get; } = [];

    /// <summary>The document or the notes, when they are another now.</summary>
    public HashSet<OpenXmlPartRootElement> Changed { get; } = [];

    /// <summary>Writes at places that do not overlap.</summary>
    public void Write(IEnumerable<(int Start, int End, string Words)> places)
    {
        var starts = _pieces.ConvertAll(p => p.Start);
        foreach (var (start, end, words) in places.OrderByDescending(p => p.Start))
        {
            var index = starts.BinarySearch(start);
            Write(LastAt(starts, index < 0 ? ~index - 1 : index), start, end, words);
        }

        foreach (var box in _boxes)
        {
            Mirror(box);
        }
    }

    private void Write(int index, int start, int end, string words)
    {
        var parts = new List<FigurePart>();
        for (var i = Math.Max(0, index); i < _pieces.Count && _pieces[i].Start < end; i++)
        {
            var (at, _, element) = _pieces[i];
            if (element is not Text text)
            {
                element.Remove();
            }
            else if (Math.Max(0, start - at) is var from && Math.Min(text.Text.Length, end - at) is var to && from < to)
            {
                parts.Add(new FigurePart(text, from, to));
            }
        }

        if (parts.Count == 0)
        {
            return;
        }

        // The number goes where nobody has tracked a change, if there is such a place; then what is tracked of the old one goes with it.
        // Where all of it is inserted, rejecting gives back all of what was there before.
        var holder = parts.Find(p => !p.IsInserted) ?? parts[0];
        var remains = holder.IsInserted ? [] : TrackedFigure.RemainsOf(parts);
        foreach (var part in parts)
        {
            part.Text.Text = part.Text.Text[..part.From] + (part == holder ? words : "") + part.Text.Text[part.To..];
            part.Text.Space = SpaceProcessingModeValues.Preserve;
        }

        _boxes.UnionWith(holder.Text.Ancestors<AlternateContentChoice>().Select(c => c.Parent).OfType<AlternateContent>());
        Changed.Add(holder.Text.Ancestors<OpenXmlPartRootElement>().First());
        Written.Add(start);
        TrackedFigure.Remove(remains, holder.IsInserted ? [] : parts);
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

    /// <summary>A text box says the same to readers that do not know its first form.</summary>
    private static void Mirror(AlternateContent box)
    {
        var first = Boxes(box.GetFirstChild<AlternateContentChoice>());
        var second = Boxes(box.GetFirstChild<AlternateContentFallback>());
        foreach (var (from, to) in first.Count == second.Count ? first.Zip(second) : [])
        {
            to.RemoveAllChildren();
            to.Append(from.ChildElements.Select(e => e.CloneNode(deep: true)));
        }
    }

    private static List<TextBoxContent> Boxes(OpenXmlElement? choice) =>
        choice?.Descendants<TextBoxContent>().Where(t => !t.Ancestors().TakeWhile(a => a != choice).Any(a => a is TextBoxContent or AlternateContentFallback)).ToList() ?? [];
}

/// <summary>What of a text belongs to a figure.</summary>
internal sealed record FigurePart(Text Text, int From, int To)
{
    public bool IsInserted => Text.Ancestors().TakeWhile(a => a is not Paragraph).Any(a => a is InsertedRun or MoveToRun);
}
