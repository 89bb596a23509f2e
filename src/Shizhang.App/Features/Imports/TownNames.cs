using Shizhang.App.Access;
using Shizhang.App.Features.Workplaces;
using Shizhang.Core.Records;
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
            // A title that names another record is looked up; any other is made of the record at hand.
            var (title, ids) = (new RecordTitle(ledger), new List<long>());
            var isReferring = title.Fields.Any(f => f.To is not null);
            var unique = ledger.Fields.Where(f => f.Unique).ToList();
            var clear = access.UnitsToShow(ledger);
            await new RecordArchive(place.Store).StreamAsync(place.Town, ledger, today, access.Seen(ledger), some =>
            {
                foreach (var record in some)
                {
                    if (isReferring)
                    {
                        ids.Add(record.Id);
                    }
                    else
                    {
                        names.Add(ledger.Code, title.Of(record.Values, access.Tree, isClear: true), record.Id);
                    }

                    var isClear = clear?.Contains((string?)record.Values[ledger.Unit] ?? "") is not false;
                    foreach (var value in unique.Where(f => isClear || !f.Personal).Select(f => record.Values[f]?.ToString()).OfType<string>())
                    {
                        names.Add(ledger.Code, value, record.Id);
                    }
                }

                return Task.CompletedTask;
            });
            foreach (var (id, named) in await new RecordTitles(place.Store).OfAsync(place.Town, ledger, ids, access.Tree))
            {
                names.Add(ledger.Code, named, id);
            }
        }

        return names;
    }
}
