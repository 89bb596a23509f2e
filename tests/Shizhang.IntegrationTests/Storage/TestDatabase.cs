using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;
using Shizhang.Core.Catalogs;
using Shizhang.Core.Records;
using Shizhang.Storage;
using Shizhang.Storage.Records;
using Shizhang.Storage.Schema;

namespace Shizhang.IntegrationTests.Storage;

public enum Kind
{
    Sqlite,
    Postgres,
}

/// <summary>An empty database of a kind, with a store on the test pack and one town of two villages.</summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    public const string Town = "t1";
    public static readonly Actor Clerk = new("clerk", "127.0.0.1");

    private readonly string _folder = Directory.CreateTempSubdirectory("shizhang-test-").FullName;
    private readonly string _schema = "t" + Guid.NewGuid().ToString("N");
    private readonly Kind _kind;
    private Dictionary<string, string> _files = TestPack.Files();

    private TestDatabase(Kind kind) => _kind = kind;

    public ManualClock Clock { get; } = new(new DateTimeOffset(2018, 6, 1, 1, 0, 0, TimeSpan.Zero));

    public Database Database { get; private set; } = null!;

    public Store Store { get; private set; } = null!;

    public string File => Path.Combine(_folder, "data.db");

    public string Target => _kind == Kind.Sqlite ? File : ConnectionString;

    public Ledger Ledger(string code) => Store.Catalog.Ledgers[code];

    public static string Server => Environment.GetEnvironmentVariable("SHIZHANG_TEST_POSTGRES") ?? "";

    private string ConnectionString => new NpgsqlConnectionStringBuilder(Server) { SearchPath = _schema }.ToString();

    public static async Task<TestDatabase> CreateAsync(Kind kind, bool withTown = true)
    {
        Assert.SkipWhen(kind == Kind.Postgres && Server.Length == 0, "PostgreSQL is not here: ./test starts one when it can");
        var database = new TestDatabase(kind);
        if (kind == Kind.Postgres)
        {
            await database.SqlAsync($"CREATE SCHEMA {database._schema}", Server);
        }

        await database.OpenAsync();
        if (withTown)
        {
            await database.AddTownAsync(Town);
        }

        return database;
    }

    public async Task AddTownAsync(string town)
    {
        await Store.AddTownAsync(town, "某镇");
        await UnitAsync(town, "town", "town", null);
        await UnitAsync(town, "v1", "village", "town");
        await UnitAsync(town, "v2", "village", "town");
    }

    public async Task<Written> UnitAsync(string town, string code, string kind, string? parent, string? until = null, string? successor = null) =>
        Assert.IsType<Written>(await WriteAsync("unit", new() { ["code"] = code, ["name"] = "名" + code, ["kind"] = kind, ["parent"] = parent, ["valid_from"] = "2010-01-01", ["valid_until"] = until, ["successor"] = successor }, town));

    /// <summary>Opens the store again, with a pack that differs when <paramref name="changes"/> are given.</summary>
    public async Task<IReadOnlyList<SchemaRefusal>> ReopenAsync(params (string Path, string Text)[] changes)
    {
        await CloseAsync();
        var before = _files;
        _files = TestPack.Files(changes);
        var refusals = await OpenAsync();
        if (refusals.Count > 0)
        {
            _files = before;
            await OpenAsync();
        }

        return refusals;
    }

    public RecordValues Values(string ledger, Dictionary<string, object?> inputs)
    {
        var read = RecordReader.Read(Ledger(ledger), inputs);
        Assert.Empty(read.Refusals);
        return read.Values!;
    }

    public Task<WriteOutcome> WriteAsync(string ledger, Dictionary<string, object?> inputs, string town = Town) =>
        Store.WriteAsync(town, Clerk, new CreateRecord(Ledger(ledger), Values(ledger, inputs), Ledger(ledger).Workflow?.Start));

    public async Task<long> AddAsync(string ledger, Dictionary<string, object?> inputs, string town = Town) =>
        Assert.IsType<Written>(await WriteAsync(ledger, inputs, town)).Id;

    public Task<WriteOutcome> AmendAsync(string ledger, long id, long version, Dictionary<string, object?> inputs) =>
        Store.WriteAsync(Town, Clerk, new AmendRecord(Ledger(ledger), id, version, Values(ledger, inputs), Ledger(ledger).Workflow?.Start));

    /// <summary>Runs SQL behind the store's back.</summary>
    public Task SqlAsync(string sql, string? connection = null) => CommandAsync(sql, connection, c => c.ExecuteNonQueryAsync());

    /// <summary>The indexes that are there, in the order of their names.</summary>
    public async Task<List<string>> IndexesAsync()
    {
        var names = new List<string>();
        var sql = _kind == Kind.Sqlite ? "SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL" : "SELECT indexname::text FROM pg_indexes WHERE schemaname = current_schema()";
        await CommandAsync(sql, null, async c =>
        {
            await using var reader = await c.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                names.Add(reader.GetString(0));
            }
        });
        return [.. names.Order(StringComparer.Ordinal)];
    }

    private async Task CommandAsync(string sql, string? connection, Func<DbCommand, Task> run)
    {
        await using DbConnection open = _kind == Kind.Sqlite ? new SqliteConnection($"Data Source={File};Pooling=False") : new NpgsqlConnection(connection ?? ConnectionString);
        await open.OpenAsync();
        await using var command = open.CreateCommand();
        command.CommandText = sql;
        await run(command);
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        if (_kind == Kind.Postgres)
        {
            NpgsqlConnection.ClearAllPools();
            await SqlAsync($"DROP SCHEMA {_schema} CASCADE", Server);
        }

        Directory.Delete(_folder, recursive: true);
    }

    public Task CloseForTestAsync() => CloseAsync();

    private async Task<IReadOnlyList<SchemaRefusal>> OpenAsync()
    {
        Database = _kind == Kind.Sqlite ? Database.Sqlite(File) : Database.Postgres(ConnectionString);
        var opened = await Store.OpenAsync(Database, TestPack.Load(_files), _files, Clock);
        if (opened.Store is { } store)
        {
            Store = store;
        }

        return opened.Refusals;
    }

    private async Task CloseAsync()
    {
        await Store.DisposeAsync();
        await Database.DisposeAsync();
    }
}

/// <summary>A clock that stands until it is set.</summary>
internal sealed class ManualClock(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;
}
