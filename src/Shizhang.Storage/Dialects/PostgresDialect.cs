using System.Data.Common;
using System.Net.Sockets;
using Npgsql;
using NpgsqlTypes;
using Shizhang.Core.Filters;
using Shizhang.Core.Records;
using Shizhang.Storage.Schema;

namespace Shizhang.Storage.Dialects;

/// <summary>PostgreSQL 15 and later, in the portable subset that its relatives share.</summary>
internal sealed class PostgresDialect : Dialect
{
    private readonly string _connectionString;
    private readonly string _server;

    public PostgresDialect(string connectionString)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString)
        {
            // Our statements repeat; the server keeps their plans.
            MaxAutoPrepare = 400,
            AutoPrepareMinUsages = 2,
            ApplicationName = "shizhang",
        };
        _connectionString = builder.ToString();
        _server = $"{builder.Host}:{builder.Port}/{builder.Database}";
    }

    public override string Name => "postgres";

    public override Statement BeginWrite { get; } = new("BEGIN ISOLATION LEVEL READ COMMITTED", []);

    public override Statement BeginRead { get; } = new("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", []);

    public override string ForUpdate => " FOR UPDATE";

    public override string TableSuffix => "";

    public override bool GroupsInParallel => true;

    public override string PositionFunction => "strpos";

    public override Statement Describe { get; } = new(
        "SELECT 'PostgreSQL ' || current_setting('server_version'), pg_database_size(current_database())", []);

    public override Statement ActualColumns { get; } = new(
        "SELECT table_name::text, column_name::text FROM information_schema.columns WHERE table_schema = current_schema()", []);

    public override Statement ActualIndexes { get; } = new("SELECT indexname::text FROM pg_indexes WHERE schemaname = current_schema()", []);

    public override async Task<DbConnection> OpenAsync(bool write, CancellationToken cancel)
    {
        var connection = new NpgsqlConnection(_connectionString);
        try
        {
            await connection.OpenAsync(cancel);
            return connection;
        }
        catch (Exception e) when (e is NpgsqlException or SocketException or TimeoutException)
        {
            await connection.DisposeAsync();
            throw new StorageException("database_unreachable", [_server, e.Message], e);
        }
    }

    public override string ColumnType(ColumnKind kind, int scale) => kind switch
    {
        ColumnKind.Text => "text COLLATE \"C\"",
        ColumnKind.Date => "date",
        ColumnKind.YesNo => "boolean",
        ColumnKind.Decimal => $"numeric(28,{scale})",
        ColumnKind.Bytes => "bytea",
        _ => "bigint",
    };

    public override object? ToDatabase(object? value, StorageKind kind, int scale) => value switch
    {
        null => TypedNull.Of(kind),
        long number when kind == StorageKind.Decimal => (decimal)number,
        _ => value,
    };

    public override DbParameter Parameter(int position, object? value) => value switch
    {
        TypedNull nothing => new NpgsqlParameter { NpgsqlDbType = nothing.Type, Value = DBNull.Value },
        null => new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Text, Value = DBNull.Value },
        _ => new NpgsqlParameter { Value = value },
    };

    public override void SetParameter(DbParameter parameter, object? value)
    {
        parameter.Value = value is null or TypedNull ? DBNull.Value : value;
    }

    public override object? FromDatabase(DbDataReader reader, int ordinal, StorageKind kind, int scale)
    {
        if (reader.IsDBNull(ordinal))
        {
            return null;
        }

        return kind switch
        {
            StorageKind.Date => reader.GetFieldValue<DateOnly>(ordinal),
            StorageKind.YesNo => reader.GetBoolean(ordinal),
            StorageKind.Decimal => reader.GetDecimal(ordinal),
            StorageKind.Integer => reader.GetInt64(ordinal),
            _ => reader.GetString(ordinal),
        };
    }

    public override decimal? SumFromDatabase(DbDataReader reader, int ordinal, int scale) =>
        reader.IsDBNull(ordinal) ? null : reader.GetFieldValue<decimal>(ordinal);

    public override void WritePart(SqlText sql, PartKind part, Action operand)
    {
        sql.Raw(part switch
        {
            PartKind.Year => "CAST(EXTRACT(YEAR FROM ",
            PartKind.Month => "CAST(EXTRACT(MONTH FROM ",
            PartKind.Day => "CAST(EXTRACT(DAY FROM ",
            _ => "CAST(char_length(",
        });
        operand();
        sql.Raw(") AS bigint)");
    }

    public override IEnumerable<Statement> Widen(Identifier table, Identifier column, ColumnKind kind, int fromScale, int toScale)
    {
        yield return new SqlText(this).Raw("ALTER TABLE ").Name(table).Raw(" ALTER COLUMN ").Name(column).Raw(" TYPE ").Raw(ColumnType(kind, toScale)).ToStatement();
    }

    public override (string Ledger, string Field)? UniqueViolation(DbException error)
    {
        if (error is not PostgresException { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: { } name }
            || !name.StartsWith(Indexes.UniquePrefix, StringComparison.Ordinal))
        {
            return null;
        }

        var parts = name[Indexes.UniquePrefix.Length..].Split("__");
        return (parts[0], parts[1]);
    }

    public override StorageException? Explain(Exception error) => error switch
    {
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } e => new StorageException("database_full", [_server], e),
        PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.QueryCanceled } e => new StorageException("database_locked", [_server], e),
        PostgresException { SqlState: PostgresErrorCodes.DataCorrupted or PostgresErrorCodes.IndexCorrupted } e => new StorageException("database_corrupt", [_server], e),
        PostgresException => null,
        NpgsqlException e => new StorageException("database_unreachable", [_server, e.Message], e),
        _ => null,
    };

    public override async Task<List<T>> BeginWriteAsync<T>(Session session, Statement query, Func<DbDataReader, T> read)
    {
        await using var batch = Batch(session, [BeginWrite, query]);
        try
        {
            var rows = new List<T>();
            await using var reader = await batch.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                rows.Add(read(reader));
            }

            return rows;
        }
        catch (DbException e) when (Explain(e) is { } explained)
        {
            throw explained;
        }
    }

    public override async Task RunAsync(Session session, IReadOnlyList<Statement> statements, CancellationToken cancel)
    {
        await using var batch = Batch(session, statements);

        try
        {
            await batch.ExecuteNonQueryAsync(cancel);
        }
        catch (PostgresException e) when (Explain(e) is null)
        {
            // The driver does not say which command failed; those before it have completed and know what they were.
            var done = batch.BatchCommands.Cast<NpgsqlBatchCommand>().TakeWhile(c => c.StatementType != StatementType.Unknown).Count();
            throw new BatchException(done, e);
        }
        catch (NpgsqlException e) when (Explain(e) is { } explained)
        {
            throw explained;
        }
    }

    private NpgsqlBatch Batch(Session session, IReadOnlyList<Statement> statements)
    {
        var batch = ((NpgsqlConnection)session.Connection).CreateBatch();
        foreach (var statement in statements)
        {
            var command = new NpgsqlBatchCommand(statement.Text);
            foreach (var value in statement.Values)
            {
                command.Parameters.Add(Parameter(0, value));
            }

            batch.BatchCommands.Add(command);
        }

        return batch;
    }

    public override async Task LoadAsync(Session session, Table table, IAsyncEnumerable<object?[]> rows)
    {
        var copy = new SqlText(this).Raw("COPY ").Name(table.Name).Raw(" (");
        copy.List(table.Columns, c => copy.Name(c.Name)).Raw(") FROM STDIN (FORMAT BINARY)");
        var types = table.Columns.Select(c => c.Kind == ColumnKind.Bytes ? NpgsqlDbType.Bytea : TypedNull.Of(Tables.StoredAs(c.Kind)).Type).ToArray();
        try
        {
            await using var import = await ((NpgsqlConnection)session.Connection).BeginBinaryImportAsync(copy.ToString());
            await foreach (var row in rows)
            {
                await import.StartRowAsync();
                for (var i = 0; i < types.Length; i++)
                {
                    await (row[i] is { } value ? import.WriteAsync(value, types[i]) : import.WriteNullAsync());
                }
            }

            await import.CompleteAsync();
        }
        catch (NpgsqlException e) when (Explain(e) is { } explained)
        {
            throw explained;
        }
    }
}

/// <summary>An empty value that knows its type: one plan serves a statement whether a value is empty or not.</summary>
internal sealed class TypedNull
{
    private static readonly TypedNull Text = new(NpgsqlDbType.Text);
    private static readonly TypedNull Integer = new(NpgsqlDbType.Bigint);
    private static readonly TypedNull Number = new(NpgsqlDbType.Numeric);
    private static readonly TypedNull Day = new(NpgsqlDbType.Date);
    private static readonly TypedNull YesNo = new(NpgsqlDbType.Boolean);

    private TypedNull(NpgsqlDbType type) => Type = type;

    public NpgsqlDbType Type { get; }

    public static TypedNull Of(StorageKind kind) => kind switch
    {
        StorageKind.Integer => Integer,
        StorageKind.Decimal => Number,
        StorageKind.Date => Day,
        StorageKind.YesNo => YesNo,
        _ => Text,
    };
}
