using Shizhang.App.Access;
using Shizhang.App.Features.Alerts;
using Shizhang.App.Site;
using Shizhang.Core.Catalogs;
using Shizhang.Core.Rules;
using Shizhang.Storage.Records;

namespace Shizhang.App.Features.Workbench;

/// <summary>What the rules find for the visitor, apart: the steps they may take themselves, and the rest.</summary>
internal static class DeskAlerts
{
    public static async Task<(IReadOnlyList<Alert> Mine, IReadOnlyList<Alert> Others)> OfAsync(Visit visit, VisitorAlerts alerts)
    {
        var access = visit.Access!;
        var found = (await alerts.OfAsync(visit, null)).Alerts.Where(a => a.AsideUntil is null)
            .OrderBy(a => AlertTimings.Of(a, visit.Day)).ThenBy(a => a.Due ?? a.Since).ThenBy(a => a.Ledger.Code, StringComparer.Ordinal).ThenBy(a => a.Record)
            .ToLookup(a => IsMine(access, a));
        return ([.. found[true]], [.. found[false]]);
    }

    /// <summary>Alerts with the names of the people and records their titles refer to.</summary>
    public static async Task<IReadOnlyList<Alert>> TitledAsync(Visit visit, IReadOnlyList<Alert> alerts)
    {
        var titles = new Dictionary<RecordKey, string>();
        foreach (var group in alerts.Where(a => a.Record is not null && a.Title.Contains('#', StringComparison.Ordinal)).GroupBy(a => a.Ledger))
        {
            foreach (var (id, title) in await new RecordTitles(visit.Place.Store).OfAsync(visit.Place.Town, group.Key, [.. group.Select(a => a.Record!.Value).Distinct()], visit.Access!.Tree))
            {
                titles[new RecordKey(group.Key.Code, id)] = title;
            }
        }

        return [.. alerts.Select(a => a.Record is { } id && titles.TryGetValue(new RecordKey(a.Ledger.Code, id), out var title) ? a with { Title = title } : a)];
    }

    // The clock of the whole names no step: it is whoever's who keeps the record.
    private static bool IsMine(AccessRules access, Alert alert) => alert is { Rule: DeadlineRule, Record: not null }
        && (alert.Next is { } step ? access.Taker(alert.Unit).Roles.Any(step.By.Contains) : access.RefusalToRecord(alert.Ledger, alert.Unit) is null);
}
