namespace Shizhang.Core.Auditing.Checks;

/// <summary>Differences: 应配10、实配8、空编2; 比预算少…; 低…个百分点; 净增, 结余.</summary>
internal static class BalanceCheck
{
    private const string Kind = "balance";
    private const int Reach = 16;
    private static readonly string[] Vacant = ["空编", "空缺", "缺编", "超编", "缺额", "缺"];
    private static readonly string[] Differences = ["少", "多", "差", "超过", "低", "高", "净增", "结余", "增加", "减少", "剩余", "盈余"];

    public static void Run(AuditContext context)
    {
        for (var c = 2; c < context.Claims.Count; c++)
        {
            var clause = Clause.Before(context.Text, context.Claims[c].Start).Text;
            if (EndsWithAny(clause, Vacant))
            {
                Posts(context, c);
            }
            else if (EndsWithAny(clause, Differences) && Arithmetic.Significant(context.Claims[c]) >= 2)
            {
                Pair(context, c);
            }
        }
    }

    /// <summary>
    /// Approved, in post, vacant: the last is the difference. Posts by kind may stand between, so an approved number that fits is
    /// looked for first; one that is the last said to be approved, and no part of another, accuses.
    /// </summary>
    private static void Posts(AuditContext context, int c)
    {
        var claims = context.Claims;
        var (actual, vacant) = (claims[c - 1], claims[c]);
        var told = Enumerable.Range(0, c - 1).Reverse().TakeWhile(a => c - a <= Reach && context.Places[a].Paragraph == context.Places[c].Paragraph)
            .Where(a => context.Places[a].Sentence == context.Places[c].Sentence && Comparable.Are(claims[a], vacant))
            .ToList();
        if (told.Count == 0 || !Comparable.Are(actual, vacant))
        {
            return;
        }

        var fits = told.FindIndex(a => Math.Abs(claims[a].Value - actual.Value) == vacant.Value);
        var approved = told[Math.Max(fits, 0)];
        var computed = Math.Abs(claims[approved].Value - actual.Value);
        if (computed == vacant.Value)
        {
            context.Found(Kind, true, vacant.Value, computed, [c, approved, c - 1]);
        }
        else if (told.Count == 1 || Clause.Before(context.Text, claims[approved].Start).Text.Contains('应'))
        {
            context.Found(Kind, false, vacant.Value, computed, [c, approved, c - 1]);
            context.Raise(Kind, true, [c, approved, c - 1], vacant.Value, computed, "audit_balance", claims[approved].Quote, actual.Quote, vacant.Quote, Arithmetic.Print(computed));
        }
    }

    private static void Pair(AuditContext context, int c)
    {
        var claims = context.Claims;
        var unit = claims[c].Unit == "个百分点" ? "%" : claims[c].Unit;
        var stated = Math.Abs(claims[c].Value);
        for (var b = c - 1; b >= Math.Max(0, c - Reach); b--)
        {
            for (var a = b - 1; a >= Math.Max(0, c - Reach); a--)
            {
                if (claims[a].Unit == unit && claims[b].Unit == unit && Math.Abs(Math.Abs(claims[a].Value - claims[b].Value) - stated) < claims[c].Step / 2)
                {
                    context.Found(Kind, true, claims[c].Value, Math.Abs(claims[a].Value - claims[b].Value), [c, a, b]);
                    return;
                }
            }
        }
    }

    private static bool EndsWithAny(ReadOnlySpan<char> clause, string[] words)
    {
        clause = clause.TrimEnd("只了约达完成");
        foreach (var word in words)
        {
            if (clause.EndsWith(word, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
