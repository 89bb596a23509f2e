using System.Data.Common;
using Microsoft.Data.Sqlite;
using Shizhang.Core.Filters;
using Shizhang.Core.Records;
using Shizhang.Storage.Schema;

namespace Shizhang.Storage.Dialects;

/// <summary>
/// SQLite: the embedded default. No decimal type, so decimals are whole numbers of their last digit; no date type, so days
/// are ISO text, which sorts as days do.
/// </summary>
internal sealed class SqliteDialect(string path) : Dialect
{
    private readonly string _connectionString = new SqliteConnectionStringBuilder
    {
        DataSource = path,
        Mode = SqliteOpenMode.ReadWriteCreate,
        Pooling = false,
        DefaultTimeout = 5,
    }.ToString();

    public override string Name => "sqlite";

    public string Path { get; } = path;

    public override Statement BeginWrite { get; } = new("BEGIN IMMEDIATE", []);

    // Pages of a mapped file count as the process's own memory, and one pass needs none of them twice.
    public override Statement? BeforeLongRead { get; } = new("PRAGMA mmap_size = 0", []);

    public override Statement BeginRead { get; } = new("BEGIN", []);

    public override string ForUpdate => "";

    public override string TableSuffix => " STRICT";

    public override bool FiltersAggregates => true;

    public override string PositionFunction => "instr";

    public override Statement Describe { get; } = new(
        "SELECT 'SQLite ' || sqlite_version(), c.page_count * s.page_size FROM pragma_page_count() c, pragma_page_size() s", []);

    public override Statement ActualColumns { get; } = new(
        "SELECT m.name, c.name FROM sqlite_schema m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%'", []);

    public override Statement ActualIndexes { get; } = new("SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL", []);

    public override async Task<DbConnection> OpenAsync(bool write, CancellationToken cancel)
    {
        var connection = new SqliteConnection(_connectionString);
        try
        {
            await connection.OpenAsync(cancel);
            await using var command = connection.CreateCommand();
            // FULL: a write that was acknowledged survives a power cut. A writer waits up to 5 s for another process.
            command.CommandText = """
                PRAGMA busy_timeout = 5000;
                PRAGMA journal_mode = WAL;
                PRAGMA synchronous = FULL;
                PRAGMA cache_size = -65536;
                PRAGMA mmap_size = 268435456;
                PRAGMA temp_store = MEMORY;
                """;
            await command.ExecuteNonQueryAsync(cancel);
            if (!write)
            {
                command.CommandText = "PRAGMA query_only = ON";
                await command.ExecuteNonQueryAsync(cancel);
            }

            return connection;
        }
        catch (SqliteException e)
        {
            await connection.DisposeAsync();
            throw Explain(e) ?? new StorageException("database_unreadable", [Path, e.Message], e);
        }
    }

    public override string ColumnType(ColumnKind kind, int scale) => kind switch
    {
        ColumnKind.Text or ColumnKind.Date => "TEXT",
        ColumnKind.Bytes => "BLOB",
        _ => "INTEGER",
    };

    public override object? ToDatabase(object? value, StorageKind kind, int scale) => value switch
    {
        null => null,
        DateOnly day => day.ToString("yyyy-MM-dd"),
        bool yes => yes ? 1L : 0L,
        decimal number => Scaled(number, scale),
        long number when kind == StorageKind.Decimal => Scaled(number, scale),
        _ => value,
    };

    public override DbParameter Parameter(int position, object? value) => new SqliteParameter(SqlText.ParameterName(position), value ?? DBNull.Value);

    public override object? FromDatabase(DbDataReader reader, int ordinal, StorageKind kind, int scale)
    {
        if (reader.IsDBNull(ordinal))
        {
            return null;
        }

        return kind switch
        {
            StorageKind.Date => DateOnly.ParseExact(reader.GetString(ordinal), "yyyy-MM-dd"),
            StorageKind.YesNo => reader.GetInt64(ordinal) != 0,
            StorageKind.Decimal => Unscaled(reader.GetInt64(ordinal), scale),
            StorageKind.Integer => reader.GetInt64(ordinal),
            _ => reader.GetString(ordinal),
        };
    }

    public override decimal? SumFromDatabase(DbDataReader reader, int ordinal, int scale) =>
        reader.IsDBNull(ordinal) ? null : Unscaled(reader.GetInt64(ordinal), scale);

    public override void WritePart(SqlText sql, PartKind part, Action operand)
    {
        if (part == PartKind.Length)
        {
            sql.Raw("length(");
            operand();
            sql.Raw(")");
            return;
        }

        sql.Raw("CAST(substr(");
        operand();
        sql.Raw(part switch { PartKind.Year => ", 1, 4", PartKind.Month => ", 6, 2", _ => ", 9, 2" }).Raw(") AS INTEGER)");
    }

    public override IEnumerable<Statement> Widen(Identifier table, Identifier column, ColumnKind kind, int fromScale, int toScale)
    {
        if (kind == ColumnKind.Decimal && toScale > fromScale)
        {
            var factor = (long)PowersOfTen.Of(toScale - fromScale);
            yield return new SqlText(this).Raw("UPDATE ").Name(table).Raw(" SET ").Name(column).Raw(" = ").Name(column).Raw(" * ").Value(factor).ToStatement();
        }
    }

    public override (string Ledger, string Field)? UniqueViolation(DbException error)
    {
        // "UNIQUE constraint failed: ledger.town, ledger.field"; a primary key says 1555 and is a bug.
        if (error is not SqliteException { SqliteExtendedErrorCode: 2067 } e)
        {
            return null;
        }

        var last = e.Message[(e.Message.LastIndexOf(' ') + 1)..].TrimEnd('.', '\'');
        var dot = last.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 ? null : (last[..dot], last[(dot + 1)..]);
    }

    public override StorageException? Explain(Exception error) => error is not SqliteException e
        ? null
        : e.SqliteErrorCode switch
        {
            5 or 6 => new StorageException("database_locked", [Path], e),
            8 => new StorageException("database_read_only", [Path], e),
            10 => new StorageException("database_io", [Path, e.Message], e),
            11 or 26 => new StorageException("database_corrupt", [Path], e),
            13 => new StorageException("database_full", [Path], e),
            14 => new StorageException("database_cannot_open", [Path], e),
            _ => null,
        };

    public override async Task RunAsync(Session session, IReadOnlyList<Statement> statements, CancellationToken cancel)
    {
        for (var i = 0; i < statements.Count; i++)
        {
            try
            {
                await session.Command(statements[i]).ExecuteNonQueryAsync(cancel);
            }
            catch (SqliteException e)
            {
                throw Explain(e) ?? (Exception)new BatchException(i, e);
            }
        }
    }

    public override async Task LoadAsync(Session session, Table table, IAsyncEnumerable<object?[]> rows)
    {
        var insert = new SqlText(this).Raw("INSERT INTO ").Name(table.Name).Raw(" (");
        insert.List(table.Columns, c => insert.Name(c.Name)).Raw(") VALUES (").List(table.Columns, _ => insert.Value(null)).Raw(")");
        var statement = insert.ToStatement();
        var values = statement.Values;
        await foreach (var row in rows)
        {
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = ToDatabase(row[i], Tables.StoredAs(table.Columns[i].Kind), table.Columns[i].Scale);
            }

            await session.ExecuteAsync(statement);
        }
    }

    private static long Scaled(decimal value, int scale)
    {
        var scaled = value * PowersOfTen.Of(scale);
        return scaled == decimal.Truncate(scaled)
            ? (long)scaled
            : throw new ArgumentOutOfRangeException(nameof(value), value, $"More than {scale} digits after the point.");
    }

    private static decimal Unscaled(long value, int scale) => value / PowersOfTen.Of(scale);
}

internal static class PowersOfTen
{
    private static readonly decimal[] Powers = [.. Enumerable.Range(0, 19).Select(i => (decimal)Math.Pow(10, i))];

    public static decimal Of(int exponent) => Powers[exponent];
}
