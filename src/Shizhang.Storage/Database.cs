using System.Collections.Concurrent;
using Shizhang.Storage.Dialects;

namespace Shizhang.Storage;

/// <summary>A database and its connections: SQLite in a file, or PostgreSQL. Readers share a pool; each writer has its own.</summary>
public sealed class Database : IAsyncDisposable
{
    /// <summary>The name of the SQLite file in a data folder.</summary>
    public const string FileName = "shizhang.db";

    /// <summary>The folder in a data folder for texts given to be audited: kept for a while only, so backups leave it out.</summary>
    public const string AuditsFolder = "audits";

    private readonly ConcurrentBag<Session> _readers = [];

    private Database(Dialect dialect) => Dialect = dialect;

    internal Dialect Dialect { get; }

    /// <summary>SQLite lets one connection write at a time; ours take turns here instead of waiting on the file lock.</summary>
    internal SemaphoreSlim? WriteTurn { get; private init; }

    /// <summary>The file at <paramref name="path"/>, made when it is not there; its folder must be.</summary>
    public static Database Sqlite(string path) => new(new SqliteDialect(path)) { WriteTurn = new SemaphoreSlim(1) };

    /// <summary>A PostgreSQL database, 15 or later, by its Npgsql connection string.</summary>
    public static Database Postgres(string connectionString) => new(new PostgresDialect(connectionString));

    /// <summary>What the database is (<c>SQLite 3.50.1</c>) and how many bytes it takes.</summary>
    public Task<(string Name, long Bytes)> DescribeAsync() => ReadAsync(session => session.FirstAsync(Dialect.Describe, r => (r.GetString(0), r.GetInt64(1))));

    /// <summary>Runs <paramref name="read"/> in one moment: all its statements see the same journal number.</summary>
    internal async Task<T> ReadAsync<T>(Func<Session, Task<T>> read, CancellationToken cancel = default)
    {
        if (!_readers.TryTake(out var session))
        {
            session = await OpenAsync(write: false, cancel);
        }

        try
        {
            await session.ExecuteAsync(Dialect.BeginRead, cancel);
            var result = await read(session);
            await session.ExecuteAsync("COMMIT", cancel);
            _readers.Add(session);
            return result;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs one statement, which sees one moment without a transaction around it: a third of the turns to a server.</summary>
    internal async Task<List<T>> ListAsync<T>(Statement statement, Func<System.Data.Common.DbDataReader, T> read)
    {
        if (!_readers.TryTake(out var session))
        {
            session = await OpenAsync(write: false);
        }

        try
        {
            var rows = await session.ListAsync(statement, read);
            _readers.Add(session);
            return rows;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    /// <summary>As <see cref="ReadAsync"/>, for a read that goes through more than memory should hold: on a connection of its own.</summary>
    internal async Task ReadLongAsync(Func<Session, Task> read)
    {
        await using var session = await OpenAsync(write: false);
        if (Dialect.BeforeLongRead is { } before)
        {
            await session.ExecuteAsync(before);
        }

        await session.ExecuteAsync(Dialect.BeginRead);
        await read(session);
        await session.ExecuteAsync("COMMIT");
    }

    internal async Task<Session> OpenAsync(bool write, CancellationToken cancel = default) =>
        new(Dialect, await Dialect.OpenAsync(write, cancel));

    public async ValueTask DisposeAsync()
    {
        while (_readers.TryTake(out var session))
        {
            await session.DisposeAsync();
        }

        WriteTurn?.Dispose();
    }
}
