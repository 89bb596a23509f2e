using System.Buffers;
using Shizhang.Core.Figures;

namespace Shizhang.Core.Auditing.Checks;

/// <summary>
/// Totals whose parts no word announces: in a bracket, in two units by turns, before a 共计, or side by side. Without a word
/// for it only what adds up is told; two totals under a smaller sum apart.
/// </summary>
internal static class SumsCheck
{
    private const string Kind = "parts";
    private const int MostBracketed = 60;
    private const int SubjectReach = 200;
    private const int Reach = 24;
    private const int LongestNoun = 12;
    private static readonly SearchValues<char> Open = SearchValues.Create("等含另余加兼原");
    private static readonly SearchValues<char> NounEnds = SearchValues.Create("，、。；:\n)");

    public static void Run(AuditContext context)
    {
        for (var t = 0; t < context.Claims.Count; t++)
        {
            if (context.Claims[t].Bound == Bound.Exact && !Comparable.IsShare(context.Claims[t]))
            {
                Interleaved(context, t);
                InBracket(context, t);
            }

            TotalAfter(context, t);
            Neighbours(context, t);
        }

        SameSubject(context);
    }

    /// <summary>
    /// 12期860人次，其中甲5期300人次、乙7期560人次: totals and parts in two units by turns. Other figures stand between, so only
    /// what adds up to the last digit is told.
    /// </summary>
    private static void Interleaved(AuditContext context, int t)
    {
        var (claims, places) = (context.Claims, context.Places);
        if (t + 1 >= claims.Count || Comparable.Are(claims[t], claims[t + 1]))
        {
            return;
        }

        var (parts, sum, marked) = (new List<int>(), 0m, false);
        for (var i = t + 1; i < claims.Count && i - t <= Reach * 2 && places[i].Sentence <= places[t].Sentence + 1 && places[i].Paragraph == places[t].Paragraph; i++)
        {
            marked = marked || PartsCheck.MarkerIn(context, i - 1, i) is PartsCheck.Marker.Subset or PartsCheck.Marker.Full;
            if (places[i].Bracket != places[t].Bracket || !Comparable.Are(claims[i], claims[t]))
            {
                continue;
            }

            if (!marked)
            {
                return;
            }

            parts.Add(i);
            sum += claims[i].Value;
            if (parts.Count >= 2 && sum == claims[t].Value)
            {
                context.FoundParts(true, t, parts, sum);
                return;
            }

            if (sum > claims[t].Value)
            {
                return;
            }
        }
    }

    /// <summary>党委4个（镇党委1个、村党委2个、联合党委1个）.</summary>
    private static void InBracket(AuditContext context, int t)
    {
        var (claims, places) = (context.Claims, context.Places);
        var noun = context.Between(claims[t].End, Math.Min(context.Text.Length, claims[t].End + LongestNoun));
        var bracket = noun.IndexOf('(');
        if (bracket < 0 || noun[..bracket].IndexOfAny(NounEnds) >= 0 || (t + 1 < claims.Count && claims[t + 1].Start < claims[t].End + bracket))
        {
            return;
        }

        var parts = new List<int>();
        for (var i = t + 1; i < claims.Count && i - t <= MostBracketed && places[i].Bracket != places[t].Bracket && places[i].Bracket == places[t + 1].Bracket; i++)
        {
            parts.Add(i);
        }

        if (parts.Count < 2 || !parts.TrueForAll(p => Comparable.Are(claims[p], claims[t]) && claims[p].Bound == Bound.Exact))
        {
            return;
        }

        var isComplete = PartList.CutWhereComplete(context, parts);
        var values = parts.ConvertAll(p => claims[p]);
        var sum = values.Sum(v => v.Value);
        if (Arithmetic.SumsTo(claims[t], values))
        {
            context.Found(Kind, true, claims[t].Value, sum, [t, .. parts]);
        }
        else if (claims[t].Step == 1 && PartsCheck.IsUniform(context, parts, byCommas: sum > claims[t].Value) && IsWhole(context, claims[t], claims[parts[^1]]))
        {
            var isMore = sum > claims[t].Value;
            if (isMore && PartList.MayOverlap(context, claims[t], parts))
            {
                return;
            }

            var isSure = isMore || isComplete;
            context.Found(Kind, isSure ? false : null, claims[t].Value, sum, [t, .. parts]);
            context.Raise(Kind, isSure, [t, .. parts], claims[t].Value, sum, isMore ? "audit_parts_more" : isComplete ? "audit_parts_short" : "audit_parts_less", claims[t].Quote, PartsCheck.Sum(values), Arithmetic.Print(sum, claims[t]));
        }
    }

    /// <summary>True when a bracket says nothing of parts it leaves out, and ends after its last.</summary>
    private static bool IsWhole(AuditContext context, Claim total, Claim last)
    {
        var rest = context.Between(last.End, Math.Min(context.Text.Length, last.End + LongestNoun));
        var inside = context.Between(total.End, last.End);
        return rest.IndexOf(')') is >= 0 and var close && rest[..close].IndexOfAny(Open) < 0 && inside.IndexOfAny(Open) < 0 && !inside.Contains("其中", StringComparison.Ordinal);
    }

    /// <summary>A加上B，总数C; …，以上共计C: what stands just before adds up to it.</summary>
    private static void TotalAfter(AuditContext context, int t)
    {
        var clause = Clause.Before(context.Text, context.Claims[t].Start).Text;
        if (!clause.Contains("共计", StringComparison.Ordinal) && !clause.Contains("合计", StringComparison.Ordinal) && !clause.Contains("总数", StringComparison.Ordinal) && !clause.Contains("总计", StringComparison.Ordinal))
        {
            return;
        }

        if (!Counted(context, t, clause))
        {
            Search(context, t, before: true, least: 1);
        }
    }

    /// <summary>A、B、C，三项合计D: as many figures as it says, those aside that are parts of one of them.</summary>
    private static bool Counted(AuditContext context, int t, ReadOnlySpan<char> clause)
    {
        var at = clause.IndexOfAny("项类笔者");
        var stated = at > 0 ? "两三四五六七八九".IndexOf(clause[at - 1], StringComparison.Ordinal) + 2 : 0;
        if (stated < 2)
        {
            return false;
        }

        var (claims, places) = (context.Claims, context.Places);
        var run = new List<int>();
        for (var i = t - 1; i >= 0 && t - i <= Reach && places[i].Paragraph == places[t].Paragraph && run.Count < stated; i--)
        {
            if (Comparable.Are(claims[i], claims[t]) && places[i].Bracket == places[t].Bracket && !context.IsPart(i) && !context.IsMean(i) && claims[i].Bound == Bound.Exact)
            {
                run.Add(i);
            }
        }

        var values = run.ConvertAll(r => claims[r]);
        var sum = values.Sum(v => v.Value);
        if (run.Count < stated || claims[t].Bound != Bound.Exact)
        {
            return false;
        }

        if (Arithmetic.SumsTo(claims[t], values))
        {
            context.FoundParts(true, t, run, sum);
            return true;
        }

        if (!run.TrueForAll(r => places[r].Sentence == places[t].Sentence))
        {
            return false;
        }

        values.Reverse();
        context.Found(Kind, false, claims[t].Value, sum, [t, .. run]);
        context.Raise(Kind, true, [t, .. run], claims[t].Value, sum, "audit_parts_total", claims[t].Quote, PartsCheck.Sum(values), Arithmetic.Print(sum, claims[t]));
        return true;
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
        var isBase = context.IsBase(t);
        var run = new List<int>();
        var sum = 0m;
        for (var i = before ? t - 1 : t + 1; i >= 0 && i < claims.Count && Math.Abs(i - t) <= Reach; i += before ? -1 : 1)
        {
            var claim = claims[i];
            if (!Comparable.Are(claim, total) || claim.Value <= 0 || claim.Bound != Bound.Exact || Comparable.IsShare(total) || context.IsBase(i) != isBase)
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
}
