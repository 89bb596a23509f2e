using Shizhang.Core.Reports;

namespace Shizhang.Office;

/// <summary>Finds the figures of a map in a text: by bookmark and control together, since a copy keeps only one of them; then by the words around.</summary>
internal static class FigureFinder
{
    public static IReadOnlyList<ReturnedFigure> Find(string text, DocxMarks marks, IReadOnlyList<MappedFigure> map)
    {
        var taken = new bool[text.Length];
        var places = map.ToDictionary(f => f.Key, _ => new List<FigurePlace>(), StringComparer.Ordinal);
        foreach (var (by, found) in new[] { (FoundBy.Bookmark, marks.Bookmarks), (FoundBy.Control, marks.Tags) })
        {
            foreach (var figure in map)
            {
                // The ends of a bookmark move with what is typed beside them, a control is left only on purpose.
                var controls = marks.Tags.GetValueOrDefault(figure.Bookmark) ?? [];
                var marked = (found.GetValueOrDefault(figure.Bookmark) ?? []).Select(m => controls.Find(c => c.Start < m.End && m.Start < c.End) is { End: > 0 } control ? control : m);
                Take(places[figure.Key], marked.Select(m => StretchedMark.Figure(text, m.Start, m.End, figure)).OfType<(int, int)>(), by);
            }
        }

        foreach (var same in map.GroupBy(f => f.Name, StringComparer.Ordinal))
        {
            foreach (var place in marks.Aliases.GetValueOrDefault(same.Key) ?? [])
            {
                var best = Best([.. same], place);
                Take(places[best.Key], StretchedMark.Figure(text, place.Start, place.End, best) is { } figure ? [figure] : [], FoundBy.Control);
            }
        }

        var words = new SurroundingWords(text);
        foreach (var figure in map.Where(f => places[f.Key].Count == 0))
        {
            Take(places[figure.Key], words.Find(figure.Before, figure.Said, figure.After, IsFree), FoundBy.Words);
        }

        return [.. map.Select(f => new ReturnedFigure(f, [.. places[f.Key].OrderBy(p => p.Start)]))];

        bool IsFree(int start, int end) => !taken.AsSpan(start, end - start).Contains(true);

        void Take(List<FigurePlace> to, IEnumerable<(int Start, int End)> found, FoundBy by)
        {
            foreach (var (start, end) in found.Where(f => IsFree(f.Start, f.End)))
            {
                taken.AsSpan(start, end - start).Fill(true);
                to.Add(new FigurePlace(start, end, text[start..end], by));
            }
        }

        // A name may be of several figures: the one that is still missing and said the same, then the one that is missing.
        MappedFigure Best(IReadOnlyList<MappedFigure> same, (int Start, int End) place) =>
            same.OrderByDescending(f => places[f.Key].Count == 0).ThenByDescending(f => text.AsSpan(place.Start, place.End - place.Start).SequenceEqual(f.Said)).First();
    }
}
