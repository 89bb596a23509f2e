using System.Collections.Concurrent;
using Shizhang.Core.Catalogs;
using Shizhang.Storage.Dialects;
using Shizhang.Storage.Records;
using Shizhang.Storage.Schema;

namespace Shizhang.Storage;

/// <summary>A database opened with a catalog: its tables follow the catalog, and each town has one write path.</summary>
public sealed class Store : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<TownWriter>> _writers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Ledger, RecordSql> _sql = new();
    private readonly ConcurrentDictionary<string, LastWritten> _lastWritten = new(StringComparer.Ordinal);

    private Store(Database database, Catalog catalog, Layout layout, TimeProvider clock)
    {
        Database = database;
        Catalog = catalog;
        Layout = layout;
        Clock = clock;
    }

    public Database Database { get; }

    public Catalog Catalog { get; }

    internal Layout Layout { get; }

    /// <summary>The clock writes are dated by.</summary>
    public TimeProvider Clock { get; }

    /// <summary>
    /// Opens the store. When the catalog is not the one the tables follow, or the program has grown tables of its own, they are
    /// brought to it and the pack's files are kept; a change that would lose data is refused and named, and nothing is changed.
    /// </summary>
    public static async Task<OpenedStore> OpenAsync(Database database, Catalog catalog, IReadOnlyDictionary<string, string> packFiles, TimeProvider clock)
    {
        var isSame = await PackShelf.LatestAsync(database) == catalog.Digest;
        if (!isSame || !await database.ReadAsync(session => SystemTables.StandAsync(session, catalog)))
        {
            await using var session = await database.OpenAsync(write: true);
            var refusals = await new SchemaChange(session, catalog).ApplyAsync();
            if (refusals.Count > 0)
            {
                return new OpenedStore(null, refusals);
            }

            if (!isSame)
            {
                await PackShelf.KeepAsync(session, catalog.Digest, packFiles, clock.GetUtcNow());
            }
        }

        var layout = await database.ReadAsync(async session => new Layout(await SchemaChange.KeptAsync(session)));
        return new OpenedStore(new Store(database, catalog, layout, clock), []);
    }

    /// <summary>Adds a town with an empty journal; does nothing when it is there.</summary>
    public async Task AddTownAsync(string town, string name)
    {
        await using var session = await Database.OpenAsync(write: true);
        await session.ExecuteAsync(new Statement(
            "INSERT INTO _town (town, name, head, head_at, head_hash) SELECT $1, $2, 0, 0, $3 WHERE NOT EXISTS (SELECT 1 FROM _town WHERE town = $1)",
            [town, name, Journal.JournalLine.Origin]));
    }

    /// <summary>Towns in this database by code, each with its name.</summary>
    public Task<List<(string Code, string Name)>> TownsAsync() => Database.ReadAsync(
        session => session.ListAsync(new Statement("SELECT town, name FROM _town ORDER BY town", []), r => (r.GetString(0), r.GetString(1))));

    /// <summary>
    /// Writes the changes all or not at all. Completes when they are durable, or refused with nothing changed.
    /// <paramref name="progress"/> is told how many are carried out so far.
    /// </summary>
    public Task<IReadOnlyList<WriteOutcome>> WriteAsync(string town, Actor actor, IReadOnlyList<RecordWrite> writes, Action<int>? progress = null) =>
        EnqueueAsync(town, actor, [.. writes.Select(w => new RecordChange(w))], progress);

    /// <summary>Writes one change.</summary>
    public async Task<WriteOutcome> WriteAsync(string town, Actor actor, RecordWrite write) =>
        (await EnqueueAsync(town, actor, [new RecordChange(write)]))[0];

    internal Task<IReadOnlyList<WriteOutcome>> EnqueueAsync(string town, Actor actor, IReadOnlyList<Change> changes, Action<int>? progress = null) =>
        _writers.GetOrAdd(town, t => new Lazy<TownWriter>(() => new TownWriter(Database, new WriteGroup(this, t))))
            .Value.WriteAsync(new Pending(actor, changes) { Progress = progress });

    /// <summary>What this process wrote last in a town; null when it wrote nothing.</summary>
    internal LastWritten? LastWritten(string town) => _lastWritten.GetValueOrDefault(town);

    internal void Wrote(string town, LastWritten last) => _lastWritten[town] = last;

    internal RecordSql SqlOf(Ledger ledger) => _sql.GetOrAdd(ledger, l => new RecordSql(Database.Dialect, Layout, l));

    public async ValueTask DisposeAsync()
    {
        foreach (var writer in _writers.Values.Where(w => w.IsValueCreated))
        {
            await writer.Value.DisposeAsync();
        }

        _writers.Clear();
    }
}

/// <summary>The store, or what the change of pack would have lost.</summary>
public sealed record OpenedStore(Store? Store, IReadOnlyList<SchemaRefusal> Refusals);
