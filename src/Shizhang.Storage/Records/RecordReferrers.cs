using Shizhang.Core.Catalogs;
using Shizhang.Storage.Dialects;

namespace Shizhang.Storage.Records;

/// <summary>How many living records refer to one, by ledger and field.</summary>
public sealed record ReferrerCount(Ledger Ledger, Field Field, long Count);

/// <summary>Finds what refers to a record, in one statement over all ledgers that may.</summary>
public sealed class RecordReferrers(Store store)
{
    public Task<List<ReferrerCount>> CountAsync(string town, Ledger ledger, long id) => store.Database.ReadAsync(async session =>
    {
        List<(Ledger Ledger, Field Field)> places = [.. store.Catalog.Ledgers.Values.SelectMany(l => l.Fields.Where(f => f.To == ledger.Code).Select(f => (l, f)))];
        if (places.Count == 0)
        {
            return [];
        }

        var sql = new SqlText(session.Dialect);
        for (var i = 0; i < places.Count; i++)
        {
            sql.Raw(i == 0 ? "SELECT " : " UNION ALL SELECT ").Raw(i).Raw(", COUNT(*) FROM ").Name(Identifier.Of(places[i].Ledger.Code))
                .Raw(" WHERE town = ").Value(town).Raw(" AND ").Name(Identifier.Of(places[i].Field.Code)).Raw(" = ").Value(id);
        }

        var counts = await session.ListAsync(sql.ToStatement(), r => (Place: places[(int)r.GetInt64(0)], Count: r.GetInt64(1)));
        return counts.Where(c => c.Count > 0).Select(c => new ReferrerCount(c.Place.Ledger, c.Place.Field, c.Count)).ToList();
    });
}
