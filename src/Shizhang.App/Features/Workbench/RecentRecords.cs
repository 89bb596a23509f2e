using Shizhang.App.Features.Records;
using Shizhang.App.Site;
using Shizhang.Core.Catalogs;
using Shizhang.Storage.Journal;
using Shizhang.Storage.Records;

namespace Shizhang.App.Features.Workbench;

/// <summary>A record the visitor wrote, with what they did to it last.</summary>
internal sealed record RecentRecord(Ledger Ledger, long Id, string Title, string? State, JournalLine Line);

/// <summary>What an account recorded lately; a record stands once, and only while the account may still see it.</summary>
internal static class RecentRecords
{
    private const int MostLines = 60;
    private const int Most = 8;

    public static Task<List<JournalLine>> LinesAsync(Visit visit) =>
        new JournalReader(visit.Place.Store.Database).OfActorAsync(visit.Place.Town, visit.Access!.Account.Name, MostLines);

    public static async Task<IReadOnlyList<RecentRecord>> OfAsync(Visit visit, IReadOnlyList<JournalLine> lines)
    {
        var (place, access) = (visit.Place, visit.Access!);
        var latest = lines.Where(l => l.Record is not null).DistinctBy(l => (l.Ledger, l.Record)).Take(Most).ToList();
        var found = new List<RecentRecord>();
        foreach (var group in latest.GroupBy(l => l.Ledger!, StringComparer.Ordinal))
        {
            if (!place.Catalog.Ledgers.TryGetValue(group.Key, out var ledger) || !access.Reads(ledger))
            {
                continue;
            }

            var request = new PageRequest(ledger, visit.Day) { Ids = [.. group.Select(l => l.Record!.Value)], Units = access.Units(ledger)?.ToList(), Where = access.Visible(ledger) };
            var records = (await new RecordPager(place.Store).ReadAsync(place.Town, request)).Records;
            var view = await RecordView.OfAsync(visit, records.Select(r => r.Values));
            found.AddRange(records.Select(r => new RecentRecord(ledger, r.Id, view.TitleOf(r), r.State, group.First(l => l.Record == r.Id))));
        }

        return [.. found.OrderByDescending(r => r.Line.Seq)];
    }
}
