using Shizhang.App.Site;
using Shizhang.Core.Catalogs;
using Shizhang.Storage.Records;

namespace Shizhang.App.Features.Records;

/// <summary>The records a visitor may mean by a text: at the units read, without what is kept from the visitor.</summary>
internal static class RecordSearch
{
    public static Task<List<long>> FindAsync(Visit visit, Ledger ledger, string text, int most) =>
        new RecordTitles(visit.Place.Store).FindAsync(visit.Place.Town, ledger, text, visit.Access!.Units(ledger), visit.Access!.Visible, most);
}
