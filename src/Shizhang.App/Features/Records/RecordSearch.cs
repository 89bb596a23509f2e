using Shizhang.App.Site;
using Shizhang.Core.Catalogs;
using Shizhang.Storage.Records;

namespace Shizhang.App.Features.Records;

/// <summary>The records a visitor may mean by a text: at the units read, without what is kept from the visitor.</summary>
internal static class RecordSearch
{
    public static Task<List<long>> FindAsync(Visit visit, Ledger ledger, string text, int most) =>
        new RecordTitles(visit.Place.Store).FindAsync(visit.Place.Town, ledger, text, visit.Access!.Units(ledger), visit.Access!.Visible, most);

    /// <summary>Those of some ids that are there for the visitor.</summary>
    public static async Task<HashSet<long>> SeenAsync(Visit visit, Ledger ledger, IReadOnlyCollection<long> ids)
    {
        var request = new PageRequest(ledger, visit.Today) { Ids = ids, Units = visit.Access!.Units(ledger), Where = visit.Access.Visible(ledger), ById = true, Most = ids.Count };
        return ids.Count == 0 ? [] : [.. (await new RecordPager(visit.Place.Store).ReadAsync(visit.Place.Town, request)).Records.Select(r => r.Id)];
    }
}
