namespace Shizhang.Core.Auditing.Checks;

/// <summary>Percentages recomputed from the figures around them: shares (ratio), growth, and shares that make up a whole (percent).</summary>
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
                // What is written as a share may be a growth (超过计划的15%) and the other way round; the words only say what to try first.
                _ = Clause.Before(context.Text, context.Claims[p].Start).Says(Lexicon.Of["growth"]) || context.Claims[p].Value < 0
                    ? Growth(context, p) || Ratio(context, p)
                    : Ratio(context, p) || Growth(context, p);
            }
        }

        Wholes(context);
        TooMuch(context);
    }

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
            && SharesWord(claims[p].Subject, claims[p - 1].Subject)
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

        return (Arithmetic.Significant(percent) >= 2 || Math.Abs(percent.Value) >= 100)
            && (Pair(context, p, (a, b) => Grew(percent, a, b), "growth", (a, b) => (a.Value - b.Value) / b.Value * 100) || Remembered(context, p));
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
            && between.Contains('比') && between.Length < 16 && between.IndexOfAny("；、") < 0 && IsGrowthAlone(context.Between(claims[old].End, claims[p].Start))
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
                if (a != b && b != p && claims[a].Unit == claims[b].Unit && !Comparable.IsShare(claims[a]) && claims[b].Value > 0 && Arithmetic.Significant(claims[a]) >= 2 && fits(claims[a], claims[b]))
                {
                    context.Found(kind, true, claims[p].Value, compute(claims[a], claims[b]), [p, a, b]);
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>占… shares of one sentence that make up 100 %, and ratios written with ∶.</summary>
    private static void Wholes(AuditContext context)
    {
        var claims = context.Claims;
        for (var i = 0; i < claims.Count; i++)
        {
            var (sum, run) = (0m, new List<int>());
            for (var k = i; k < claims.Count && k < i + Reach && context.Places[k].Paragraph == context.Places[i].Paragraph; k++)
            {
                if (!IsShareOfWhole(context, k))
                {
                    if (claims[k].Unit is "%" or "" && IsStart(context, k))
                    {
                        continue;
                    }

                    break;
                }

                sum += claims[k].Value;
                run.Add(k);
                if (run.Count >= 2 && Math.Abs(sum - Whole) <= run.Sum(r => claims[r].Step) / 2 * (run.Exists(r => claims[r].Step < 1) ? 1 : 0))
                {
                    context.Found("parts", true, Whole, sum, [.. run]);
                    break;
                }
            }
        }
    }

    /// <summary>Shares of one and the same whole, in one sentence, that make more than all of it.</summary>
    private static void TooMuch(AuditContext context)
    {
        var claims = context.Claims;
        for (var i = 0; i < claims.Count; i++)
        {
            var whole = WholeOf(context, i);
            var run = new List<int>();
            for (var k = i; whole is not null && k < claims.Count && context.Places[k].Sentence == context.Places[i].Sentence && WholeOf(context, k) == whole; k++)
            {
                if (run.Count > 0 && context.Between(claims[run[^1]].End, claims[k].Start).Contains("其中", StringComparison.Ordinal))
                {
                    break;
                }

                run.Add(k);
            }

            var sum = run.Sum(r => claims[r].Value);
            if (run.Count >= 2 && sum > Whole + run.Sum(r => claims[r].Step))
            {
                context.Found("percent", false, Whole, sum, [.. run]);
                context.Raise("percent", run.Count > 2, run, Whole, sum, "audit_percent", string.Join('+', run.Select(r => Arithmetic.Print(claims[r].Value))), Arithmetic.Print(sum));
            }

            i += Math.Max(0, run.Count - 1);
        }
    }

    /// <summary>The words between 占 and the number: what the share is of; null when it is no share.</summary>
    private static string? WholeOf(AuditContext context, int i)
    {
        var clause = Clause.Before(context.Text, context.Claims[i].Start).Text;
        var at = clause.LastIndexOf('占');
        return at < 0 || !IsShareOfWhole(context, i) ? null : clause[(at + 1)..].ToString();
    }

    private static bool IsShareOfWhole(AuditContext context, int i)
    {
        var claim = context.Claims[i];
        if (claim.Unit == "" && (context.Text[claim.Start - 1] == '∶' || context.Text[claim.End] == '∶'))
        {
            return true;
        }

        var clause = Clause.Before(context.Text, claim.Start).Text;
        return claim.Unit == "%" && claim.Value is > 0 and < 100 && !IsStart(context, i)
            && (clause.Contains('占') || clause.Contains("比重", StringComparison.Ordinal));
    }

    // 由59%上升到63%: the first is where it began.
    private static bool IsStart(AuditContext context, int i)
    {
        var claim = context.Claims[i];
        var after = context.Between(claim.End, Math.Min(context.Text.Length, claim.End + 8));
        return after.StartsWith("上升", StringComparison.Ordinal) || after.StartsWith("下降", StringComparison.Ordinal) || after.StartsWith("提高", StringComparison.Ordinal) || after.StartsWith("增加", StringComparison.Ordinal) || after.StartsWith("降", StringComparison.Ordinal);
    }

    /// <summary>A stated rate with its bound.</summary>
    private readonly record struct SaidRate(Claim Percent)
    {
        public bool Holds(decimal computed) => Figures.Bounds.Holds(Percent.Bound, Percent.Value, Percent.Step, computed);
    }
}
