using Shizhang.App.Access;
using Shizhang.App.Features.Workplaces;
using Shizhang.Core.Records.Importing;
using Shizhang.Storage.Records;

namespace Shizhang.App.Features.Imports;

/// <summary>
/// What the units and the records that a sheet may refer to are called, of those the account may see: a preview must not say who is
/// there. An identity number or its like names a record only for whoever may see it in clear, else a sheet full of them would find out.
/// </summary>
internal static class TownNames
{
    public static async Task<KnownNames> LoadAsync(Workplace place, HeadingMap map, AccessRules access, DateOnly today)
    {
        var names = new KnownNames(access.Tree);
        foreach (var ledger in map.Columns.Select(c => c.Field.To).OfType<string>().Distinct().Select(to => place.Catalog.Ledgers[to]))
        {
            var unique = ledger.Fields.Where(f => f.Unique).ToList();
            var clear = access.UnitsToShow(ledger);
            await new RecordTitles(place.Store).AllAsync(place.Town, ledger, today, access.Seen(ledger), access.Tree, isClear: true, (id, named) => names.Add(ledger.Code, named, id), record =>
            {
                var isClear = clear?.Contains((string?)record.Values[ledger.Unit] ?? "") is not false;
                foreach (var value in unique.Where(f => isClear || !f.Personal).Select(f => record.Values[f]?.ToString()).OfType<string>())
                {
                    names.Add(ledger.Code, value, record.Id);
                }
            });
        }

        return names;
    }
}
