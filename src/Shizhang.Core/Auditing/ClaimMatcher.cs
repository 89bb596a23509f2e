using Shizhang.Core.Catalogs;

namespace Shizhang.Core.Auditing;

/// <summary>
/// Which indicators a claim may be about: those of a like measure whose name (or another name of the wording) stands around
/// the number. Several equally good ones are all given; the records decide, never a guess.
/// </summary>
public sealed class ClaimMatcher
{
    private static readonly System.Buffers.SearchValues<char> Stops = System.Buffers.SearchValues.Create("，。；、：（\n");
    private const double Least = 0.6;
    private const double Near = 0.08;
    private const int Before = 36;
    private const int After = 14;
    private static readonly string[] Empty = ["各类", "开展", "全镇", "人数", "实际", "建立", "接受", "其他", "单位"];

    private readonly List<(Indicator Indicator, string Name, HashSet<int> Pairs)> _names = [];

    public ClaimMatcher(Catalog catalog)
    {
        foreach (var indicator in catalog.Indicators.Values)
        {
            IEnumerable<string> names = catalog.Wording.IndicatorNames.TryGetValue(indicator.Code, out var others) ? others.Prepend(indicator.Name) : [indicator.Name];
            foreach (var name in names)
            {
                _names.Add((indicator, name, Pairs(name)));
            }
        }
    }

    /// <summary>
    /// The best candidates for a claim of <paramref name="text"/>, found in its own clause, else in the sentence so far; none
    /// when no name is near enough. Certain when a whole name stands in the clause: only then may records contradict.
    /// </summary>
    public (IReadOnlyList<Indicator> Indicators, bool IsCertain) Candidates(string text, Claim claim)
    {
        // 每月1次, 连续三次 say how often, not how many.
        var own = Around(text, claim, isNarrow: true);
        if (own.Contains('每') || own.Contains("连续", StringComparison.Ordinal))
        {
            return ([], false);
        }

        var narrow = Nearest(own + claim.Unit, claim);
        return narrow.Indicators.Count > 0 ? narrow : (Nearest(Around(text, claim, isNarrow: false) + claim.Unit, claim).Indicators, false);
    }

    private (IReadOnlyList<Indicator> Indicators, bool IsCertain) Nearest(string around, Claim claim)
    {
        var pairs = Pairs(around);
        var scored = new List<(Indicator Indicator, double Score, bool IsWhole)>();
        foreach (var (indicator, name, wanted) in _names)
        {
            if (wanted.Count == 0 || !IsLike(claim.Unit, indicator.Measure))
            {
                continue;
            }

            var found = wanted.Count(pairs.Contains);
            var share = (double)found / wanted.Count;
            if (share >= Least)
            {
                // A name said in one piece is better than one said in pieces, a long one better than a short one.
                var isWhole = around.Contains(name, StringComparison.Ordinal);
                scored.Add((indicator, share + (isWhole ? 0.1 : 0) + (Math.Min(found, 8) * 0.02) - Comparable.Distance(claim.Unit, indicator.Measure), isWhole));
            }
        }

        if (scored.Count == 0)
        {
            return ([], false);
        }

        var best = scored.Max(s => s.Score);
        var near = scored.Where(s => s.Score >= best - Near).OrderByDescending(s => s.Score).ToList();
        return ([.. near.Select(s => s.Indicator).Distinct()], near.Exists(n => n.IsWhole));
    }

    /// <summary>What stands before the number since the last stop, or since the last comma, and the noun behind it.</summary>
    private static string Around(string text, Claim claim, bool isNarrow)
    {
        var from = Math.Max(0, claim.Start - Before);
        var before = text.AsSpan(from, claim.Start - from);
        before = before[(before.LastIndexOfAny("。；\n") + 1)..];
        if (isNarrow)
        {
            before = before[(before.LastIndexOfAny("，：、）（") + 1)..];
        }

        var after = text.AsSpan(claim.End, Math.Min(After, text.Length - claim.End));
        var end = after.IndexOfAny(Stops);
        return string.Concat(before, end < 0 ? after : after[..end]);
    }

    private static bool IsLike(string unit, string measure) => unit == measure || Comparable.AreLike(unit, measure);

    private static HashSet<int> Pairs(string words)
    {
        foreach (var empty in Empty)
        {
            words = words.Replace(empty, "", StringComparison.Ordinal);
        }

        var pairs = new HashSet<int>();
        for (var i = 0; i < words.Length - 1; i++)
        {
            if (char.IsLetter(words[i]) && char.IsLetter(words[i + 1]))
            {
                pairs.Add((words[i] << 16) | words[i + 1]);
            }
        }

        return pairs;
    }
}
