namespace Shizhang.Core.Auditing.Checks;

/// <summary>Shares of one whole: those that make 100 %, and those that make more than all of it.</summary>
internal static class PercentCheck
{
    private const int Reach = 24;
    private const decimal Whole = 100;

    public static void Run(AuditContext context)
    {
        Wholes(context);
        TooMuch(context);
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
            // 装机占比55%、发电占比51%: two alone may be shares of two things.
            if (run.Count >= 2 && !(run.Count == 2 && whole!.StartsWith('比')) && sum > Whole + run.Sum(r => claims[r].Step))
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
}
