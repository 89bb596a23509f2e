namespace Shizhang.Core.Auditing.Checks;

/// <summary>
/// 甲120人，占40%；乙180人，占61%: shares told side by side are of one whole. When the whole that one of them names fits it, the
/// next must fit too.
/// </summary>
internal static class SiblingSharesCheck
{
    private const int Reach = 64;
    private const int NearReach = 12;
    private const int Farthest = 40;

    public static void Run(AuditContext context)
    {
        for (var p = 3; p < context.Claims.Count; p++)
        {
            if (Said(context, p) is { } words && Said(context, p - 2) is { } before && words == before && AreSiblings(context, p - 2, p) && Whole(context, p - 2, Reach) is { } whole && !Arithmetic.IsPercent(context.Claims[p], context.Claims[p - 1], context.Claims[whole]) && Whole(context, p, NearReach) is null)
            {
                var (part, share) = (context.Claims[p - 1], context.Claims[p]);
                var computed = part.Value / context.Claims[whole].Value * 100;
                context.Found("ratio", false, share.Value, computed, [p, p - 1, whole]);
                context.Raise("ratio", true, [p, p - 1, whole], share.Value, computed, "audit_ratio", share.Quote, part.Quote, context.Claims[whole].Quote, Arithmetic.Print(decimal.Round(computed, 2)));
            }
        }
    }

    /// <summary>What a share says it is of (占总数的: 总数的), when it follows its count at once; null when it does not.</summary>
    private static string? Said(AuditContext context, int p)
    {
        var (count, share) = (context.Claims[p - 1], context.Claims[p]);
        if (share.Unit != "%" || share.Bound != Figures.Bound.Exact || Comparable.IsShare(count) || count.Step != 1)
        {
            return null;
        }

        var between = context.Between(count.End, share.Start);
        return between.Length > 1 && between[0] is '，' or ',' or '、' && between[1] == '占' ? between[2..].ToString() : null;
    }

    private static bool AreSiblings(AuditContext context, int a, int b)
    {
        var between = context.Between(context.Claims[a].End, context.Claims[b - 1].Start);
        return context.Places[a].Sentence == context.Places[b].Sentence && context.Places[a].Bracket == context.Places[b].Bracket
            && between.Length <= Farthest && !between.Contains("其中", StringComparison.Ordinal) && Comparable.Are(context.Claims[a - 1], context.Claims[b - 1]);
    }

    /// <summary>The nearest figure before of which the count is the share it says; null when there is none.</summary>
    private static int? Whole(AuditContext context, int p, int reach)
    {
        var claims = context.Claims;
        for (var w = p - 2; w >= Math.Max(0, p - reach); w--)
        {
            if (Comparable.Are(claims[w], claims[p - 1]) && claims[w].Value > claims[p - 1].Value && Arithmetic.IsPercent(claims[p], claims[p - 1], claims[w]))
            {
                return w;
            }
        }

        return null;
    }
}
