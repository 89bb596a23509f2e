using Shizhang.Core.Catalogs;
using Shizhang.Core.Filters;
using Shizhang.Core.Records;
using Shizhang.Storage.Dialects;
using Shizhang.Storage.Schema;

namespace Shizhang.Storage.Records;

/// <summary>The one-line names of records that others refer to, a ledger at a time.</summary>
public sealed class RecordTitles(Store store)
{
    private const int MostAtOnce = 500;

    // A member is titled by a person; deeper than that nobody reads.
    private const int MostLevels = 3;

    /// <summary>Titles of the records of a ledger by id; one that is gone has none.</summary>
    public Task<Dictionary<long, string>> OfAsync(string town, Ledger ledger, IReadOnlyCollection<long> ids, UnitTree tree) =>
        store.Database.ReadAsync(session => OfAsync(session, town, ledger, ids, tree, 1));

    /// <summary>Titles of everything a record refers to, in its fields and lines.</summary>
    public async Task<IReadOnlyDictionary<RecordKey, string>> OfReferencesAsync(string town, IEnumerable<RecordValues> records, UnitTree tree)
    {
        var titles = new Dictionary<RecordKey, string>();
        foreach (var of in records.SelectMany(References).Distinct().GroupBy(k => k.Ledger, StringComparer.Ordinal))
        {
            foreach (var (id, title) in await OfAsync(town, store.Catalog.Ledgers[of.Key], [.. of.Select(k => k.Id)], tree))
            {
                titles[new RecordKey(of.Key, id)] = title;
            }
        }

        return titles;
    }

    /// <summary>What a record refers to, in its fields and lines.</summary>
    public static IEnumerable<RecordKey> References(RecordValues record) =>
        record.Fields.Where(f => f.IsLines).SelectMany(record.LinesOf).Prepend(record)
            .SelectMany(values => values.Fields.Where(f => f.To is not null && values[f] is long).Select(f => new RecordKey(f.To!, (long)values[f]!)));

    /// <summary>
    /// Records whose title has a text in it, newest first: what somebody means who writes a name instead of a number.
    /// <paramref name="visible"/> is what may be found in a ledger, also in those the title refers to; null for all.
    /// </summary>
    public Task<List<long>> FindAsync(string town, Ledger ledger, string text, IReadOnlyCollection<string>? units, Func<Ledger, Filter?> visible, int most) =>
        store.Database.ReadAsync(session => FindAsync(session, town, ledger, text, units, visible, most, 1));

    private async Task<List<long>> FindAsync(Session session, string town, Ledger ledger, string text, IReadOnlyCollection<string>? units, Func<Ledger, Filter?> visible, int most, int level)
    {
        var title = new RecordTitle(ledger);
        var sql = new SqlText(session.Dialect).Raw("SELECT r.id FROM ").Name(Identifier.Of(ledger.Code)).Raw(" r WHERE r.town = ").Value(town);
        if (units is not null)
        {
            sql.Raw(" AND ").Column("r", Identifier.Of(ledger.Unit.Code)).Raw(" IN (").List(units.DefaultIfEmpty(""), u => sql.Value(u)).Raw(")");
        }

        if (visible(ledger) is { } where)
        {
            sql.Raw(" AND ");
            new FilterSql(sql, store.Layout, ledger, null, "r", LocalTime.Today(store.Clock)).Write(where);
        }

        sql.Raw(" AND (1 = 0");
        foreach (var field in title.Fields.Where(f => f.Type.Stored == StorageKind.Text))
        {
            sql.Raw(" OR ").Raw(session.Dialect.PositionFunction).Raw("(").Column("r", Identifier.Of(field.Code)).Raw(", ").Value(text).Raw(") > 0");
        }

        foreach (var field in level < MostLevels ? title.Fields.Where(f => f.To is not null) : [])
        {
            var ids = await FindAsync(session, town, store.Catalog.Ledgers[field.To!], text, null, visible, MostAtOnce, level + 1);
            sql.Raw(" OR ").Column("r", Identifier.Of(field.Code)).Raw(" IN (").List(ids.DefaultIfEmpty(0), id => sql.Value(id)).Raw(")");
        }

        sql.Raw(") ORDER BY r.id DESC LIMIT ").Value((long)most);
        return await session.ListAsync(sql.ToStatement(), r => r.GetInt64(0));
    }

    private async Task<Dictionary<long, string>> OfAsync(Session session, string town, Ledger ledger, IReadOnlyCollection<long> ids, UnitTree tree, int level)
    {
        var title = new RecordTitle(ledger);
        var found = new List<(long Id, RecordValues Values)>();
        foreach (var some in ids.Chunk(MostAtOnce))
        {
            var sql = new SqlText(session.Dialect).Raw("SELECT r.id");
            sql.List(title.Fields, f => sql.Raw(", ").Column("r", Identifier.Of(f.Code)), "").Raw(" FROM ").Name(Identifier.Of(ledger.Code)).Raw(" r WHERE r.town = ").Value(town).Raw(" AND r.id IN (");
            sql.List(some, id => sql.Value(id)).Raw(")");
            found.AddRange(await session.ListAsync(sql.ToStatement(), r =>
            {
                var values = new RecordValues(ledger.Fields);
                for (var i = 0; i < title.Fields.Count; i++)
                {
                    var (kind, scale) = store.Layout.Of(ledger, null, title.Fields[i]);
                    values[title.Fields[i]] = Layout.Narrow(session.Dialect.FromDatabase(r, i + 1, kind, scale), title.Fields[i]);
                }

                return (r.GetInt64(0), values);
            }));
        }

        var inner = new Dictionary<RecordKey, string>();
        foreach (var reference in level < MostLevels ? title.Fields.Where(f => f.To is not null) : [])
        {
            var referred = found.Select(f => f.Values[reference]).OfType<long>().ToHashSet();
            foreach (var (id, text) in referred.Count > 0 ? await OfAsync(session, town, store.Catalog.Ledgers[reference.To!], referred, tree, level + 1) : [])
            {
                inner[new RecordKey(reference.To!, id)] = text;
            }
        }

        return found.ToDictionary(f => f.Id, f => title.Of(f.Values, tree, (to, id) => inner.GetValueOrDefault(new RecordKey(to, id))));
    }
}
