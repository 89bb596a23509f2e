namespace Shizhang.Core.Reports;

/// <summary>Finds a figure again by the words before and after it, when every mark on it is gone.</summary>
public sealed class SurroundingWords(string text)
{
    /// <summary>So many characters are kept on either side.</summary>
    public const int Kept = 24;

    // A shorter agreement is found everywhere.
    private const int LeastOfSide = 2;
    private const int LeastOfBoth = 6;

    // What a figure with its words and its measure takes at most.
    private const int LongestFigure = 30;

    // Words that stand at more places than this tell none of them.
    private const int MostPlaces = 300;

    // For all figures of a text; a text made so that everything agrees would keep the machine busy.
    private const int MostTries = 60_000;

    private static readonly System.Buffers.SearchValues<char> Marks = System.Buffers.SearchValues.Create("，。；：、！？");

    // Longer words first: they stand at fewer places.
    private static readonly int[] Heads = [8, 4, LeastOfSide];

    private int _tries;

    /// <summary>The words around a place of a text.</summary>
    public static (string Before, string After) Of(string text, int start, int end) =>
        (text[Math.Max(0, start - Kept)..start], text[end..Math.Min(text.Length, end + Kept)]);

    /// <summary>
    /// Where the figure stands that said <paramref name="said"/>: the place whose surroundings agree longest. All places where all words
    /// of its paragraph agree (it was copied); none when several agree in part, because then nobody knows.
    /// </summary>
    public IReadOnlyList<(int Start, int End)> Find(string before, string said, string after, Func<int, int, bool> isFree)
    {
        foreach (var length in Heads.Select(h => Math.Min(h, before.Length)).Distinct())
        {
            var found = Candidates(before, length, said, after, isFree);
            if (found.Count > 0)
            {
                var best = found.Max(f => f.Agreed);
                var all = found.Where(f => f.Wholly || f.Agreed == best).Select(f => (f.Start, f.End)).ToList();
                return all.Count == 1 || found.Exists(f => f.Wholly) ? all : [];
            }
        }

        return [];
    }

    private List<(int Start, int End, int Agreed, bool Wholly)> Candidates(string before, int length, string said, string after, Func<int, int, bool> isFree)
    {
        var found = new List<(int Start, int End, int Agreed, bool Wholly)>();
        var (own, rest) = (before.Length - 1 - before.LastIndexOf('\n'), after.IndexOf('\n') is >= 0 and var line ? line : after.Length);
        var (head, tail) = (before[^length..], after[..Math.Min(LeastOfSide, after.Length)]);
        var least = Math.Min(LeastOfBoth, before.Length + after.Length);
        var tried = 0;
        for (var at = text.IndexOf(head, StringComparison.Ordinal); at >= 0 && tried < MostPlaces && _tries < MostTries; at = at < text.Length ? text.IndexOf(head, at + 1, StringComparison.Ordinal) : -1)
        {
            tried++;
            _tries++;
            var start = at + head.Length;
            var (end, agreed) = BestEnd(start, said, after, tail);
            if (agreed < 0 || (head.Length == 0 && start > 0) || !isFree(start, end))
            {
                continue;
            }

            var agreedBefore = AgreedBefore(start, before);
            if (agreedBefore + agreed >= least)
            {
                found.Add((start, end, agreedBefore + agreed, agreedBefore >= own && agreed >= rest && own + rest >= LeastOfBoth));
            }
        }

        // Words that stand everywhere tell no place from another.
        return tried < MostPlaces && _tries < MostTries ? found : [];
    }

    // The figure ends where the words after it begin; of several such places, the one that agrees longest.
    private (int End, int Agreed) BestEnd(int start, string said, string after, string tail)
    {
        var best = (End: start, Agreed: -1);
        var line = text.IndexOf('\n', start);
        var last = Math.Min(line < 0 ? text.Length : line, start + LongestFigure);
        for (var end = start + 1; end <= last; end++)
        {
            if (string.CompareOrdinal(text, end, tail, 0, tail.Length) == 0 && (tail.Length > 0 || end == text.Length) && IsFigure(text.AsSpan(start, end - start), said) && AgreedAfter(end, after) is var agreed && agreed > best.Agreed)
            {
                best = (end, agreed);
            }
        }

        return best;
    }

    // A number never goes on over a mark of the sentence;
    private static bool IsFigure(ReadOnlySpan<char> words, string said) => words.SequenceEqual(said) || (words.IndexOfAny(Marks) < 0 && HasDigit(words));

    private static bool HasDigit(ReadOnlySpan<char> words) => words.IndexOfAnyInRange('0', '9') >= 0 || words.IndexOfAnyInRange('０', '９') >= 0;

    private int AgreedBefore(int start, string before)
    {
        var agreed = 0;
        while (agreed < before.Length && agreed < start && text[start - 1 - agreed] == before[^(agreed + 1)])
        {
            agreed++;
        }

        return agreed;
    }

    private int AgreedAfter(int end, string after) => text.AsSpan(end).CommonPrefixLength(after);
}
