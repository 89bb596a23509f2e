using System.Data.Common;
using Shizhang.Core.Filters;
using Shizhang.Core.Records;
using Shizhang.Storage.Schema;

namespace Shizhang.Storage.Dialects;

/// <summary>What differs between databases, and nothing else: types, how values are kept, how the catalog is read, how errors are named.</summary>
internal abstract class Dialect
{
    public abstract string Name { get; }

    /// <summary>Opens a connection that is ready for use; throws <see cref="StorageException"/> when it cannot.</summary>
    public abstract Task<DbConnection> OpenAsync(bool write, CancellationToken cancel);

    /// <summary>Begins a transaction that will write: other writers of the same town wait.</summary>
    public abstract Statement BeginWrite { get; }

    /// <summary>Begins a transaction in which all statements see the same moment.</summary>
    public abstract Statement BeginRead { get; }

    /// <summary>Makes a connection frugal for a read that goes through much and comes back to nothing; null when it is so anyway.</summary>
    public virtual Statement? BeforeLongRead => null;

    /// <summary>What follows a SELECT that must keep others from changing the row; empty where the database locks whole.</summary>
    public abstract string ForUpdate { get; }

    /// <summary>The column type for a kind of value; scale only matters for decimals.</summary>
    public abstract string ColumnType(ColumnKind kind, int scale);

    /// <summary>What follows the closing bracket of CREATE TABLE.</summary>
    public abstract string TableSuffix { get; }

    /// <summary>A value of ours as the database keeps it. SQLite: dates as ISO text, decimals as whole numbers of the last digit.</summary>
    public abstract object? ToDatabase(object? value, StorageKind kind, int scale);

    /// <summary>The parameter at a position, from 1.</summary>
    public abstract DbParameter Parameter(int position, object? value);

    /// <summary>Gives a prepared statement's parameter its next value.</summary>
    public virtual void SetParameter(DbParameter parameter, object? value) => parameter.Value = value ?? DBNull.Value;

    /// <summary>The reverse: column <paramref name="ordinal"/>, which may be empty.</summary>
    public abstract object? FromDatabase(DbDataReader reader, int ordinal, StorageKind kind, int scale);

    /// <summary>A sum of decimals as <see cref="FromDatabase"/> would give one.</summary>
    public abstract decimal? SumFromDatabase(DbDataReader reader, int ordinal, int scale);

    /// <summary>year, month, day of a date column; length of a text in characters.</summary>
    public abstract void WritePart(SqlText sql, PartKind part, Action operand);

    /// <summary>Adding up rows by groups is quicker than looking at every condition for every row.</summary>
    public virtual bool GroupsInParallel => false;

    /// <summary>Aggregates take FILTER, which is quicker than CASE where it is known; not all databases we want to reach know it.</summary>
    public virtual bool FiltersAggregates => false;

    /// <summary>Position of a text within another, from 1, 0 when absent; never a pattern, so nothing needs escaping.</summary>
    public abstract string PositionFunction { get; }

    /// <summary>Brings a column to more digits (SQLite keeps whole numbers of the last digit, so the rows change).</summary>
    public abstract IEnumerable<Statement> Widen(Identifier table, Identifier column, ColumnKind kind, int fromScale, int toScale);

    /// <summary>One row of (name and version, bytes).</summary>
    public abstract Statement Describe { get; }

    /// <summary>Rows of (table, column) of everything that is there.</summary>
    public abstract Statement ActualColumns { get; }

    /// <summary>Rows of (index) of everything that is there.</summary>
    public abstract Statement ActualIndexes { get; }

    /// <summary>The field a unique violation is about, when that is what the error is; the index name says it.</summary>
    public abstract (string Ledger, string Field)? UniqueViolation(DbException error);

    /// <summary>An error of the machine or of the file, in our words; null when it is a bug.</summary>
    public abstract StorageException? Explain(Exception error);

    /// <summary>Puts rows into an empty table, within the transaction under way; values as <see cref="FromDatabase"/> gives them, bytes as they are.</summary>
    public abstract Task LoadAsync(Session session, Table table, IAsyncEnumerable<object?[]> rows);

    /// <summary>Begins a transaction that will write and reads the first thing in it: one turn to a server instead of two.</summary>
    public virtual async Task<List<T>> BeginWriteAsync<T>(Session session, Statement query, Func<DbDataReader, T> read)
    {
        await session.ExecuteAsync(BeginWrite);
        return await session.ListAsync(query, read);
    }

    /// <summary>Runs statements in order; the first that fails raises <see cref="BatchException"/> with its position.</summary>
    public abstract Task RunAsync(Session session, IReadOnlyList<Statement> statements, CancellationToken cancel);
}

/// <summary>The statement at <see cref="Position"/> failed; those before it are done.</summary>
internal sealed class BatchException(int position, DbException inner) : Exception(inner.Message, inner)
{
    public int Position { get; } = position;

    public DbException Database { get; } = inner;
}
