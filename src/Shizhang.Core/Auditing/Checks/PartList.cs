namespace Shizhang.Core.Auditing.Checks;

/// <summary>What a list of parts says of itself: that it is all there is, or that one thing may be in two of its parts.</summary>
internal static class PartList
{
    private static readonly WordSet[] Facets =
        [.. new[] { "of sex", "of age", "of schooling", "of party", "of peoples", "of dose" }.Select(name => Lexicon.Of[name])];
    private static readonly string[][] Wholes = [.. Lexicon.Of["wholes"].Words.Select(w => w.Split('/'))];

    /// <summary>Cuts a list at the part that completes it (其他…, or the last of 男、女) and says whether one does.</summary>
    public static bool CutWhereComplete(AuditContext context, List<int> parts)
    {
        var end = parts.FindIndex(1, p => Clause.Before(context.Text, context.Claims[p].Start).Text is var words && Lexicon.Of["the rest"].StartingAt(words, 0) > 0) + 1;
        end = end == 0 ? Whole(parts.ConvertAll(p => WordsOf(context, p))) : end;

        if (end == 0)
        {
            return false;
        }

        parts.RemoveRange(end, parts.Count - end);
        return true;
    }

    /// <summary>女党员、35岁以下党员: told by sex and by age, one person may be both. So may the one who had a first and a second dose.</summary>
    public static bool MayOverlap(AuditContext context, Claim total, List<int> parts)
    {
        var facets = parts.ConvertAll(p => FacetsOf(WordsOf(context, p)));
        var all = facets.Aggregate((a, b) => a & b);
        return facets.Exists(f => (f & ~all) != (facets[0] & ~all)) || (all & (1 << (Facets.Length - 1))) != 0
            || parts.Exists(p => context.Claims[p].Value == total.Value);
    }

    /// <summary>How many of the parts make a whole that is known by its words; 0 when none do.</summary>
    private static int Whole(List<string> parts)
    {
        var whole = Array.Find(Wholes, w => w.Length <= parts.Count
            && (Array.TrueForAll(w, word => Names(w, word, parts[Array.IndexOf(w, word)])) || (w.Length == 2 && Names(w, w[1], parts[0]) && Names(w, w[0], parts[1]))));
        return whole?.Length ?? 0;
    }

    // 未达标 holds 达标: a part is named by the word that is not within another.
    private static bool Names(string[] whole, string word, string part) =>
        part.Contains(word, StringComparison.Ordinal) && !Array.Exists(whole, w => w != word && part.Contains(w, StringComparison.Ordinal) && w.Contains(word, StringComparison.Ordinal));

    private static int FacetsOf(string words)
    {
        var facets = 0;
        for (var f = 0; f < Facets.Length; f++)
        {
            foreach (var word in Facets[f].Words)
            {
                facets |= words.Contains(word, StringComparison.Ordinal) ? 1 << f : 0;
            }
        }

        return facets;
    }

    /// <summary>The words around a part: its clause before the number and the noun behind it.</summary>
    private static string WordsOf(AuditContext context, int part)
    {
        var claim = context.Claims[part];
        return string.Concat(Clause.Before(context.Text, claim.Start).Text, Clause.SubjectAfter(context.Text, claim.End));
    }
}
