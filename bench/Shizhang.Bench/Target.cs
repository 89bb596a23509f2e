using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;
using Shizhang.Core.Records;
using Shizhang.Storage;
using Shizhang.Storage.Records;

namespace Shizhang.Bench;

/// <summary>A database of one kind, opened by the store and by hand.</summary>
internal sealed class Target : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("shizhang-bench-").FullName;
    private readonly string? _server;
    private readonly string _schema = "b" + Guid.NewGuid().ToString("N");

    private Target(string? server) => _server = server;

    public bool IsSqlite => _server is null;

    public string Name => IsSqlite ? "SQLite" : "PostgreSQL";

    public Database Database { get; private set; } = null!;

    public Store Store { get; private set; } = null!;

    private string ConnectionString => new NpgsqlConnectionStringBuilder(_server) { SearchPath = _schema, MaxAutoPrepare = 50 }.ToString();

    public static async Task<Target> OpenAsync(string? server)
    {
        var target = new Target(server);
        if (server is not null)
        {
            await using var admin = new NpgsqlConnection(server);
            await admin.OpenAsync();
            await ExecuteAsync(admin, $"CREATE SCHEMA {target._schema}");
        }

        target.Database = server is null ? Database.Sqlite(Path.Combine(target._folder, "bench.db")) : Database.Postgres(target.ConnectionString);
        target.Store = (await Store.OpenAsync(target.Database, BenchPack.Load(), BenchPack.Files, TimeProvider.System)).Store!;
        await target.Store.AddTownAsync(BenchPack.Town, "某镇");
        foreach (var (code, kind) in new[] { ("t", "town") }.Concat(Enumerable.Range(0, 12).Select(i => ($"v{i}", "village"))))
        {
            var unit = target.Store.Catalog.Units;
            await target.Store.WriteAsync(BenchPack.Town, new Actor("bench"), new CreateRecord(unit, RecordReader.Read(unit, new Dictionary<string, object?>
            {
                ["code"] = code, ["name"] = code, ["kind"] = kind, ["parent"] = kind == "town" ? null : "t", ["valid_from"] = "2000-01-01",
            }).Values!));
        }

        return target;
    }

    /// <summary>A connection of our own, as durable as the store's.</summary>
    public async Task<DbConnection> ConnectAsync()
    {
        DbConnection connection = IsSqlite ? new SqliteConnection($"Data Source={Path.Combine(_folder, "bench.db")};Pooling=False") : new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        if (IsSqlite)
        {
            await ExecuteAsync(connection, "PRAGMA journal_mode=WAL");
            await ExecuteAsync(connection, "PRAGMA synchronous=FULL");
            await ExecuteAsync(connection, "PRAGMA cache_size=-65536");
            await ExecuteAsync(connection, "PRAGMA mmap_size=268435456");
        }

        return connection;
    }

    public static async Task ExecuteAsync(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 300;
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        await Database.DisposeAsync();
        if (_server is not null)
        {
            NpgsqlConnection.ClearAllPools();
            await using var admin = new NpgsqlConnection(_server);
            await admin.OpenAsync();
            await ExecuteAsync(admin, $"DROP SCHEMA {_schema} CASCADE");
        }

        Directory.Delete(_folder, recursive: true);
    }
}
