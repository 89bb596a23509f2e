using System.Data.Common;
using Shizhang.Core.Catalogs;
using Shizhang.Core.Records;
using Shizhang.Storage.Dialects;
using Shizhang.Storage.Schema;

namespace Shizhang.Storage.Records;

/// <summary>The statements that write and read versions of one ledger; their texts are made once and stay prepared.</summary>
internal sealed class RecordSql
{
    private readonly Dialect _dialect;
    private readonly Layout _layout;
    private readonly Ledger _ledger;
    private readonly string _insert;
    private readonly string _update;
    private readonly string _toPast;
    private readonly string _delete;
    private readonly string[] _insertChild;

    public RecordSql(Dialect dialect, Layout layout, Ledger ledger)
    {
        _dialect = dialect;
        _layout = layout;
        _ledger = ledger;
        var table = Identifier.Of(ledger.Code).Quoted;
        var past = Identifier.Past(ledger.Code).Quoted;
        var fields = ledger.Fields.Columns.Select(f => Identifier.Of(f.Code).Quoted).ToArray();
        string[] columns = ["town", "id", "_seq", "_state", .. fields];
        var list = string.Join(", ", columns);
        _insert = $"INSERT INTO {table} ({list}) VALUES ({Parameters(1, columns.Length)})";
        _toPast = $"INSERT INTO {past} ({list}, _gone) SELECT {list}, CAST($3 AS bigint) FROM {table} WHERE town = $1 AND id = $2";
        _delete = $"DELETE FROM {table} WHERE town = $1 AND id = $2";
        _update = $"UPDATE {table} SET _seq = $3, _state = $4{string.Concat(fields.Select((f, i) => $", {f} = ${i + 5}"))} WHERE town = $1 AND id = $2";
        _insertChild = [.. ledger.Fields.Children.Select(InsertChild)];
        CurrentVersion = $"SELECT _seq FROM {table} WHERE town = $1 AND id = $2";
    }

    /// <summary>(town, id) → version that stands now.</summary>
    public string CurrentVersion { get; }

    public void Create(List<Statement> to, string town, long id, string? state, RecordValues values)
    {
        to.Add(new Statement(_insert, Row(town, id, id, state, values)));
        Children(to, town, id, id, values);
    }

    public void Amend(List<Statement> to, string town, long id, long seq, string? state, RecordValues values)
    {
        to.Add(new Statement(_toPast, [town, id, seq]));
        to.Add(new Statement(_update, Row(town, id, seq, state, values)));
        Children(to, town, id, seq, values);
    }

    public void Void(List<Statement> to, string town, long id, long seq)
    {
        to.Add(new Statement(_toPast, [town, id, seq]));
        to.Add(new Statement(_delete, [town, id]));
    }

    /// <summary>The fields of the ledger's own table, in order, from <paramref name="ordinal"/> on.</summary>
    public void ReadColumns(DbDataReader reader, int ordinal, RecordValues into)
    {
        foreach (var field in _ledger.Fields.Columns)
        {
            into[field] = Read(reader, ordinal++, null, field);
        }
    }

    /// <summary>One row of a child table, in the order of its fields.</summary>
    public object? ReadChild(DbDataReader reader, int ordinal, Field child)
    {
        if (child.Lines is null)
        {
            return reader.GetString(ordinal);
        }

        var line = new RecordValues(child.Lines);
        foreach (var field in child.Lines.Columns)
        {
            line[field] = Read(reader, ordinal++, child, field);
        }

        return line;
    }

    private object? Read(DbDataReader reader, int ordinal, Field? lines, Field field)
    {
        var (kind, scale) = _layout.Of(_ledger, lines, field);
        return Layout.Narrow(_dialect.FromDatabase(reader, ordinal, kind, scale), field);
    }

    private void Children(List<Statement> to, string town, long id, long seq, RecordValues values)
    {
        for (var i = 0; i < _insertChild.Length; i++)
        {
            var field = _ledger.Fields.Children[i];
            if (field.Lines is null)
            {
                var chosen = values.ChosenOf(field);
                for (var n = 0; n < chosen.Count; n++)
                {
                    to.Add(new Statement(_insertChild[i], [town, id, seq, (long)n, chosen[n]]));
                }

                continue;
            }

            var lines = values.LinesOf(field);
            for (var n = 0; n < lines.Count; n++)
            {
                to.Add(new Statement(_insertChild[i], LineRow(town, id, seq, n, field, lines[n])));
            }
        }
    }

    private object?[] Row(string town, long id, long seq, string? state, RecordValues values)
    {
        var columns = _ledger.Fields.Columns;
        var row = new object?[4 + columns.Count];
        (row[0], row[1], row[2], row[3]) = (town, id, seq, state);
        for (var i = 0; i < columns.Count; i++)
        {
            row[4 + i] = Kept(null, columns[i], values);
        }

        return row;
    }

    private object?[] LineRow(string town, long id, long seq, int line, Field lines, RecordValues values)
    {
        var columns = lines.Lines!.Columns;
        var row = new object?[4 + columns.Count];
        (row[0], row[1], row[2], row[3]) = (town, id, seq, (long)line);
        for (var i = 0; i < columns.Count; i++)
        {
            row[4 + i] = Kept(lines, columns[i], values);
        }

        return row;
    }

    private object? Kept(Field? lines, Field field, RecordValues values)
    {
        var (kind, scale) = _layout.Of(_ledger, lines, field);
        return _dialect.ToDatabase(values[field], kind, scale);
    }

    private string InsertChild(Field child)
    {
        string[] columns = ["town", "id", "_seq", "_line", .. child.Lines?.Columns.Select(f => Identifier.Of(f.Code).Quoted) ?? ["value"]];
        return $"INSERT INTO {Identifier.Child(_ledger.Code, child.Code).Quoted} ({string.Join(", ", columns)}) VALUES ({Parameters(1, columns.Length)})";
    }

    private static string Parameters(int from, int count) => string.Join(", ", Enumerable.Range(from, count).Select(SqlText.ParameterName));
}
