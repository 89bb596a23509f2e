using Shizhang.Core.Catalogs;
using Shizhang.Core.Filters;
using Shizhang.Core.Records;
using Shizhang.Storage.Dialects;
using Shizhang.Storage.Schema;

namespace Shizhang.Storage.Records;

/// <summary>A version of a record as kept. <see cref="Gone"/> is the journal number that ended it; null while it lives.</summary>
public sealed record StoredRecord(Ledger Ledger, long Id, long Version, string? State, RecordValues Values, long? Gone = null);

/// <summary>Reads records: one, a list, or all versions of one, now or as of a journal number.</summary>
public sealed class RecordArchive(Store store)
{
    // One statement per child field for so many records at a time.
    private const int MostChildrenAtOnce = 512;

    /// <summary>The record as it stood; null when there was none.</summary>
    public Task<StoredRecord?> FindAsync(string town, Ledger ledger, long id, long? asOf = null) => store.Database.ReadAsync(async session =>
    {
        var sql = Select(town, ledger, asOf);
        sql.Raw(" AND r.id = ").Value(id);
        var found = await session.ListAsync(sql.ToStatement(), r => Read(r, ledger));
        await FillChildrenAsync(session, town, ledger, found);
        return found.FirstOrDefault();
    });

    /// <summary>Records that fulfil a filter, by date and id. <paramref name="today"/> is the day of the moment asked.</summary>
    public Task<List<StoredRecord>> ListAsync(string town, Ledger ledger, DateOnly today, Filter? where = null, long? asOf = null, int skip = 0, int most = 100) =>
        store.Database.ReadAsync(async session =>
        {
            var sql = Select(town, ledger, asOf);
            Where(sql, ledger, today, where);
            sql.Raw(" ORDER BY ").Column("r", Identifier.Of(ledger.Date.Code)).Raw(", r.id LIMIT ").Value((long)most).Raw(" OFFSET ").Value((long)skip);
            var found = await session.ListAsync(sql.ToStatement(), r => Read(r, ledger));
            await FillChildrenAsync(session, town, ledger, found);
            return found;
        });

    /// <summary>Living records, with what <paramref name="also"/> asks of <c>r</c>: conditions, order, limit.</summary>
    internal Task<List<StoredRecord>> SelectAsync(string town, Ledger ledger, Action<SqlText> also) => store.Database.ReadAsync(async session =>
    {
        var sql = Select(town, ledger, null);
        also(sql);
        var found = await session.ListAsync(sql.ToStatement(), r => Read(r, ledger));
        await FillChildrenAsync(session, town, ledger, found);
        return found;
    });

    /// <summary>
    /// Living records that fulfil a filter, by date and id, some hundreds at a time: all of one moment, and none kept, however
    /// many there are.
    /// </summary>
    public Task StreamAsync(string town, Ledger ledger, DateOnly today, Filter? where, Func<IReadOnlyList<StoredRecord>, Task> read) => store.Database.ReadLongAsync(async session =>
    {
        foreach (var ids in (await IdsAsync(session, town, ledger, today, where, past: false)).Chunk(MostChildrenAtOnce))
        {
            var sql = Ids(Select(town, ledger, null).Raw(" AND r.id"), ids);
            var some = await session.ListAsync(sql.ToStatement(), r => Read(r, ledger));
            await FillChildrenAsync(session, town, ledger, some);
            var place = ids.Index().ToDictionary(i => i.Item, i => i.Index);
            await read([.. some.OrderBy(r => place[r.Id])]);
        }
    });

    /// <summary>Every version that fulfils a filter, past ones first, of records living or voided; none kept.</summary>
    public Task VersionsAsync(string town, Ledger ledger, DateOnly today, Filter? where, Action<StoredRecord> read) => store.Database.ReadLongAsync(async session =>
    {
        foreach (var past in (bool[])[true, false])
        {
            foreach (var ids in (await IdsAsync(session, town, ledger, today, where, past)).Distinct().Chunk(MostChildrenAtOnce))
            {
                var sql = Ids(SelectFrom(ledger, past).Raw(" WHERE r.town = ").Value(town).Raw(" AND r.id"), ids);
                Where(sql, ledger, today, where);
                var some = await session.ListAsync(sql.ToStatement(), r => Read(r, ledger, past));
                await FillChildrenAsync(session, town, ledger, some);
                some.ForEach(read);
            }
        }
    });

    /// <summary>All versions of a record, oldest first.</summary>
    public Task<List<StoredRecord>> HistoryAsync(string town, Ledger ledger, long id) => store.Database.ReadAsync(async session =>
    {
        var versions = new List<StoredRecord>();
        foreach (var past in (bool[])[true, false])
        {
            var sql = SelectFrom(ledger, past).Raw(" WHERE r.town = ").Value(town).Raw(" AND r.id = ").Value(id).Raw(" ORDER BY r._seq");
            versions.AddRange(await session.ListAsync(sql.ToStatement(), r => Read(r, ledger, past)));
        }

        await FillChildrenAsync(session, town, ledger, versions);
        return versions;
    });

    /// <summary>Every version of a ledger, living or past, in no order; children filled some hundreds at a time.</summary>
    internal async Task ReadAllAsync(Session session, string town, Ledger ledger, Action<StoredRecord> read)
    {
        foreach (var past in (bool[])[true, false])
        {
            long afterId = 0, afterSeq = 0;
            while (true)
            {
                var sql = SelectFrom(ledger, past).Raw(" WHERE r.town = ").Value(town)
                    .Raw(" AND (r.id > ").Value(afterId).Raw(" OR (r.id = ").Value(afterId).Raw(" AND r._seq > ").Value(afterSeq)
                    .Raw(")) ORDER BY r.id, r._seq LIMIT ").Value((long)MostChildrenAtOnce);
                var some = await session.ListAsync(sql.ToStatement(), r => Read(r, ledger, past));
                await FillChildrenAsync(session, town, ledger, some);
                some.ForEach(read);
                if (some.Count < MostChildrenAtOnce)
                {
                    break;
                }

                (afterId, afterSeq) = (some[^1].Id, some[^1].Version);
            }
        }
    }

    private void Where(SqlText sql, Ledger ledger, DateOnly today, Filter? where)
    {
        if (where is not null)
        {
            sql.Raw(" AND ");
            new FilterSql(sql, store.Layout, ledger, null, "r", today).Write(where);
        }
    }

    // The ids alone are small, and a page of ids is found by the key whatever the filter is: a planner that took the index of
    // the filter instead would go through all of it for every page.
    private Task<List<long>> IdsAsync(Session session, string town, Ledger ledger, DateOnly today, Filter? where, bool past)
    {
        var sql = new SqlText(session.Dialect).Raw("SELECT r.id FROM ").Name(past ? Identifier.Past(ledger.Code) : Identifier.Of(ledger.Code)).Raw(" r WHERE r.town = ").Value(town);
        Where(sql, ledger, today, where);
        sql.Raw(" ORDER BY ").Column("r", Identifier.Of(ledger.Date.Code)).Raw(", r.id");
        return session.ListAsync(sql.ToStatement(), r => r.GetInt64(0));
    }

    // Rounded up to a power of two, so that few different statements are prepared.
    internal static SqlText Ids(SqlText sql, long[] ids)
    {
        var asked = ids.Concat(Enumerable.Repeat(ids[^1], (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)ids.Length) - ids.Length));
        return sql.Raw(" IN (").List(asked, id => sql.Value(id)).Raw(")");
    }

    private SqlText Select(string town, Ledger ledger, long? asOf)
    {
        var sql = Columns(ledger, past: false).Raw(" FROM ");
        new VersionSource(town, ledger, asOf).Write(sql, "r", ledger.Fields.Columns);
        return sql.Raw(" WHERE r.town = ").Value(town);
    }

    private SqlText SelectFrom(Ledger ledger, bool past) =>
        Columns(ledger, past).Raw(" FROM ").Name(past ? Identifier.Past(ledger.Code) : Identifier.Of(ledger.Code)).Raw(" r");

    private SqlText Columns(Ledger ledger, bool past)
    {
        var sql = new SqlText(store.Database.Dialect).Raw("SELECT r.id, r._seq, r._state, ").Raw(past ? "r._gone" : "NULL");
        return sql.List(ledger.Fields.Columns, f => sql.Raw(", ").Column("r", Identifier.Of(f.Code)), "");
    }

    private StoredRecord Read(System.Data.Common.DbDataReader reader, Ledger ledger, bool past = false)
    {
        var values = new RecordValues(ledger.Fields);
        store.SqlOf(ledger).ReadColumns(reader, 4, values);
        return new StoredRecord(
            ledger, reader.GetInt64(0), reader.GetInt64(1), reader.IsDBNull(2) ? null : reader.GetString(2), values, past ? reader.GetInt64(3) : null);
    }

    private async Task FillChildrenAsync(Session session, string town, Ledger ledger, List<StoredRecord> records)
    {
        foreach (var some in records.Chunk(MostChildrenAtOnce))
        {
            foreach (var field in ledger.Fields.Children)
            {
                await FillAsync(session, town, ledger, field, some);
            }
        }
    }

    private async Task FillAsync(Session session, string town, Ledger ledger, Field field, StoredRecord[] records)
    {
        var byVersion = records.ToDictionary(r => (r.Id, r.Version));
        var lines = new Dictionary<StoredRecord, List<object>>();
        var sql = new SqlText(session.Dialect).Raw("SELECT id, _seq");
        sql.List(field.Lines?.Columns.Select(f => Identifier.Of(f.Code)) ?? [Tables.Value], c => sql.Raw(", ").Name(c), "");
        sql.Raw(" FROM ").Name(Identifier.Child(ledger.Code, field.Code)).Raw(" WHERE town = ").Value(town).Raw(" AND id");
        Ids(sql, [.. records.Select(r => r.Id).Distinct()]).Raw(" ORDER BY id, _seq, _line");
        await session.ReadAsync(sql.ToStatement(), r =>
        {
            if (byVersion.TryGetValue((r.GetInt64(0), r.GetInt64(1)), out var record))
            {
                if (!lines.TryGetValue(record, out var list))
                {
                    lines.Add(record, list = []);
                }

                list.Add(store.SqlOf(ledger).ReadChild(r, 2, field)!);
            }
        });
        foreach (var (record, list) in lines)
        {
            record.Values[field] = field.Lines is null ? list.Cast<string>().ToArray() : list.Cast<RecordValues>().ToList();
        }
    }
}
