namespace Shizhang.Core.Auditing.Checks;

/// <summary>What a sentence takes away itself: 43个，注销11个，保留32个; 由12%提高到38%，提高26个百分点; 比A减少d.</summary>
internal static class DifferenceCheck
{
    private const string Kind = "balance";
    private const int MostParts = 6;
    private const int Longest = 24;

    public static void Run(AuditContext context)
    {
        for (var c = 2; c < context.Claims.Count; c++)
        {
            if (context.Places[c].Sentence != context.Places[c - 2].Sentence || context.Claims[c].Bound != Figures.Bound.Exact)
            {
                continue;
            }

            if (Lexicon.Of["remainder"].StartingAt(Clause.Before(context.Text, context.Claims[c].Start).Text, 0) > 0)
            {
                Remainder(context, c);
            }
            else if (Changed(context, c))
            {
                Change(context, c);
            }
        }
    }

    /// <summary>A whole, what was dealt with, and what is left of it. Only a row of exactly three accuses.</summary>
    private static void Remainder(AuditContext context, int c)
    {
        var claims = context.Claims;
        var parts = new List<int>();
        for (var i = c - 1; i >= 0 && parts.Count <= MostParts && context.Places[i].Sentence == context.Places[c].Sentence; i--)
        {
            if (parts.Count >= 2 && context.Between(claims[i].End, claims[i + 1].Start).Contains('；'))
            {
                break;
            }

            if (Comparable.IsShare(claims[i]) || context.Places[i].Bracket != context.Places[c].Bracket)
            {
                continue;
            }

            if (!Comparable.Are(claims[i], claims[c]) || claims[i].Bound != Figures.Bound.Exact)
            {
                return;
            }

            var done = parts.Sum(p => claims[p].Value);
            if (parts.Count > 0 && Math.Abs(done + claims[c].Value - claims[i].Value) <= Arithmetic.Slack(claims[i], [claims[c], .. parts.Select(p => claims[p])]))
            {
                context.Found(Kind, true, claims[c].Value, claims[i].Value - done, [c, i, .. parts]);
                return;
            }

            parts.Add(i);
        }

        if (parts.Count != 2 || c - parts[1] > 3 || HasBracket(context, parts[1], c))
        {
            return;
        }

        var (whole, part) = (claims[parts[1]], claims[parts[0]]);
        if (whole.Value < part.Value || Math.Abs(whole.Value - part.Value - claims[c].Value) <= Arithmetic.Slack(whole, [part, claims[c]]) * 2)
        {
            return;
        }

        context.Found(Kind, false, claims[c].Value, whole.Value - part.Value, [c, parts[1], parts[0]]);
        context.Raise(Kind, true, [c, parts[1], parts[0]], claims[c].Value, whole.Value - part.Value, "audit_remainder", whole.Quote, part.Quote, Arithmetic.Print(whole.Value - part.Value, claims[c]), claims[c].Quote);
    }

    // 办结9件（含上年2件） counts by its own rules.
    private static bool HasBracket(AuditContext context, int from, int to) => context.Between(context.Claims[from].End, context.Claims[to].Start).Contains('(');

    /// <summary>True when a number stands right after 提高, 减少 and two of the like say from what to what, or what compared with what.</summary>
    private static bool Changed(AuditContext context, int c)
    {
        var claims = context.Claims;
        var (old, now, change) = (claims[c - 2], claims[c - 1], claims[c]);
        var unit = change.Unit == "个百分点" ? "%" : change.Unit;
        if (old.Unit != unit || now.Unit != unit || (unit == "%" && change.Unit == "%") || old.Bound != Figures.Bound.Exact || now.Bound != Figures.Bound.Exact)
        {
            return false;
        }

        var after = context.Between(now.End, change.Start).Trim("，,了 ");
        var between = context.Between(old.End, now.Start);
        return (Lexicon.Of["growth"].Contains(after) || Lexicon.Of["fall"].Contains(after) || Lexicon.Of["change"].Contains(after))
            && (Clause.Before(context.Text, old.Start).Text.IndexOfAny('从', '由') >= 0
                ? between.IndexOfAny("到为至") >= 0 && between.IndexOfAny("。；，、") < 0
                : IsComparison(between));
    }

    // 6824元，比上年的6215元增加…; what is told at comparable prices is not the difference of the two.
    private static bool IsComparison(ReadOnlySpan<char> between) =>
        between.Length <= Longest && between[0] is '，' or ',' && between[1] is '比' or '较' or '同' or '与' && between[1..].IndexOfAny("。；，、") < 0 && !between.Contains("可比", StringComparison.Ordinal);

    private static void Change(AuditContext context, int c)
    {
        var claims = context.Claims;
        var (old, now, change) = (claims[c - 2], claims[c - 1], claims[c]);
        var computed = Math.Abs(now.Value - old.Value);
        var holds = Math.Abs(computed - Math.Abs(change.Value)) <= (old.Step == 1 && now.Step == 1 ? 0 : (old.Step + now.Step + change.Step) / 2);
        context.Found(Kind, holds, change.Value, computed, [c, c - 2, c - 1]);
        if (!holds)
        {
            context.Raise(Kind, true, [c, c - 2, c - 1], change.Value, computed, "audit_change", old.Quote, now.Quote, Arithmetic.Print(computed, change), change.Quote);
        }
    }
}
