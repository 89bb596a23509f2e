namespace Shizhang.Core.Auditing.Checks;

/// <summary>Percentages recomputed from the figures around them: shares (ratio) and growth.</summary>
internal static class ShareCheck
{
    private const int Reach = 24;
    private const int Ahead = 6;
    private const int FarReach = 200;
    private const decimal Whole = 100;

    public static void Run(AuditContext context)
    {
        for (var p = 0; p < context.Claims.Count; p++)
        {
            if (context.Claims[p].Unit == "%")
            {
                // What is written as a share may be a growth (超过计划的15%) and the other way round.
                _ = SaysGrowth(context, p)
                    ? Growth(context, p) || (SaysShare(context, p) && Ratio(context, p))
                    : Ratio(context, p) || Growth(context, p);
            }
        }

    }

    private static bool SaysGrowth(AuditContext context, int p) => Clause.Before(context.Text, context.Claims[p].Start).Says(Lexicon.Of["growth"]) || context.Claims[p].Value < 0;

    private static bool SaysShare(AuditContext context, int p) => Clause.Before(context.Text, context.Claims[p].Start).Text.IndexOfAny('占', '率', '的') >= 0;

    /// <summary>a of b is p %: nearest pair of like figures that gives it; a rate right after its two figures must.</summary>
    private static bool Ratio(AuditContext context, int p)
    {
        var claims = context.Claims;
        var percent = claims[p];
        if (Rate(context, p) is (var part, var whole))
        {
            var computed = claims[part].Value / claims[whole].Value * 100;
            var holds = new SaidRate(percent).Holds(computed);
            context.Found("ratio", holds, percent.Value, computed, [p, part, whole]);
            if (!holds)
            {
                context.Raise("ratio", true, [p, part, whole], percent.Value, computed, "audit_ratio", percent.Quote, claims[part].Quote, claims[whole].Quote, Arithmetic.Print(decimal.Round(computed, 2)));
            }

            return true;
        }

        return Arithmetic.Significant(percent) >= 2 && percent.Value is > 0 and < 1000
            && (Pair(context, p, (a, b) => a.Value != b.Value && Arithmetic.IsPercent(percent, a, b), "ratio", (a, b) => a.Value / b.Value * 100) || FarRatio(context, p));
    }

    /// <summary>占预算的98.41%, where one of the two was told pages earlier: with five digits each it is no coincidence.</summary>
    private static bool FarRatio(AuditContext context, int p)
    {
        const int digits = 5;
        var claims = context.Claims;
        if (Arithmetic.Significant(claims[p]) < 3)
        {
            return false;
        }

        foreach (var near in (int[])[p - 1, p + 1, p - 2])
        {
            if (near < 0 || near >= claims.Count || Comparable.IsShare(claims[near]) || Arithmetic.Significant(claims[near]) < digits)
            {
                continue;
            }

            for (var far = p - Reach; far >= Math.Max(0, p - FarReach); far--)
            {
                if (claims[far].Unit != claims[near].Unit || Arithmetic.Significant(claims[far]) < digits || claims[far].Value <= 0 || claims[near].Value <= 0)
                {
                    continue;
                }

                var (part, whole) = Arithmetic.IsPercent(claims[p], claims[near], claims[far]) ? (near, far) : Arithmetic.IsPercent(claims[p], claims[far], claims[near]) ? (far, near) : (-1, -1);
                if (part >= 0)
                {
                    context.Found("ratio", true, claims[p].Value, claims[part].Value / claims[whole].Value * 100, [p, part, whole]);
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>126起，成功123起，成功率98%: whole, part and rate in a row.</summary>
    private static (int Part, int Whole)? Rate(AuditContext context, int p)
    {
        var claims = context.Claims;
        return p >= 2 && claims[p].Subject.EndsWith('率') && context.Places[p].Sentence == context.Places[p - 2].Sentence
            && claims[p - 1].Unit == claims[p - 2].Unit && !Comparable.IsShare(claims[p - 1]) && claims[p - 1].Value <= claims[p - 2].Value && claims[p - 2].Value > 0
            && SharesWord(claims[p].Subject, claims[p - 1].Subject) && context.Between(claims[p - 1].End, claims[p].Start).IndexOfAny("，,；(、") >= 0
            ? (p - 1, p - 2)
            : null;
    }

    private static bool SharesWord(string rate, string part) => rate.Length >= 3 && part.Contains(rate[^3..^1], StringComparison.Ordinal);

    private static bool Growth(AuditContext context, int p)
    {
        var claims = context.Claims;
        var percent = claims[p];
        if (p >= 2 && (FromTo(context, p) ?? Compared(context, p)) is (var from, var to))
        {
            var computed = (claims[to].Value - claims[from].Value) / claims[from].Value * 100;
            var holds = Grew(percent, claims[to], claims[from]);
            context.Found("growth", holds, percent.Value, computed, [p, from, to]);
            if (!holds)
            {
                context.Raise("growth", true, [p, from, to], percent.Value, computed, "audit_growth", claims[from].Quote, claims[to].Quote, percent.Quote, Arithmetic.Print(decimal.Round(computed, 2)));
            }

            return true;
        }

        return Increment(context, p) || ((Arithmetic.Significant(percent) >= 2 || (Math.Abs(percent.Value) >= 100 && SaysGrowth(context, p)))
            && (Pair(context, p, (a, b) => Grew(percent, a, b), "growth", (a, b) => (a.Value - b.Value) / b.Value * 100) || Remembered(context, p)));
    }

    /// <summary>达到B，比上年增加d，增长p%: d of what was there before. Real growth differs from what the figures give, so only what holds is told.</summary>
    private static bool Increment(AuditContext context, int p)
    {
        var claims = context.Claims;
        if (p < 2 || claims[p - 1].Unit != claims[p - 2].Unit || Comparable.IsShare(claims[p - 1]) || context.Places[p].Sentence != context.Places[p - 2].Sentence
            || !Clause.Before(context.Text, claims[p - 1].Start).EndsWith(Lexicon.Of["change"]) || !IsGrowthAlone(context.Between(claims[p - 1].End, claims[p].Start)))
        {
            return false;
        }

        var change = Math.Abs(claims[p - 1].Value) * (claims[p].Value < 0 ? -1 : 1);
        var before = claims[p - 2] with { Value = claims[p - 2].Value - change };
        if (before.Value <= 0 || !Grew(claims[p], claims[p - 2], before))
        {
            return false;
        }

        context.Found("growth", true, claims[p].Value, change / before.Value * 100, [p, p - 2, p - 1]);
        return true;
    }

    /// <summary>比上年增长8.4%, where the year before was told pages earlier: the same thing in the same unit.</summary>
    private static bool Remembered(AuditContext context, int p)
    {
        var claims = context.Claims;
        var now = p - 1;
        while (now >= 0 && now >= p - 3 && Comparable.IsShare(claims[now]))
        {
            now--;
        }

        if (now < 0 || claims[now].Subject.Length < 2 || context.Places[now].Sentence != context.Places[p].Sentence)
        {
            return false;
        }

        var head = claims[now].Subject[..2];
        for (var before = now - 1; before >= Math.Max(0, now - FarReach); before--)
        {
            if (claims[before].Unit == claims[now].Unit && claims[before].Subject.Contains(head, StringComparison.Ordinal) && Arithmetic.Significant(claims[before]) >= 3 && Grew(claims[p], claims[now], claims[before]))
            {
                context.Found("growth", true, claims[p].Value, (claims[now].Value - claims[before].Value) / claims[before].Value * 100, [p, now, before]);
                return true;
            }
        }

        return false;
    }

    /// <summary>从A增加到B，增长p%: the three stand in a row and say so.</summary>
    private static (int From, int To)? FromTo(AuditContext context, int p)
    {
        var claims = context.Claims;
        var (a, b) = (p - 2, p - 1);
        if (context.Places[a].Sentence != context.Places[p].Sentence || claims[a].Unit != claims[b].Unit || Comparable.IsShare(claims[a]) || claims[a].Value <= 0)
        {
            return null;
        }

        var before = Clause.Before(context.Text, claims[a].Start).Text;
        var between = context.Between(claims[a].End, claims[b].Start);
        var after = context.Between(claims[b].End, claims[p].Start);
        return before.IndexOfAny('从', '由') >= 0 && between.Contains('到') && between.IndexOfAny("。；，、") < 0 && IsGrowthAlone(after)
            ? (a, b)
            : null;
    }

    /// <summary>达到B，比上年的A增长p%: base and growth in a row, in prices that are the same.</summary>
    private static (int From, int To)? Compared(AuditContext context, int p)
    {
        var claims = context.Claims;
        var (now, old) = (p - 2, p - 1);
        var between = context.Between(claims[now].End, claims[old].Start);
        return context.Places[now].Sentence == context.Places[p].Sentence && claims[now].Unit == claims[old].Unit && !Comparable.IsShare(claims[now]) && claims[old].Value > 0
            && between.Contains('比') && between.Length < 16 && between.IndexOfAny("；、") < 0 && !Clause.Before(context.Text, claims[old].Start).EndsWith(Lexicon.Of["change"]) && IsGrowthAlone(context.Between(claims[old].End, claims[p].Start))
            ? (old, now)
            : null;
    }

    // ，增长: nothing else may stand between, no other subject and no 年均.
    private static bool IsGrowthAlone(ReadOnlySpan<char> words)
    {
        words = words.Trim("，,共约了 ");
        return words.Length > 0 && (Lexicon.Of["growth"].Contains(words) || Lexicon.Of["fall"].Contains(words));
    }

    private static bool Grew(Claim percent, Claim now, Claim before) =>
        percent.Value >= 0
            ? now.Value > before.Value && Arithmetic.IsPercent(percent, now, before, Whole)
            : now.Value < before.Value && Arithmetic.IsPercent(percent with { Value = Whole + percent.Value }, now, before);

    private static bool Pair(AuditContext context, int p, Func<Claim, Claim, bool> fits, string kind, Func<Claim, Claim, decimal> compute)
    {
        var claims = context.Claims;
        var (first, last) = (Math.Max(0, p - Reach), Math.Min(claims.Count - 1, p + Ahead));
        for (var a = p - 1; a >= first; a--)
        {
            for (var b = last; b >= first; b--)
            {
                if (a != b && b != p && claims[a].Unit == claims[b].Unit && !Comparable.IsShare(claims[a]) && claims[b].Value > 0 && (Arithmetic.Significant(claims[a]) >= 2 || IsRateOfCounts(context, p, a, b)) && Arithmetic.IsTelling(claims[p], claims[a], claims[b]) && fits(claims[a], claims[b]))
                {
                    context.Found(kind, true, claims[p].Value, compute(claims[a], claims[b]), [p, a, b]);
                    return true;
                }
            }
        }

        return false;
    }

    // 12个村中有9个…，占75%: small counts mean little, unless their own sentence calls it a share of them.
    private static bool IsRateOfCounts(AuditContext context, int p, int a, int b) =>
        context.Claims[a].Step == 1 && context.Claims[b].Step == 1 && context.Claims[a].Value > 1 && context.Places[a].Sentence == context.Places[p].Sentence && context.Places[b].Sentence == context.Places[p].Sentence
        && Clause.Before(context.Text, context.Claims[p].Start).Text is var words && (words.Contains('占') || words.Contains('率'));

    /// <summary>A stated rate with its bound.</summary>
    private readonly record struct SaidRate(Claim Percent)
    {
        public bool Holds(decimal computed) => Figures.Bounds.Holds(Percent.Bound, Percent.Value, Percent.Step, computed);
    }
}
