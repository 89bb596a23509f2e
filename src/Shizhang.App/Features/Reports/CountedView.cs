using Shizhang.App.Site;
using Shizhang.Core.Catalogs;
using Shizhang.Core.Figures;
using Shizhang.Storage.Figures;
using Shizhang.Storage.Records;

namespace Shizhang.App.Features.Reports;

/// <summary>A record behind a figure as a visitor sees it; no address when it is no longer kept.</summary>
internal sealed record CountedLine(CountedRecord Record, Ledger Ledger, string Title, string? Href);

/// <summary>Shows counted records by their titles: those of ledgers and units the visitor reads, and that are not kept from them.</summary>
internal static class CountedView
{
    /// <summary>The first records a figure counts; null when the visitor does not read all it counts.</summary>
    public static async Task<IReadOnlyList<CountedLine>?> FirstAsync(Visit visit, FigureScope scope, Indicator indicator, int most) => visit.Access!.Reads(indicator, scope.Unit)
        ? await OfAsync(visit, await new FigureEngine(visit.Place.Store).RecordsAsync(scope, indicator, new CountedPage(visit.Access.Visible, 0, most)), scope.AtHead ? null : scope.AsOf)
        : null;

    /// <summary>Those of some counted records that the visitor sees; <paramref name="asOf"/> is the moment they were counted at.</summary>
    public static async Task<IReadOnlyList<CountedLine>> OfAsync(Visit visit, IReadOnlyList<CountedRecord> records, long? asOf)
    {
        var (access, place) = (visit.Access!, visit.Place);
        var titles = new Dictionary<(string, long), string>();
        var seen = new HashSet<(string, long)>();
        foreach (var some in records.GroupBy(r => r.Ledger))
        {
            if (place.Catalog.Ledgers.GetValueOrDefault(some.Key) is not { } ledger || !access.Reads(ledger))
            {
                continue;
            }

            var units = access.Units(ledger);
            foreach (var record in some.Where(r => units is null || units.Contains(r.Unit ?? "")))
            {
                if (ledger.Conceal is null || (await new RecordArchive(place.Store).FindAsync(place.Town, ledger, record.Id, asOf) is { } kept && access.Sees(ledger, kept.Values)))
                {
                    seen.Add((ledger.Code, record.Id));
                }
            }

            foreach (var (id, title) in await new RecordTitles(place.Store).OfAsync(place.Town, ledger, [.. some.Select(r => r.Id)], access.Tree))
            {
                titles[(ledger.Code, id)] = title;
            }
        }

        return [.. records.Where(r => seen.Contains((r.Ledger, r.Id))).Select(r => titles.TryGetValue((r.Ledger, r.Id), out var title)
            ? new CountedLine(r, place.Catalog.Ledgers[r.Ledger], title, $"/ledgers/{r.Ledger}/{r.Id}")
            : new CountedLine(r, place.Catalog.Ledgers[r.Ledger], r.Title, null))];
    }
}
