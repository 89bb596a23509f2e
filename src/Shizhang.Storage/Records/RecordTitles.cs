using Shizhang.Core.Catalogs;
using Shizhang.Core.Filters;
using Shizhang.Core.Records;
using Shizhang.Storage.Dialects;
using Shizhang.Storage.Schema;

namespace Shizhang.Storage.Records;

/// <summary>
/// What somebody who searches may find of a ledger: at which units, under which condition, and at which units personal facts are
/// shown to them in clear; null for all each time.
/// </summary>
public sealed record Searcher(Func<Ledger, IReadOnlyCollection<string>?> Units, Func<Ledger, Filter?> Visible, Func<Ledger, IReadOnlyCollection<string>?> Clear);

/// <summary>The one-line names of records that others refer to, a ledger at a time.</summary>
public sealed class RecordTitles(Store store)
{
    private const int MostAtOnce = 500;

    // A member is titled by a person; deeper than that nobody reads.
    private const int MostLevels = 3;

    /// <summary>Titles of the records of a ledger by id; one that is gone has none.</summary>
    public Task<Dictionary<long, string>> OfAsync(string town, Ledger ledger, IReadOnlyCollection<long> ids, UnitTree tree) =>
        store.Database.ReadAsync(session => OfAsync(session, town, ledger, ids, tree, 1));

    /// <summary>
    /// Titles of all records of a ledger that <paramref name="where"/> lets through, one after the other. A title that names another
    /// record is looked up and masked; any other is made of the record at hand, in clear when <paramref name="isClear"/>.
    /// <paramref name="seen"/> is shown each record besides.
    /// </summary>
    public async Task AllAsync(string town, Ledger ledger, DateOnly today, Filter? where, UnitTree tree, bool isClear, Action<long, string> named, Action<StoredRecord>? seen = null)
    {
        var (title, referring) = (new RecordTitle(ledger), new List<long>());
        var isReferring = title.Fields.Any(f => f.To is not null);
        await new RecordArchive(store).StreamAsync(town, ledger, today, where, some =>
        {
            foreach (var record in some)
            {
                seen?.Invoke(record);
                if (isReferring)
                {
                    referring.Add(record.Id);
                }
                else
                {
                    named(record.Id, title.Of(record.Values, tree, isClear: isClear));
                }
            }

            return Task.CompletedTask;
        });
        foreach (var (id, text) in await OfAsync(town, ledger, referring, tree))
        {
            named(id, text);
        }
    }

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
    /// Records whose title has a text in it, newest first: what somebody means who writes a name instead of a number. With
    /// <paramref name="isWhole"/> only those of which it is the whole title, or the whole personal name in it.
    /// </summary>
    public Task<List<long>> FindAsync(string town, Ledger ledger, string text, Searcher searcher, bool isWhole, int most) =>
        store.Database.ReadAsync(session => FindAsync(session, town, ledger, text, searcher, isWhole, isWholeTitle: true, most, 1));

    private async Task<List<long>> FindAsync(Session session, string town, Ledger ledger, string text, Searcher searcher, bool isWhole, bool isWholeTitle, int most, int level)
    {
        var title = new RecordTitle(ledger);
        isWholeTitle &= title.Fields is [var only] && ledger.Title == $"{{{only.Code}}}";
        var sql = new SqlText(session.Dialect).Raw("SELECT r.id FROM ").Name(Identifier.Of(ledger.Code)).Raw(" r WHERE r.town = ").Value(town);
        new RecordPager(store).Where(sql, new PageRequest(ledger, LocalTime.Today(store.Clock)) { Units = level == 1 ? searcher.Units(ledger) : null, Where = searcher.Visible(ledger) });
        sql.Raw(" AND (1 = 0");
        foreach (var field in title.Fields.Where(f => f.Type.Stored == StorageKind.Text && (!isWhole || isWholeTitle || f.Personal)))
        {
            sql.Raw(" OR ");
            Match(sql, ledger, field, text, isWhole, field.Personal ? searcher.Clear(ledger) : null);
        }

        foreach (var field in level < MostLevels ? title.Fields.Where(f => f.To is not null) : [])
        {
            var ids = await FindAsync(session, town, store.Catalog.Ledgers[field.To!], text, searcher, isWhole, isWholeTitle, MostAtOnce, level + 1);
            sql.Raw(" OR ").Column("r", Identifier.Of(field.Code)).Raw(" IN (").List(ids.DefaultIfEmpty(0), id => sql.Value(id)).Raw(")");
        }

        sql.Raw(") ORDER BY r.id DESC LIMIT ").Value((long)most);
        return await session.ListAsync(sql.ToStatement(), r => r.GetInt64(0));
    }

    // A masked name is met by the whole of it, typed by whoever knows it, and by its first character, which the mask shows. By no
    // longer beginning and no inner part: with those one could feel one's way through what is masked, a character at a time.
    private static void Match(SqlText sql, Ledger ledger, Field field, string text, bool isWhole, IReadOnlyCollection<string>? clear)
    {
        var column = Identifier.Of(field.Code);
        sql.Raw("(").Column("r", column).Raw(" = ").Value(text);
        if (!isWhole && clear is not null && field.Type.Code == "text" && text is [>= '\u4e00' and <= '\u9fff'])
        {
            sql.Raw(" OR substr(").Column("r", column).Raw(", 1, 1) = ").Value(text);
        }

        if (!isWhole && clear is not { Count: 0 })
        {
            sql.Raw(" OR (").Raw(sql.Dialect.PositionFunction).Raw("(").Column("r", column).Raw(", ").Value(text).Raw(") > 0");
            if (clear is not null)
            {
                sql.Raw(" AND ").Column("r", Identifier.Of(ledger.Unit.Code)).Raw(" IN (").List(clear, u => sql.Value(u)).Raw(")");
            }

            sql.Raw(")");
        }

        sql.Raw(")");
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
