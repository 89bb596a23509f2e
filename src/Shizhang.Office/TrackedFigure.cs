using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;

namespace Shizhang.Office;

/// <summary>What tracked changes have left of a figure, when some of it was changed and some was not.</summary>
internal static class TrackedFigure
{
    /// <summary>Deletions between the parts of a figure and right beside them, which a reviewer would bring back into a number that is another now.</summary>
    public static IReadOnlyList<DeletedRun> RemainsOf(IReadOnlyList<FigurePart> parts)
    {
        var (first, last) = (parts[0], parts[^1]);
        var paragraph = first.Text.Ancestors<Paragraph>().First();
        var live = DocxText.TextsOf(paragraph).Where(e => DocxText.Words(e).Length > 0).ToHashSet();
        var inOrder = paragraph.Descendants().Where(e => live.Contains(e) || (e is DeletedRun && e.Ancestors<Paragraph>().First() == paragraph)).ToList();
        var (from, to) = (inOrder.IndexOf(first.Text), inOrder.IndexOf(last.Text));
        var control = ControlOf(first.Text);
        return
        [
            .. inOrder.Take(from).Reverse().TakeWhile(e => first.From == 0 && e is DeletedRun).OfType<DeletedRun>().TakeWhile(IsOfFigure),
            .. inOrder.Skip(from).Take(to - from + 1).OfType<DeletedRun>(),
            .. inOrder.Skip(to + 1).TakeWhile(e => last.To == last.Text.Text.Length && e is DeletedRun).OfType<DeletedRun>().TakeWhile(IsOfFigure),
        ];

        // Beside a figure without its control a writer may have deleted words of his own.
        bool IsOfFigure(DeletedRun deleted) => control is null ? deleted.InnerText.Any(char.IsDigit) : ControlOf(deleted) == control;
    }

    /// <summary>Takes the deletions away, and the insertions that hold nothing more.</summary>
    public static void Remove(IReadOnlyList<DeletedRun> remains, IReadOnlyList<FigurePart> parts)
    {
        var emptied = parts.SelectMany(p => p.Text.Ancestors<InsertedRun>()).Distinct().Where(i => i.InnerText.Length == 0 && !i.Descendants<Paragraph>().Any()).ToList();
        foreach (var element in remains.Concat<OpenXmlElement>(emptied))
        {
            element.Remove();
        }
    }

    private static SdtRun? ControlOf(OpenXmlElement element) =>
        element.Ancestors<SdtRun>().FirstOrDefault(c => c.SdtProperties?.GetFirstChild<Tag>()?.Val?.Value is { } tag && DocxReport.IsBookmark(tag));
}
