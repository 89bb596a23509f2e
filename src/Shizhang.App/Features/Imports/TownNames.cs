using Shizhang.App.Features.Workplaces;
using Shizhang.Core.Records;
using Shizhang.Core.Records.Importing;
using Shizhang.Storage.Records;

namespace Shizhang.App.Features.Imports;

/// <summary>Reads what the units and the records that a sheet may refer to are called.</summary>
internal static class TownNames
{
    public static async Task<KnownNames> LoadAsync(Workplace place, HeadingMap map, UnitTree tree, DateOnly today)
    {
        var names = new KnownNames(tree);
        foreach (var ledger in map.Columns.Select(c => c.Field.To).OfType<string>().Distinct().Select(to => place.Catalog.Ledgers[to]))
        {
            var title = new RecordTitle(ledger);
            var unique = ledger.Fields.Where(f => f.Unique).ToList();
            await new RecordArchive(place.Store).StreamAsync(place.Town, ledger, today, null, some =>
            {
                foreach (var record in some)
                {
                    names.Add(ledger.Code, title.Of(record.Values, tree, isClear: true), record.Id);
                    foreach (var value in unique.Select(f => record.Values[f]?.ToString()).OfType<string>())
                    {
                        names.Add(ledger.Code, value, record.Id);
                    }
                }

                return Task.CompletedTask;
            });
        }

        return names;
    }
}
