using System.Collections.Concurrent;
using System.Text;
using Shizhang.Core.Records;

namespace Shizhang.Storage.Dialects;

/// <summary>
/// Text and values of one statement, built side by side: identifiers pass the gate, values become <c>$1</c>, <c>$2</c> …
/// and never text.
/// </summary>
internal sealed class SqlText(Dialect dialect)
{
    private static readonly ConcurrentDictionary<int, string> Names = new();

    private readonly StringBuilder _text = new(256);
    private readonly List<object?> _values = [];

    public Dialect Dialect { get; } = dialect;

    public IReadOnlyList<object?> Values => _values;

    /// <summary>The name of the n-th parameter, from 1; both databases read <c>$n</c>.</summary>
    public static string ParameterName(int n) => Names.GetOrAdd(n, static i => "$" + i);

    /// <summary>Fixed SQL written in this assembly.</summary>
    public SqlText Raw(string sql)
    {
        _text.Append(sql);
        return this;
    }

    public SqlText Raw(int number)
    {
        _text.Append(number);
        return this;
    }

    public SqlText Name(Identifier name)
    {
        _text.Append(name.Quoted);
        return this;
    }

    public SqlText Column(string alias, Identifier name)
    {
        _text.Append(alias).Append('.').Append(name.Quoted);
        return this;
    }

    /// <summary>A value as the database keeps it; see <see cref="Dialect.ToDatabase"/>.</summary>
    public SqlText Value(object? databaseValue)
    {
        _values.Add(databaseValue);
        _text.Append(ParameterName(_values.Count));
        return this;
    }

    /// <summary>A value of a field, converted to what the column keeps.</summary>
    public SqlText Value(object? value, StorageKind kind, int scale) => Value(Dialect.ToDatabase(value, kind, scale));

    public SqlText List<T>(IEnumerable<T> items, Action<T> write, string separator = ", ")
    {
        var first = true;
        foreach (var item in items)
        {
            if (!first)
            {
                _text.Append(separator);
            }

            first = false;
            write(item);
        }

        return this;
    }

    public Statement ToStatement() => new(_text.ToString(), [.. _values]);

    public override string ToString() => _text.ToString();
}

/// <summary>A finished statement: its text is the key under which it stays prepared.</summary>
internal readonly record struct Statement(string Text, object?[] Values);
