using Shizhang.App.Access;
using Shizhang.App.Features.Alerts;
using Shizhang.App.Site;
using Shizhang.Core.Catalogs;
using Shizhang.Core.Rules;

namespace Shizhang.App.Features.Workbench;

/// <summary>What the rules find at the visitor's unit on the day looked at: the steps they may take themselves, and the rest.</summary>
internal static class DeskAlerts
{
    public static async Task<(IReadOnlyList<Alert> Mine, IReadOnlyList<Alert> Others)> OfAsync(Visit visit, VisitorAlerts alerts)
    {
        var access = visit.Access!;
        var found = (await alerts.OfAsync(visit, on: null)).Alerts.Where(a => a.AsideUntil is null);
        var ordered = found.OrderBy(a => AlertTimings.Of(a, visit.Day)).ThenBy(a => a.Due ?? a.Since).ThenBy(a => a.Ledger.Code, StringComparer.Ordinal).ThenBy(a => a.Record).ToLookup(a => IsMine(access, a));
        return ([.. ordered[true]], [.. ordered[false]]);
    }

    /// <summary>A step the account may take. The clock of the whole names no step: it is whoever's who keeps the record.</summary>
    public static bool IsMine(AccessRules access, Alert alert) => alert is { Rule: DeadlineRule, Record: not null }
        && (alert.Next is { } step ? access.Taker(alert.Unit).Roles.Any(step.By.Contains) : access.RefusalToRecord(alert.Ledger, alert.Unit) is null);
}
