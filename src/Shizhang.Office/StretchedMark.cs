using System.Buffers;

namespace Shizhang.Office;

/// <summary>A mark that has come to cover words of the writer besides its figure: they are no part of the figure and never written over.</summary>
internal static class StretchedMark
{
    private static readonly SearchValues<char> SentenceMarks = SearchValues.Create("，。；：、！？（）()“”\n");

    /// <summary>Where the figure stands within its mark; null when nobody knows.</summary>
    public static (int Start, int End)? Figure(string text, int start, int end, MappedFigure figure)
    {
        var marked = text[start..end];
        var isOverSentence = marked.AsSpan().ContainsAny(SentenceMarks) && !figure.Said.AsSpan().ContainsAny(SentenceMarks);
        if (marked == figure.Said || (!isOverSentence && !CoversSurroundings(marked, figure)))
        {
            return (start, end);
        }

        if (Only(marked, figure.Said) is { } at)
        {
            return (start + at, start + at + figure.Said.Length);
        }

        // Changed by hand besides: the one clause of it that is a number with the same words, else the one that has a number.
        var clauses = isOverSentence ? Clauses(marked).Where(c => marked[c.Start..c.End].Any(char.IsDigit)).ToList() : [];
        return clauses.FindAll(c => Shape(marked[c.Start..c.End]) == Shape(figure.Said)) is [var same] ? (start + same.Start, start + same.End)
            : clauses is [var clause] ? (start + clause.Start, start + clause.End)
            : null;
    }

    // Words that stood beside the figure when it was written.
    private static bool CoversSurroundings(string marked, MappedFigure figure)
    {
        var at = marked.IndexOf(figure.Said, StringComparison.Ordinal);
        return at >= 0 && figure.Before.EndsWith(marked[..at], StringComparison.Ordinal) && figure.After.StartsWith(marked[(at + figure.Said.Length)..], StringComparison.Ordinal);
    }

    // Not the end of a longer number, nor one of two.
    private static int? Only(string marked, string said)
    {
        var at = said.Length == 0 ? -1 : marked.IndexOf(said, StringComparison.Ordinal);
        return at >= 0
            && marked.IndexOf(said, at + 1, StringComparison.Ordinal) < 0
            && !(at > 0 && IsOfNumber(marked[at - 1]))
            && !(at + said.Length < marked.Length && char.IsDigit(said[^1]) && IsOfNumber(marked[at + said.Length]))
                ? at
                : null;
    }

    private static string Shape(string words) => string.Concat(words.Where(c => !IsOfNumber(c)));

    private static bool IsOfNumber(char c) => char.IsDigit(c) || c is '.' or ',' or '-' or '．';

    private static IEnumerable<(int Start, int End)> Clauses(string marked)
    {
        for (var start = 0; start < marked.Length;)
        {
            var length = marked.AsSpan(start).IndexOfAny(SentenceMarks) is >= 0 and var found ? found : marked.Length - start;
            yield return (start, start + length);
            start += length + 1;
        }
    }
}
