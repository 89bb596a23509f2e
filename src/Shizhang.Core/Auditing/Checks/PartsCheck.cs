using Shizhang.Core.Figures;

namespace Shizhang.Core.Auditing.Checks;

/// <summary>
/// Parts and their total: 其中 (a subset, unless it says otherwise), a colon or a bracket (a full decomposition), 在…中, and a
/// total that follows its parts.
/// </summary>
internal static class PartsCheck
{
    private const string Kind = "parts";
    private const int MostParts = 20;
    private const int MostBracketed = 60;
    private const int SubjectReach = 200;
    private const int FarthestMarker = 60;
    private const int Reach = 24;

    public static void Run(AuditContext context)
    {
        for (var t = 0; t < context.Claims.Count; t++)
        {
            if (context.Claims[t].Bound == Bound.Exact && !Comparable.IsShare(context.Claims[t]))
            {
                AfterMarker(context, t);
                InBracket(context, t);
            }

            Within(context, t);
            TotalAfter(context, t);
            Neighbours(context, t);
        }

        SameSubject(context);
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
        while (next < claims.Count && Comparable.IsShare(claims[next]) && places[next].Sentence <= places[t].Sentence + 1 && MarkerIn(context, t, next) == Marker.None)
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
            Less(context, t, parts, values, marker, sum);
        }
        else if (Prefix(total, values) && marker != Marker.Full)
        {
            // 其中 ended before the last of them, and what it covers adds up.
            context.Found(Kind, true, total.Value, total.Value, all);
        }
        else if (Prefix(total, values))
        {
            context.Found(Kind, null, total.Value, sum, all);
            context.Raise(Kind, false, all, total.Value, sum, "audit_parts_open", total.Quote, Sum(values), Arithmetic.Print(sum));
        }
        else
        {
            var isUniform = IsUniform(context, parts);
            if (!isUniform)
            {
                return;
            }

            var sure = marker != Marker.Among && total.Step == 1;
            context.Found(Kind, sure ? false : null, total.Value, sum, all);
            context.Raise(Kind, sure, all, total.Value, sum, "audit_parts_more", total.Quote, Sum(values), Arithmetic.Print(sum));
        }
    }

    /// <summary>Parts that add up to less: 其中 allows it; a bracket inside the list may hold what is missing.</summary>
    private static void Less(AuditContext context, int t, List<int> parts, List<Claim> values, Marker marker, decimal sum)
    {
        var (total, first, last) = (context.Claims[t], parts[0], parts[^1]);
        var inside = Enumerable.Range(first, last - first + 1).Where(i => context.Places[i].Bracket != context.Places[first].Bracket && Comparable.AreLoosely(context.Claims[i], total)).ToList();
        if (inside.Count > 0 && inside.Sum(i => context.Claims[i].Value) + sum == total.Value)
        {
            IReadOnlyList<int> all = [t, .. parts, .. inside];
            context.Found(Kind, null, total.Value, sum, all);
            context.Raise(Kind, false, all, total.Value, sum, "audit_parts_bracket", total.Quote, Sum(values), Arithmetic.Print(sum), string.Join('、', inside.Select(i => context.Claims[i].Quote)));
        }
        else if (marker == Marker.Subset)
        {
            context.Found(Kind, true, total.Value, sum, [t, .. parts]);
        }
    }

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

    /// <summary>党委4个（镇党委1个、村党委2个、联合党委1个）.</summary>
    private static void InBracket(AuditContext context, int t)
    {
        var (claims, places) = (context.Claims, context.Places);
        if (context.Text[claims[t].End] != '(')
        {
            return;
        }

        var parts = new List<int>();
        for (var i = t + 1; i < claims.Count && i - t <= MostBracketed && places[i].Bracket != places[t].Bracket && places[i].Bracket == places[t + 1].Bracket; i++)
        {
            parts.Add(i);
        }

        if (parts.Count >= 2 && parts.TrueForAll(p => Comparable.Are(claims[p], claims[t])) && Arithmetic.SumsTo(claims[t], parts.ConvertAll(p => claims[p])))
        {
            context.Found(Kind, true, claims[t].Value, parts.Sum(p => claims[p].Value), [t, .. parts]);
        }
    }

    /// <summary>A加上B，总数C; …，以上共计C: what stands just before adds up to it.</summary>
    private static void TotalAfter(AuditContext context, int t)
    {
        var clause = Clause.Before(context.Text, context.Claims[t].Start).Text;
        if (!clause.Contains("共计", StringComparison.Ordinal) && !clause.Contains("合计", StringComparison.Ordinal) && !clause.Contains("总数", StringComparison.Ordinal) && !clause.Contains("总计", StringComparison.Ordinal))
        {
            return;
        }

        Search(context, t, before: true, least: 1);
    }

    /// <summary>A number of some length that its neighbours add up to: no coincidence, whatever words stand between.</summary>
    private static void Neighbours(AuditContext context, int t)
    {
        if (Arithmetic.Significant(context.Claims[t]) >= 3)
        {
            Search(context, t, before: false, least: 3);
            Search(context, t, before: true, least: 3);
        }
    }

    private static void Search(AuditContext context, int t, bool before, int least)
    {
        var claims = context.Claims;
        var total = claims[t];
        var isBase = IsBase(context, t);
        var run = new List<int>();
        var sum = 0m;
        for (var i = before ? t - 1 : t + 1; i >= 0 && i < claims.Count && Math.Abs(i - t) <= Reach; i += before ? -1 : 1)
        {
            var claim = claims[i];
            if (!Comparable.Are(claim, total) || claim.Value <= 0 || claim.Bound != Bound.Exact || Comparable.IsShare(total) || IsBase(context, i) != isBase)
            {
                continue;
            }

            if (claim.Value >= total.Value)
            {
                if (least > 1)
                {
                    return;
                }

                continue;
            }

            run.Add(i);
            sum += claim.Value;
            if (run.Count >= 2 && Arithmetic.SumsTo(total, run.ConvertAll(r => claims[r])))
            {
                context.FoundParts(true, t, run, sum);
                return;
            }

            if (sum > total.Value * 2)
            {
                return;
            }
        }
    }

    // 比一九五二年的…: what something is compared with adds up apart from what is compared.
    private static bool IsBase(AuditContext context, int i) => Clause.Before(context.Text, context.Claims[i].Start).Text.Contains('比');

    /// <summary>编制24名 … 编制42名 … 共有编制53个: two totals of one kind and a sum that is less than they are.</summary>
    private static void SameSubject(AuditContext context)
    {
        var claims = context.Claims;
        var parts = context.Checks.Where(c => c.Kind == Kind).SelectMany(c => c.Claims.Skip(1)).ToHashSet();
        for (var t = 0; t < claims.Count; t++)
        {
            var clause = Clause.Before(context.Text, claims[t].Start).Text;
            var at = clause.IndexOf("共有", StringComparison.Ordinal);
            if (at < 0 || claims[t].Subject.Length < 2 || claims[t].Bound != Bound.Exact || parts.Contains(t))
            {
                continue;
            }

            var head = claims[t].Subject;
            var first = Math.Max(0, t - SubjectReach);
            var same = Enumerable.Range(first, t - first)
                .Where(i => context.Places[i].Paragraph == context.Places[t].Paragraph && context.Places[i].Bracket == context.Places[t].Bracket && !parts.Contains(i)
                    && claims[i].Bound == Bound.Exact && claims[i].Subject.EndsWith(head, StringComparison.Ordinal) && claims[i].Subject != head && Comparable.AreLoosely(claims[i], claims[t]))
                .ToList();
            if (same.Count != 2)
            {
                continue;
            }

            var values = same.ConvertAll(i => claims[i]);
            var sum = values.Sum(v => v.Value);
            if (sum == claims[t].Value)
            {
                context.Found(Kind, true, claims[t].Value, sum, [t, .. same]);
            }
            else if (sum > claims[t].Value && values.TrueForAll(v => v.Value < claims[t].Value))
            {
                context.Found(Kind, false, claims[t].Value, sum, [t, .. same]);
                context.Raise(Kind, true, [t], claims[t].Value, sum, "audit_parts_total", claims[t].Quote, string.Join('、', values.Select(v => v.Subject + v.Quote)), Arithmetic.Print(sum));
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
            if (places[i].Bracket != places[first].Bracket || Comparable.IsShare(claims[i]) || IsBase(context, i) != IsBase(context, first))
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

    private static Marker MarkerIn(AuditContext context, int t, int next)
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
    private static bool IsUniform(AuditContext context, List<int> parts)
    {
        var marks = new HashSet<char>();
        for (var i = 1; i < parts.Count; i++)
        {
            var between = context.Between(context.Claims[parts[i - 1]].End, context.Claims[parts[i]].Start);
            var mark = between.IndexOfAny("、；，,。");
            marks.Add(mark < 0 ? ' ' : between[mark]);
        }

        return marks.Count == 1 && !marks.Contains('，');
    }

    private static string Sum(List<Claim> values) => string.Join('+', values.Select(v => Arithmetic.Print(v.Value)));

    private enum Marker
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
