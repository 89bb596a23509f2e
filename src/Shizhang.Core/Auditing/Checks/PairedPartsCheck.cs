namespace Shizhang.Core.Auditing.Checks;

/// <summary>
/// 12个2140万元，其中甲7个1360万元、乙5个780万元: totals and parts told in two units at once. When the parts of one make its
/// total, the list is whole, and those of the other must.
/// </summary>
internal static class PairedPartsCheck
{
    private const string Kind = "parts";
    private const int Farthest = 12;
    private const int MostPairs = 20;
    private static readonly string[] Totals = ["合计", "共计", "总计", "累计", "共"];

    public static void Run(AuditContext context)
    {
        for (var i = 0; i + 5 < context.Claims.Count; i++)
        {
            if (IsPair(context, i, Farthest))
            {
                Judge(context, i);
            }
        }
    }

    private static void Judge(AuditContext context, int first)
    {
        var pairs = new List<int> { first };
        for (var i = first + 2; pairs.Count < MostPairs && IsPair(context, i, 0) && IsLike(context, first, i); i += 2)
        {
            pairs.Add(i);
        }

        for (var count = 3; count <= pairs.Count; count++)
        {
            if (Before(context, pairs[0], pairs[1]) && Fits(context, pairs[0], pairs.GetRange(1, count - 1)))
            {
                return;
            }

            if (count == pairs.Count && EndsWithTotal(Clause.Before(context.Text, context.Claims[pairs[^1]].Start).Text) && Fits(context, pairs[^1], pairs.GetRange(0, count - 1)))
            {
                return;
            }
        }
    }

    /// <summary>True when the parts of one unit make its total; those of the other are then judged.</summary>
    private static bool Fits(AuditContext context, int total, List<int> parts)
    {
        var (one, other) = (Sums(context, total, parts), Sums(context, total + 1, parts.ConvertAll(p => p + 1)));
        if (one != other)
        {
            var off = one ? 1 : 0;
            var values = parts.ConvertAll(p => context.Claims[p + off]);
            var (stated, sum) = (context.Claims[total + off], values.Sum(v => v.Value));
            IReadOnlyList<int> all = [total + off, .. parts.Select(p => p + off)];
            context.Found(Kind, false, stated.Value, sum, all);
            context.Raise(Kind, true, all, stated.Value, sum, "audit_parts_paired", stated.Quote, PartsCheck.Sum(values), Arithmetic.Print(sum, stated), context.Claims[total + 1 - off].Quote);
        }

        return one || other;
    }

    private static bool Sums(AuditContext context, int total, List<int> parts) => Arithmetic.SumsTo(context.Claims[total], parts.ConvertAll(p => context.Claims[p]));

    private static bool IsPair(AuditContext context, int i, int farthest)
    {
        var claims = context.Claims;
        return i + 1 < claims.Count && claims[i].Bound == Figures.Bound.Exact && claims[i + 1].Bound == Figures.Bound.Exact && !Comparable.AreLoosely(claims[i], claims[i + 1])
            && !Comparable.IsShare(claims[i]) && !Comparable.IsShare(claims[i + 1]) && claims[i].Unit.Length > 0 && claims[i + 1].Unit.Length > 0
            && claims[i + 1].Start - claims[i].End <= farthest && context.Places[i].Bracket == context.Places[i + 1].Bracket;
    }

    private static bool IsLike(AuditContext context, int a, int b) =>
        Comparable.Are(context.Claims[a], context.Claims[b]) && Comparable.Are(context.Claims[a + 1], context.Claims[b + 1])
        && context.Places[a].Paragraph == context.Places[b].Paragraph && context.Places[a].Bracket == context.Places[b].Bracket;

    private static bool Before(AuditContext context, int total, int part) =>
        PartsCheck.MarkerIn(context, total + 1, part) is PartsCheck.Marker.Subset or PartsCheck.Marker.Full && context.Places[part].Sentence <= context.Places[total].Sentence + 1;

    private static bool EndsWithTotal(ReadOnlySpan<char> clause)
    {
        foreach (var word in Totals)
        {
            if (clause.Contains(word, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
