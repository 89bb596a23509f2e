using System.Data.Common;

namespace Shizhang.Storage.Dialects;

/// <summary>One connection with its prepared statements. Used by one caller at a time.</summary>
internal sealed class Session(Dialect dialect, DbConnection connection) : IAsyncDisposable
{
    // Statements made from user filters differ without end; past this many the oldest habits are forgotten together.
    private const int MostPrepared = 500;

    private readonly Dictionary<string, DbCommand> _prepared = new(StringComparer.Ordinal);

    public Dialect Dialect { get; } = dialect;

    public DbConnection Connection { get; } = connection;

    /// <summary>The command for a statement, prepared once per session, with its values set.</summary>
    public DbCommand Command(Statement statement)
    {
        if (_prepared.TryGetValue(statement.Text, out var command))
        {
            for (var i = 0; i < statement.Values.Length; i++)
            {
                Dialect.SetParameter(command.Parameters[i], statement.Values[i]);
            }

            return command;
        }

        if (_prepared.Count >= MostPrepared)
        {
            Forget();
        }

        command = Connection.CreateCommand();
        command.CommandText = statement.Text;
        for (var i = 0; i < statement.Values.Length; i++)
        {
            command.Parameters.Add(Dialect.Parameter(i + 1, statement.Values[i]));
        }

        _prepared.Add(statement.Text, command);
        return command;
    }

    /// <summary>Runs one statement; the number of rows it changed.</summary>
    public async Task<int> ExecuteAsync(Statement statement, CancellationToken cancel = default)
    {
        try
        {
            return await Command(statement).ExecuteNonQueryAsync(cancel);
        }
        catch (DbException e) when (Dialect.Explain(e) is { } explained)
        {
            throw explained;
        }
    }

    /// <summary>Fixed SQL without values.</summary>
    public Task<int> ExecuteAsync(string sql, CancellationToken cancel = default) => ExecuteAsync(new Statement(sql, []), cancel);

    /// <summary>Runs a query and gives each row to <paramref name="read"/>; rows stream, nothing is kept.</summary>
    public async Task ReadAsync(Statement statement, Action<DbDataReader> read, CancellationToken cancel = default)
    {
        try
        {
            await using var reader = await Command(statement).ExecuteReaderAsync(cancel);
            while (await reader.ReadAsync(cancel))
            {
                read(reader);
            }
        }
        catch (DbException e) when (Dialect.Explain(e) is { } explained)
        {
            throw explained;
        }
    }

    public async Task<List<T>> ListAsync<T>(Statement statement, Func<DbDataReader, T> read, CancellationToken cancel = default)
    {
        var rows = new List<T>();
        await ReadAsync(statement, r => rows.Add(read(r)), cancel);
        return rows;
    }

    public async Task<T?> FirstAsync<T>(Statement statement, Func<DbDataReader, T> read, CancellationToken cancel = default)
    {
        var first = default(T);
        var found = false;
        await ReadAsync(statement, r => (first, found) = found ? (first, true) : (read(r), true), cancel);
        return first;
    }

    public async ValueTask DisposeAsync()
    {
        Forget();
        await Connection.DisposeAsync();
    }

    private void Forget()
    {
        foreach (var command in _prepared.Values)
        {
            command.Dispose();
        }

        _prepared.Clear();
    }
}
