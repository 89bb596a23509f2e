using Shizhang.Core.Catalogs;
using Shizhang.Core.Figures;
using Shizhang.Core.Filters;
using Shizhang.Core.Records;
using Shizhang.Storage.Dialects;
using Shizhang.Storage.Schema;

namespace Shizhang.Storage.Records;

/// <summary>
/// What a list of records asks: which (units null for all, period null for all time), in which order, and after which record the
/// page begins. The order ends in the id, so no two records stand equal.
/// </summary>
public sealed record PageRequest(Ledger Ledger, DateOnly Today)
{
    public Filter? Where { get; init; }

    public IReadOnlyCollection<string>? Units { get; init; }

    public Period? Period { get; init; }

    /// <summary>Only these; null for any.</summary>
    public IReadOnlyCollection<long>? Ids { get; init; }

    /// <summary>The field sorted by; the ledger's date when left out.</summary>
    public Field? Sort { get; init; }

    /// <summary>In the order of the records' numbers, whatever <see cref="Sort"/> says.</summary>
    public bool ById { get; init; }

    public bool Ascending { get; init; }

    /// <summary>The last record of the page before: its value of the sorted field and its id.</summary>
    public (object? Value, long Id)? After { get; init; }

    public int Most { get; init; } = 50;

    /// <summary>How many records to pass over after that; programs ask so, pages do not.</summary>
    public long Skip { get; init; }
}

/// <summary>A page of records, and whether there are more.</summary>
public sealed record RecordPage(IReadOnlyList<StoredRecord> Records, bool HasMore);

/// <summary>A page with the field it is sorted by and how many records there are, at most <see cref="RecordPager.MostCounted"/> + 1.</summary>
public sealed record ListedPage(RecordPage Page, Field Sort, long Count);

/// <summary>Pages of records by keyset: the thousandth page costs what the first does.</summary>
public sealed class RecordPager(Store store)
{
    /// <summary>Counts stop here: beyond it a list says "more than".</summary>
    public const int MostCounted = 10_000;

    // So many of the first records are looked through before the whole ledger is.
    private const int FirstLooked = 10_000;

    // So many records are asked for by their ids.
    private const int MostNamed = 512;

    /// <summary>
    /// A page of a list that people look at. Where more than <see cref="MostCounted"/> stand in it, only the date has an order that
    /// costs nothing, so it is sorted by that; and what so many records fulfil is soon found among the first of them.
    /// </summary>
    public async Task<ListedPage> OpenAsync(string town, PageRequest request)
    {
        var all = request.Where is null ? null : await IdsAsync(town, request);
        var count = all?.Count ?? await CountAsync(town, request);
        if (count <= MostCounted)
        {
            // What few records fulfil has been found: looking for it once more would go through as many again.
            var named = all?.Count <= MostNamed ? request with { Ids = all, Where = null, Units = null, Period = null } : request;
            return new ListedPage(await ReadAsync(town, named), request.Sort ?? request.Ledger.Date, count);
        }

        var byDate = request.Sort is null || request.Sort == request.Ledger.Date ? request : request with { Sort = null, After = null };
        var found = byDate.Where is null ? [] : await FirstIdsAsync(town, byDate);
        var page = await ReadAsync(town, found.Count > byDate.Most ? byDate with { Ids = found, Where = null } : byDate);
        return new ListedPage(page, request.Ledger.Date, count);
    }

    public async Task<RecordPage> ReadAsync(string town, PageRequest request)
    {
        var sort = request.Sort ?? request.Ledger.Date;
        var found = await new RecordArchive(store).SelectAsync(town, request.Ledger, sql =>
        {
            Where(sql, request);
            After(sql, request, sort);
            Order(sql, request, sort);
            sql.Raw(" LIMIT ").Value(request.Most + 1L);
            if (request.Skip > 0)
            {
                sql.Raw(" OFFSET ").Value(request.Skip);
            }
        });
        return new RecordPage(found.Count > request.Most ? found[..request.Most] : found, found.Count > request.Most);
    }

    /// <summary>How many records there are, at most <paramref name="most"/> + 1.</summary>
    public Task<long> CountAsync(string town, PageRequest request, long most = MostCounted) => store.Database.ReadAsync(async session =>
    {
        var sql = new SqlText(session.Dialect).Raw("SELECT COUNT(*) FROM (SELECT 1 FROM ").Name(Identifier.Of(request.Ledger.Code)).Raw(" r WHERE r.town = ").Value(town);
        Where(sql, request);
        sql.Raw(" LIMIT ").Value(most + 1).Raw(") counted");
        return await session.FirstAsync(sql.ToStatement(), r => r.GetInt64(0));
    });

    /// <summary>How many records stand in each state; one that has none does not count.</summary>
    public Task<Dictionary<string, long>> CountByStateAsync(string town, PageRequest request) => store.Database.ReadAsync(async session =>
    {
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        var sql = new SqlText(session.Dialect).Raw("SELECT ").Column("r", Tables.State).Raw(", COUNT(*) FROM ").Name(Identifier.Of(request.Ledger.Code)).Raw(" r WHERE r.town = ").Value(town).Raw(" AND ").Column("r", Tables.State).Raw(" IS NOT NULL");
        Where(sql, request);
        sql.Raw(" GROUP BY ").Column("r", Tables.State);
        await session.ReadAsync(sql.ToStatement(), r => counts.Add(r.GetString(0), r.GetInt64(1)));
        return counts;
    });

    /// <summary>How many records have each day in a date field; an empty one does not count.</summary>
    public Task<List<(DateOnly Day, long Count)>> CountByDayAsync(string town, PageRequest request, Field date) => store.Database.ReadAsync(async session =>
    {
        var column = Identifier.Of(date.Code);
        var sql = new SqlText(session.Dialect).Raw("SELECT ").Column("r", column).Raw(", COUNT(*) FROM ").Name(Identifier.Of(request.Ledger.Code)).Raw(" r WHERE r.town = ").Value(town).Raw(" AND ").Column("r", column).Raw(" IS NOT NULL");
        Where(sql, request);
        sql.Raw(" GROUP BY ").Column("r", column).Raw(" ORDER BY ").Column("r", column);
        return await session.ListAsync(sql.ToStatement(), r => ((DateOnly)session.Dialect.FromDatabase(r, 0, StorageKind.Date, 0)!, r.GetInt64(1)));
    });

    /// <summary>Ids of all that is asked, at most <see cref="MostCounted"/> + 1, in no order.</summary>
    private Task<List<long>> IdsAsync(string town, PageRequest request) => store.Database.ReadAsync(session =>
    {
        var sql = new SqlText(session.Dialect).Raw("SELECT r.id FROM ").Name(Identifier.Of(request.Ledger.Code)).Raw(" r WHERE r.town = ").Value(town);
        Where(sql, request);
        return session.ListAsync(sql.Raw(" LIMIT ").Value(MostCounted + 1L).ToStatement(), r => r.GetInt64(0));
    });

    /// <summary>Ids of the page's records among the first that the frame lets in; fewer than a page when they stand further on.</summary>
    private Task<List<long>> FirstIdsAsync(string town, PageRequest request) => store.Database.ReadAsync(session =>
    {
        var (sort, sql) = (request.Ledger.Date, new SqlText(session.Dialect).Raw("SELECT r.id FROM (SELECT * FROM "));
        sql.Name(Identifier.Of(request.Ledger.Code)).Raw(" r WHERE r.town = ").Value(town);
        Where(sql, request with { Where = null });
        After(sql, request, sort);
        Order(sql, request, sort);
        sql.Raw(" LIMIT ").Value((long)FirstLooked).Raw(") r WHERE r.town = ").Value(town);
        Where(sql, request with { Period = null, Units = null });
        Order(sql, request, sort);
        return session.ListAsync(sql.Raw(" LIMIT ").Value(request.Most + 1L).ToStatement(), r => r.GetInt64(0));
    });

    private static void Order(SqlText sql, PageRequest request, Field sort)
    {
        sql.Raw(" ORDER BY ");
        var direction = request.Ascending ? "" : " DESC";
        if (!request.ById)
        {
            if (!sort.Required)
            {
                sql.Raw("(").Column("r", Identifier.Of(sort.Code)).Raw(" IS NULL), ");
            }

            sql.Column("r", Identifier.Of(sort.Code)).Raw(direction).Raw(", ");
        }

        sql.Raw("r.id").Raw(direction);
    }

    internal void Where(SqlText sql, PageRequest request)
    {
        if (request.Units is { } units)
        {
            sql.Raw(" AND ").Column("r", Identifier.Of(request.Ledger.Unit.Code)).Raw(" IN (");
            sql.List(units.DefaultIfEmpty(""), u => sql.Value(u)).Raw(")");
        }

        if (request.Ids is { } ids)
        {
            RecordArchive.Ids(sql.Raw(" AND r.id"), [.. ids.DefaultIfEmpty(0)]);
        }

        if (request.Period is { } period)
        {
            var date = Identifier.Of(request.Ledger.Date.Code);
            sql.Raw(" AND ").Column("r", date).Raw(" >= ").Value(period.From, StorageKind.Date, 0).Raw(" AND ").Column("r", date).Raw(" <= ").Value(period.To, StorageKind.Date, 0);
        }

        if (request.Where is { } where)
        {
            sql.Raw(" AND ");
            new FilterSql(sql, store.Layout, request.Ledger, null, "r", request.Today).Write(where);
        }
    }

    private void After(SqlText sql, PageRequest request, Field sort)
    {
        if (request.After is not { } after)
        {
            return;
        }

        var (column, beyond) = (Identifier.Of(sort.Code), request.Ascending ? " > " : " < ");
        var (kind, scale) = store.Layout.Of(request.Ledger, null, sort);
        if (request.ById)
        {
            sql.Raw(" AND r.id").Raw(beyond).Value(after.Id);
            return;
        }

        if (after.Value is null)
        {
            sql.Raw(" AND ").Column("r", column).Raw(" IS NULL AND r.id").Raw(beyond).Value(after.Id);
            return;
        }

        sql.Raw(" AND (").Column("r", column).Raw(beyond).Value(after.Value, kind, scale)
            .Raw(" OR (").Column("r", column).Raw(" = ").Value(after.Value, kind, scale).Raw(" AND r.id").Raw(beyond).Value(after.Id).Raw(")");
        if (sort.Required)
        {
            // Said once more in the way an index understands.
            sql.Raw(") AND ").Column("r", column).Raw(request.Ascending ? " >= " : " <= ").Value(after.Value, kind, scale);
        }
        else
        {
            sql.Raw(" OR ").Column("r", column).Raw(" IS NULL)");
        }
    }
}
