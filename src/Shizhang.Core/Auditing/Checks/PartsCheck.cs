using Shizhang.Core.Figures;

namespace Shizhang.Core.Auditing.Checks;

/// <summary>
/// Parts and their total where a word says so: 其中 (a subset, unless it says otherwise), a colon (a full decomposition), 在…中.
/// </summary>
internal static class PartsCheck
{
    private const string Kind = "parts";
    private const int MostParts = 20;
    private const int MostBracketed = 60;
    private const int FarthestMarker = 60;
    private const decimal LittleMore = 0.05m;
    private const decimal MoreOfOneList = 0.1m;

    public static void Run(AuditContext context)
    {
        for (var t = 0; t < context.Claims.Count; t++)
        {
            if (context.Claims[t].Bound == Bound.Exact && !Comparable.IsShare(context.Claims[t]))
            {
                AfterMarker(context, t);
            }

            Within(context, t);
        }
    }

    /// <summary>Total 其中 parts; total: parts; 在 total 中, parts.</summary>
    private static void AfterMarker(AuditContext context, int t)
    {
        var (claims, places) = (context.Claims, context.Places);
        var next = t + 1;
        while (next < claims.Count && next - t <= MostBracketed && places[next].Bracket != places[t].Bracket && places[next].Paragraph == places[t].Paragraph)
        {
            next++;
        }

        // Growth and shares of the total may stand between it and its parts.
        while (next < claims.Count && (Comparable.IsShare(claims[next]) || context.IsBase(next)) && places[next].Sentence <= places[t].Sentence + 1 && MarkerIn(context, t, next) == Marker.None)
        {
            next++;
        }

        if (next >= claims.Count || places[next].Sentence > places[t].Sentence + 1 || !Comparable.Are(claims[t], claims[next]))
        {
            return;
        }

        var marker = MarkerIn(context, t, next);
        if (marker == Marker.None)
        {
            return;
        }

        var parts = Parts(context, t, next);
        if (parts.Count >= 2 && !Arithmetic.SumsTo(claims[t], parts.ConvertAll(p => claims[p])) && Earlier(context, t, parts) is { } earlier)
        {
            context.FoundParts(true, earlier, parts, parts.Sum(p => claims[p].Value));
            return;
        }

        Judge(context, t, parts, marker);
    }

    /// <summary>赤字1.2万亿元，比上年增加4000亿元，其中…: the total may stand before what was said of it.</summary>
    private static int? Earlier(AuditContext context, int t, List<int> parts)
    {
        var values = parts.ConvertAll(p => context.Claims[p]);
        for (var i = t - 1; i >= 0 && i >= t - 5 && context.Places[i].Sentence >= context.Places[parts[0]].Sentence - 1; i--)
        {
            if (Comparable.Are(context.Claims[i], values[0]) && Arithmetic.SumsTo(context.Claims[i], values))
            {
                return i;
            }
        }

        return null;
    }

    private static void Judge(AuditContext context, int t, List<int> parts, Marker marker)
    {
        var total = context.Claims[t];

        // What is larger than the total cannot be a part of it: the list ended before.
        var end = parts.FindIndex(p => context.Claims[p].Value > total.Value + total.Step);
        if (end >= 0)
        {
            parts.RemoveRange(end, parts.Count - end);
        }

        var isComplete = parts.Count >= 2 && PartList.CutWhereComplete(context, parts);
        if (parts.Count < 2)
        {
            return;
        }

        var values = parts.ConvertAll(p => context.Claims[p]);
        var sum = values.Sum(v => v.Value);
        IReadOnlyList<int> all = [t, .. parts];
        if (Arithmetic.SumsTo(total, values))
        {
            context.FoundParts(true, t, parts, sum);
        }
        else if (sum < total.Value)
        {
            Less(context, t, parts, values, marker, sum, isComplete);
        }
        else if (PartList.MayOverlap(context, total, parts))
        {
            context.Found(Kind, true, total.Value, sum, all);
        }
        else if (Prefix(total, values) && marker != Marker.Full)
        {
            // 其中 ended before the last of them, and what it covers adds up.
            context.Found(Kind, true, total.Value, total.Value, all);
        }
        else if (Prefix(total, values))
        {
            context.Found(Kind, null, total.Value, sum, all);
            context.Raise(Kind, false, all, total.Value, sum, "audit_parts_open", total.Quote, Sum(values), Arithmetic.Print(sum, total));
        }
        else
        {
            // Commas set clauses apart as well as parts, and of what 其中 names one may be in two parts: a sum that is a little
            // more is a slip, one that is far more another list.
            var excess = sum - total.Value;
            var isUniform = isComplete || IsUniform(context, parts);
            var isSlip = excess <= Math.Max(2 * total.Step, total.Value * (isUniform ? MoreOfOneList : LittleMore));
            if (isSlip ? !isUniform && marker != Marker.Subset : !isUniform || marker != Marker.Full)
            {
                return;
            }

            var sure = isUniform && marker != Marker.Among && excess > Arithmetic.Slack(total, values) * 2;
            context.Found(Kind, sure ? false : null, total.Value, sum, all);
            context.Raise(Kind, sure, all, total.Value, sum, sure ? "audit_parts_more" : "audit_parts_maybe", total.Quote, Sum(values), Arithmetic.Print(sum, total));
        }
    }

    /// <summary>Parts that add up to less: 其中 allows it; a bracket inside the list may hold what is missing.</summary>
    private static void Less(AuditContext context, int t, List<int> parts, List<Claim> values, Marker marker, decimal sum, bool isComplete)
    {
        var (total, first, last) = (context.Claims[t], parts[0], parts[^1]);
        var inside = Enumerable.Range(first, last - first + 1).Where(i => context.Places[i].Bracket != context.Places[first].Bracket && Comparable.AreLoosely(context.Claims[i], total)).ToList();
        if (inside.Count > 0 && inside.Sum(i => context.Claims[i].Value) + sum == total.Value)
        {
            IReadOnlyList<int> all = [t, .. parts, .. inside];
            context.Found(Kind, null, total.Value, sum, all);
            context.Raise(Kind, false, all, total.Value, sum, "audit_parts_bracket", total.Quote, Sum(values), Arithmetic.Print(sum, total), string.Join('、', inside.Select(i => context.Claims[i].Quote)));
        }
        else if (isComplete && marker != Marker.Among && !IsMade(context, last, total.Value - sum) && total.Value - sum > Arithmetic.Slack(total, values) * 2)
        {
            var isSure = IsUniform(context, parts, byCommas: true);
            context.Found(Kind, isSure ? false : null, total.Value, sum, [t, .. parts]);
            context.Raise(Kind, isSure, [t, .. parts], total.Value, sum, isSure ? "audit_parts_short" : "audit_parts_less", total.Quote, Sum(values), Arithmetic.Print(sum, total));
        }
        else if (marker == Marker.Subset)
        {
            context.Found(Kind, true, total.Value, sum, [t, .. parts]);
        }
    }

    // What is missing may follow in the next sentence: …也包括在内.
    private static bool IsMade(AuditContext context, int last, decimal missing) =>
        context.Claims.Skip(last + 1).Take(4).Any(c => c.Value == missing);

    /// <summary>在A中，B、C、D…: a sentence that begins so takes apart what was told just before.</summary>
    private static void Within(AuditContext context, int first)
    {
        var (claims, places) = (context.Claims, context.Places);
        if (first == 0 || places[first].Sentence == places[first - 1].Sentence)
        {
            return;
        }

        var before = context.Between(claims[first - 1].End, claims[first].Start);
        var (begin, inside) = (before.LastIndexOf('在'), before.LastIndexOf('中'));
        if (begin < 0 || inside < begin || inside - begin > 24 || before[begin..].IndexOfAny("。；") >= 0)
        {
            return;
        }

        for (var t = first - 1; t >= Math.Max(0, first - 6); t--)
        {
            var parts = Parts(context, t, first);
            if (parts.Count >= 2 && Comparable.Are(claims[t], claims[first]) && Arithmetic.SumsTo(claims[t], parts.ConvertAll(p => claims[p])))
            {
                context.FoundParts(true, t, parts, parts.Sum(p => claims[p].Value));
                return;
            }
        }
    }

    /// <summary>The claims after a marker that may be parts: same kind of unit, outside brackets, to the end of the sentence.</summary>
    private static List<int> Parts(AuditContext context, int t, int first)
    {
        var (claims, places) = (context.Claims, context.Places);
        var parts = new List<int>();
        for (var i = first; i < claims.Count && parts.Count < MostParts && places[i].Sentence == places[first].Sentence; i++)
        {
            if (places[i].Bracket != places[first].Bracket || Comparable.IsShare(claims[i]) || context.IsMean(i) || context.IsBase(i) != context.IsBase(first))
            {
                continue;
            }

            if (!Comparable.Are(claims[i], claims[t]))
            {
                break;
            }

            // A second 其中 speaks of the part before it.
            if (parts.Count > 0 && context.Between(claims[parts[^1]].End, claims[i].Start).Contains("其中", StringComparison.Ordinal))
            {
                break;
            }

            parts.Add(i);
        }

        return parts;
    }

    internal static Marker MarkerIn(AuditContext context, int t, int next)
    {
        var between = context.Between(context.Claims[t].End, context.Claims[next].Start);
        if (between.Length > FarthestMarker)
        {
            between = between[^FarthestMarker..];
        }

        var mark = between.LastIndexOf("其中", StringComparison.Ordinal);
        if (mark >= 0)
        {
            return between[mark..].Contains(':') ? Marker.Full : Marker.Subset;
        }

        if (between.Length > 0 && between[0] == ':')
        {
            return Marker.Full;
        }

        var inside = between.IndexOf('中');
        return inside is > 0 and < 12 && inside + 1 < between.Length && between[inside + 1] is '，' or ',' or ':' && between[..inside].IndexOfAny("，。；") < 0 ? Marker.Among : Marker.None;
    }

    private static bool Prefix(Claim total, List<Claim> parts)
    {
        for (var count = 2; count < parts.Count; count++)
        {
            if (Arithmetic.SumsTo(total, parts.GetRange(0, count)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True when the parts are set apart by one and the same mark, so that the list is certainly one list.</summary>
    public static bool IsUniform(AuditContext context, List<int> parts, bool byCommas = false)
    {
        var marks = new HashSet<char>();
        for (var i = 1; i < parts.Count; i++)
        {
            var between = context.Between(context.Claims[parts[i - 1]].End, context.Claims[parts[i]].Start);
            var mark = between.IndexOfAny("、；，,。");
            marks.Add(mark < 0 ? ' ' : between[mark]);
        }

        return marks.Count == 1 && (byCommas || !marks.Contains('，'));
    }

    public static string Sum(List<Claim> values) => string.Join('+', values.Select(v => Arithmetic.Print(v.Value, v)));

    internal enum Marker
    {
        None,

        /// <summary>其中: the parts need not be all.</summary>
        Subset,

        /// <summary>A colon: the parts are all.</summary>
        Full,

        /// <summary>在…中: some of them.</summary>
        Among,
    }
}
