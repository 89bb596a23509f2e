using Shizhang.App.Site;
using Shizhang.Core.Catalogs;
using Shizhang.Storage.Records;

namespace Shizhang.App.Features.Records;

/// <summary>The records a visitor may mean by a text: at the units read, without what is kept from the visitor.</summary>
internal static class RecordSearch
{
    public static Task<List<long>> FindAsync(Visit visit, Ledger ledger, string text, int most) => FindAsync(visit, ledger, text, isWhole: false, most);

    /// <summary>The one record whose whole title, or the whole personal name in it, a text is; null when none or several are.</summary>
    public static async Task<long?> OnlyAsync(Visit visit, Ledger ledger, string text) => await FindAsync(visit, ledger, text, isWhole: true, most: 2) is [var only] ? only : null;

    private static Task<List<long>> FindAsync(Visit visit, Ledger ledger, string text, bool isWhole, int most)
    {
        var access = visit.Access!;
        return new RecordTitles(visit.Place.Store).FindAsync(visit.Place.Town, ledger, text, new Searcher(access.Units, access.Visible, access.UnitsToShow), isWhole, most);
    }

    /// <summary>Those of some ids that are there for the visitor.</summary>
    public static async Task<HashSet<long>> SeenAsync(Visit visit, Ledger ledger, IReadOnlyCollection<long> ids)
    {
        var request = new PageRequest(ledger, visit.Today) { Ids = ids, Units = visit.Access!.Units(ledger), Where = visit.Access.Visible(ledger), ById = true, Most = ids.Count };
        return ids.Count == 0 ? [] : [.. (await new RecordPager(visit.Place.Store).ReadAsync(visit.Place.Town, request)).Records.Select(r => r.Id)];
    }
}
