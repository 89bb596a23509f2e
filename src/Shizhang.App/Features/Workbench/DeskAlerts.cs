using Shizhang.App.Access;
using Shizhang.App.Site;
using Shizhang.Core.Catalogs;
using Shizhang.Core.Rules;
using Shizhang.Storage.Records;
using Shizhang.Storage.Rules;

namespace Shizhang.App.Features.Workbench;

/// <summary>What the rules find at the visitor's unit on the day looked at: the steps they may take themselves, and the rest.</summary>
internal static class DeskAlerts
{
    public static async Task<(IReadOnlyList<Alert> Mine, IReadOnlyList<Alert> Others)> OfAsync(Visit visit)
    {
        var (place, access) = (visit.Place, visit.Access!);
        var rules = place.Catalog.Ledgers.Values.Where(access.Reads).SelectMany(l => l.Rules.Select(r => (l, r)))
            .Where(r => r.r.Indicators.All(i => access.Reads(i, visit.Unit))).ToList();
        var engine = new AlertEngine(place.Store);
        var scope = (await engine.ScopeAsync(place.Town, visit.Unit, day: visit.Day))!;
        var found = await SeenAsync(visit, [.. (await engine.RunAsync(scope, rules)).Where(a => a.AsideUntil is null && access.Units(a.Ledger)?.Contains(a.Unit) is not false)]);
        var ordered = found.OrderBy(a => a.Due ?? a.Since).ThenBy(a => a.Ledger.Code, StringComparer.Ordinal).ThenBy(a => a.Record).ToLookup(a => IsMine(access, a));
        return ([.. ordered[true]], [.. ordered[false]]);
    }

    // The clock of the whole names no step: it is whoever's who keeps the record.
    private static bool IsMine(AccessRules access, Alert alert) => alert is { Rule: DeadlineRule, Record: not null }
        && (alert.Next is { } step ? access.Taker(alert.Unit).Roles.Any(step.By.Contains) : access.RefusalToRecord(alert.Ledger, alert.Unit) is null);

    // An alert about a record that is kept from the visitor is kept from them too.
    private static async Task<List<Alert>> SeenAsync(Visit visit, List<Alert> alerts)
    {
        foreach (var group in alerts.Where(a => a.Record is not null).GroupBy(a => a.Ledger).ToList())
        {
            if (visit.Access!.Visible(group.Key) is { } visible)
            {
                List<long> ids = [.. group.Select(a => a.Record!.Value).Distinct()];
                var request = new PageRequest(group.Key, visit.Day) { Ids = ids, Where = visible, Most = ids.Count };
                var seen = (await new RecordPager(visit.Place.Store).ReadAsync(visit.Place.Town, request)).Records.Select(r => r.Id).ToHashSet();
                alerts.RemoveAll(a => a.Ledger == group.Key && a.Record is { } id && !seen.Contains(id));
            }
        }

        return alerts;
    }
}
