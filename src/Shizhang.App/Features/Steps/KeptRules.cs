using Shizhang.App.Features.Workplaces;
using Shizhang.App.Texts;
using Shizhang.Core.Catalogs;
using Shizhang.Core.Filters;
using Shizhang.Storage;
using Shizhang.Storage.Journal;
using Shizhang.Storage.Records;
using Shizhang.Storage.Rules;

namespace Shizhang.App.Features.Steps;

/// <summary>Watches the rules that ended records keep: when one breaks, its record is opened again, with the rule's words as the reason.</summary>
internal static class KeptRules
{
    // Whoever's name stands for what the program does by itself; no account can be called so.
    private const string Watcher = "_rules";
    private const int MostAtOnce = 1000;

    /// <summary>The records that were opened again.</summary>
    public static async Task<IReadOnlyList<RecordKey>> WatchAsync(Workplace place)
    {
        var reopened = new List<RecordKey>();
        foreach (var ledger in place.Catalog.Ledgers.Values)
        {
            if (ledger.Workflow is { Keeps: { } keeps, Reopen: { } reopen })
            {
                reopened.AddRange(await WatchAsync(place, ledger, keeps, reopen));
            }
        }

        return reopened;
    }

    private static async Task<List<RecordKey>> WatchAsync(Workplace place, Ledger ledger, Field keeps, Step reopen)
    {
        var reopened = new List<RecordKey>();
        var where = new IsNull(new FieldOperand(keeps), Negated: true);
        var kept = (await new RecordArchive(place.Store).ListAsync(place.Town, ledger, LocalTime.Today(place.Store.Clock), where, most: MostAtOnce))
            .Where(r => r.State is not null && reopen.From.Contains(r.State) && place.Catalog.Rules.ContainsKey((string)r.Values[keeps]!))
            .ToList();
        if (kept.Count == 0)
        {
            return reopened;
        }

        var engine = new AlertEngine(place.Store);
        var codes = kept.Select(r => (string)r.Values[keeps]!).Distinct(StringComparer.Ordinal);
        var broken = (await engine.RunAsync((await engine.ScopeAsync(place.Town))!, [.. codes.Select(c => place.Catalog.Rules[c])])).ToLookup(a => a.Rule.Code, StringComparer.Ordinal);
        foreach (var record in kept)
        {
            if (broken[(string)record.Values[keeps]!].FirstOrDefault() is { } alert)
            {
                var reason = AppText.Of["reopened_because", alert.Rule.Message, alert.Message];
                var write = new AmendRecord(ledger, record.Id, record.Version, record.Values, reopen.To, reason, Acts.Step(reopen.Name));
                if (await place.Store.WriteAsync(place.Town, new Actor(Watcher), write) is Written)
                {
                    reopened.Add(new RecordKey(ledger.Code, record.Id));
                }
            }
        }

        return reopened;
    }
}
