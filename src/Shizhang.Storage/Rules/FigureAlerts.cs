using Shizhang.Core.Catalogs;
using Shizhang.Core.Figures;
using Shizhang.Core.Rules;
using Shizhang.Core.Texts;

namespace Shizhang.Storage.Rules;

/// <summary>Figures that rules ask for, computed together: from the first day of the year to the day asked, stocks on that day.</summary>
internal sealed class RuleFigures(RuleFrame frame, IReadOnlyDictionary<Indicator, Figure> figures)
{
    public RuleFrame Frame { get; } = frame;

    public decimal? Of(Indicator indicator) => figures[indicator].Value;

    public string Show(Indicator indicator) => Of(indicator) is { } value ? indicator.Measured($"{Math.Round(value, indicator.Digits ?? 2, MidpointRounding.AwayFromZero):0.####}") : "—";

    /// <summary>An alert about the whole scope; its subject is the year, so that one set aside comes back in the next.</summary>
    public Alert About(Rule rule, Ledger ledger, string message, string clears) => new(
        rule, ledger, Frame.Scope.Unit, $"{Frame.Scope.Unit}/{Frame.Today.Year}", null, Frame.Scope.Tree.Find(Frame.Scope.Unit)?.Name ?? Frame.Scope.Unit, Frame.Today, null, false, message, clears);
}

/// <summary><c>quota</c>: in post above approved, or below it.</summary>
internal static class QuotaAlerts
{
    public static IEnumerable<Alert> Find(RuleFigures figures, Ledger ledger, QuotaRule rule)
    {
        var (approved, inPost) = (figures.Of(rule.Approved) ?? 0, figures.Of(rule.InPost) ?? 0);
        if (approved != inPost)
        {
            var key = inPost > approved ? "alert_over" : "alert_vacant";
            yield return figures.About(rule, ledger, Text.Core[key, figures.Show(rule.Approved), figures.Show(rule.InPost), Math.Abs(inPost - approved)], Text.Core["clears_quota"]);
        }
    }
}

/// <summary><c>balance</c>: parts do not add up to the total, or are more than it.</summary>
internal static class BalanceAlerts
{
    public static IEnumerable<Alert> Find(RuleFigures figures, Ledger ledger, BalanceRule rule)
    {
        var (parts, total) = (rule.Parts.Sum(p => figures.Of(p) ?? 0), figures.Of(rule.Total) ?? 0);
        if (rule.AtMost ? parts > total + rule.Tolerance : Math.Abs(parts - total) > rule.Tolerance)
        {
            var sum = string.Join(" + ", rule.Parts.Select(p => $"{p.Shown} {figures.Show(p)}"));
            yield return figures.About(rule, ledger, Text.Core["alert_balance", sum, $"{rule.Total.Shown} {figures.Show(rule.Total)}", Math.Abs(parts - total)], Text.Core["clears_balance"]);
        }
    }
}

/// <summary><c>floor</c> and <c>ceiling</c>: a figure on the wrong side of its bound; no figure is no fault.</summary>
internal static class BoundAlerts
{
    public static IEnumerable<Alert> Find(RuleFigures figures, Ledger ledger, BoundRule rule)
    {
        if (figures.Of(rule.Indicator) is not { } value || (value >= (rule.AtLeast ?? value) && value <= (rule.AtMost ?? value)))
        {
            yield break;
        }

        var (key, bound) = rule.AtLeast is { } least ? ("alert_floor", least) : ("alert_ceiling", rule.AtMost!.Value);
        yield return figures.About(rule, ledger, Text.Core[key, rule.Indicator.Shown, figures.Show(rule.Indicator), rule.Indicator.Measured($"{bound:0.####}")], Text.Core["clears_figure", rule.Indicator.Shown]);
    }
}
