using Shizhang.Core.Catalogs;
using Shizhang.Core.Filters;
using Shizhang.Storage.Dialects;

namespace Shizhang.Storage.Records;

/// <summary>How many living records refer to one, by ledger and field.</summary>
public sealed record ReferrerCount(Ledger Ledger, Field Field, long Count);

/// <summary>Finds what refers to a record, in one statement over all ledgers that may.</summary>
public sealed class RecordReferrers(Store store)
{
    /// <summary>
    /// The records that refer to one, of those somebody may know of: at <paramref name="units"/> (null for all) and as
    /// <paramref name="visible"/> says (null for all) of each ledger. That one is accused is told by a number alone.
    /// </summary>
    public Task<List<ReferrerCount>> CountAsync(string town, Ledger ledger, long id, Func<Ledger, IReadOnlyCollection<string>?> units, Func<Ledger, Filter?> visible) => store.Database.ReadAsync(async session =>
    {
        List<(Ledger Ledger, Field Field)> places = [.. store.Catalog.Ledgers.Values.Where(l => units(l) is not { Count: 0 }).SelectMany(l => l.Fields.Where(f => f.To == ledger.Code).Select(f => (l, f)))];
        if (places.Count == 0)
        {
            return [];
        }

        var (sql, pager) = (new SqlText(session.Dialect), new RecordPager(store));
        for (var i = 0; i < places.Count; i++)
        {
            var (from, field) = places[i];
            sql.Raw(i == 0 ? "SELECT " : " UNION ALL SELECT ").Raw(i).Raw(", COUNT(*) FROM ").Name(Identifier.Of(from.Code))
                .Raw(" r WHERE r.town = ").Value(town).Raw(" AND ").Column("r", Identifier.Of(field.Code)).Raw(" = ").Value(id);
            pager.Where(sql, new PageRequest(from, LocalTime.Today(store.Clock)) { Units = units(from), Where = visible(from) });
        }

        var counts = await session.ListAsync(sql.ToStatement(), r => (Place: places[(int)r.GetInt64(0)], Count: r.GetInt64(1)));
        return counts.Where(c => c.Count > 0).Select(c => new ReferrerCount(c.Place.Ledger, c.Place.Field, c.Count)).ToList();
    });
}
