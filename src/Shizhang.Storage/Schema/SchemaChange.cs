using Shizhang.Core.Catalogs;
using Shizhang.Storage.Dialects;

namespace Shizhang.Storage.Schema;

/// <summary>
/// Brings the tables to what the catalog asks: desired, actual, delta, in one transaction. Adds tables, columns and indexes
/// and widens columns; whatever would lose data is refused and named, and then nothing is changed.
/// </summary>
internal sealed class SchemaChange(Session session, Catalog catalog)
{
    private readonly Dialect _dialect = session.Dialect;
    private readonly List<SchemaRefusal> _refusals = [];
    private readonly List<Statement> _statements = [];

    /// <summary>Empty when the schema now follows the catalog.</summary>
    public async Task<IReadOnlyList<SchemaRefusal>> ApplyAsync()
    {
        await session.ExecuteAsync(_dialect.BeginWrite);
        try
        {
            await ApplyWithinAsync();
            await session.ExecuteAsync(_refusals.Count > 0 ? "ROLLBACK" : "COMMIT");
            return _refusals;
        }
        catch
        {
            await RollbackQuietlyAsync();
            throw;
        }
    }

    /// <summary>The same within a transaction that is under way; whoever began it ends it.</summary>
    public async Task<IReadOnlyList<SchemaRefusal>> ApplyWithinAsync()
    {
        var columns = (await session.ListAsync(_dialect.ActualColumns, r => (Table: r.GetString(0), Column: r.GetString(1))))
            .ToLookup(c => c.Table, c => c.Column, StringComparer.Ordinal);
        var kept = columns.Contains("_field") ? await KeptAsync(session) : [];
        foreach (var table in Tables.Of(catalog))
        {
            CreateOrExtend(table, [.. columns[table.Name.ToString()]]);
        }

        await FieldsAsync(kept);
        await IndexesAsync(isNew: columns.Count == 0);
        if (_refusals.Count == 0)
        {
            await _dialect.RunAsync(session, _statements, CancellationToken.None);
        }

        return _refusals;
    }

    /// <summary>How each field is kept now.</summary>
    public static async Task<Dictionary<KeptField, (string Type, int Scale)>> KeptAsync(Session session)
    {
        var rows = await session.ListAsync(
            new Statement("SELECT ledger, child, field, type, scale FROM _field", []),
            r => (Key: new KeptField(r.GetString(0), r.GetString(1), r.GetString(2)), Kept: (r.GetString(3), r.GetInt32(4))));
        return rows.ToDictionary(r => r.Key, r => r.Kept);
    }

    /// <summary>The statement that makes a table.</summary>
    public static Statement Create(Dialect dialect, Table table)
    {
        var sql = new SqlText(dialect).Raw("CREATE TABLE ").Name(table.Name).Raw(" (");
        sql.List(table.Columns, c => Declare(sql, c));
        sql.Raw(", PRIMARY KEY (").List(table.Key, k => sql.Name(Identifier.Of(k))).Raw("))").Raw(dialect.TableSuffix);
        return sql.ToStatement();
    }

    private void CreateOrExtend(Table table, HashSet<string> actual)
    {
        if (actual.Count == 0)
        {
            _statements.Add(Create(_dialect, table));
            return;
        }

        foreach (var column in table.Columns.Where(c => !actual.Contains(c.Name.ToString())))
        {
            var sql = new SqlText(_dialect).Raw("ALTER TABLE ").Name(table.Name).Raw(" ADD COLUMN ");
            Declare(sql, column with { NotNull = false });
            _statements.Add(sql.ToStatement());
        }
    }

    private static void Declare(SqlText sql, Column column) =>
        sql.Name(column.Name).Raw(" ").Raw(sql.Dialect.ColumnType(column.Kind, column.Scale)).Raw(column.NotNull ? " NOT NULL" : "");

    private async Task FieldsAsync(Dictionary<KeptField, (string Type, int Scale)> kept)
    {
        var desired = new Dictionary<KeptField, Field>();
        foreach (var ledger in catalog.Ledgers.Values)
        {
            foreach (var field in ledger.Fields)
            {
                desired.Add(new KeptField(ledger.Code, "", field.Code), field);
                foreach (var inner in field.Lines ?? Enumerable.Empty<Field>())
                {
                    desired.Add(new KeptField(ledger.Code, field.Code, inner.Code), inner);
                }
            }
        }

        foreach (var (key, was) in kept.Where(k => !desired.ContainsKey(k.Key)))
        {
            await RemovedAsync(key, was.Type, ledgerGone: !catalog.Ledgers.ContainsKey(key.Ledger));
        }

        foreach (var (key, field) in desired)
        {
            if (!kept.TryGetValue(key, out var was))
            {
                _statements.Add(new Statement(
                    "INSERT INTO _field (ledger, child, field, type, scale) VALUES ($1, $2, $3, $4, $5)",
                    [key.Ledger, key.Child, key.Field, field.Type.Code, (long)field.Scale]));
            }
            else if (was != (field.Type.Code, field.Scale))
            {
                Change(key, was, field);
            }
        }
    }

    private async Task RemovedAsync(KeptField key, string type, bool ledgerGone)
    {
        var holds = type is "lines" or "choices"
            ? new SqlText(_dialect).Raw("SELECT 1 FROM ").Name(Identifier.Child(key.Ledger, key.Field)).Raw(" LIMIT 1").ToStatement()
            : HoldsValues(key);
        if ((await session.ListAsync(holds, _ => true)).Count == 0)
        {
            return;
        }

        var refusal = ledgerGone
            ? new SchemaRefusal(SchemaLoss.LedgerRemoved, key.Ledger, "")
            : new SchemaRefusal(SchemaLoss.FieldRemoved, key.ToString(), "");
        if (!_refusals.Contains(refusal))
        {
            _refusals.Add(refusal);
        }
    }

    private Statement HoldsValues(KeptField key)
    {
        var column = Identifier.Of(key.Field);
        var sql = new SqlText(_dialect);
        sql.List(key.Tables, table => sql.Raw("SELECT 1 FROM ").Name(table).Raw(" WHERE ").Name(column).Raw(" IS NOT NULL"), " UNION ALL ").Raw(" LIMIT 1");
        return sql.ToStatement();
    }

    private void Change(KeptField key, (string Type, int Scale) was, Field field)
    {
        switch (Widening.Of(was.Type, was.Scale, field))
        {
            case Widened.Same:
                break;
            case Widened.Wider:
                foreach (var table in key.Tables)
                {
                    _statements.AddRange(_dialect.Widen(table, Identifier.Of(key.Field), Tables.KindOf(field.Type.Stored), was.Scale, field.Scale));
                }

                break;
            case Widened.FewerDigits:
                _refusals.Add(new SchemaRefusal(SchemaLoss.ScaleReduced, key.ToString(), $"{was.Scale} → {field.Scale}"));
                return;
            default:
                _refusals.Add(new SchemaRefusal(SchemaLoss.TypeChanged, key.ToString(), $"{was.Type} → {field.Type.Code}"));
                return;
        }

        _statements.Add(new Statement(
            "UPDATE _field SET type = $4, scale = $5 WHERE ledger = $1 AND child = $2 AND field = $3",
            [key.Ledger, key.Child, key.Field, field.Type.Code, (long)field.Scale]));
    }

    private async Task IndexesAsync(bool isNew)
    {
        HashSet<string> actual = isNew ? [] : [.. await session.ListAsync(_dialect.ActualIndexes, r => r.GetString(0))];
        var desired = Indexes.Of(catalog).ToList();
        foreach (var name in actual.Where(n => Indexes.IsForWork(n) && !desired.Exists(d => d.Name.ToString() == n)))
        {
            _statements.Add(new SqlText(_dialect).Raw("DROP INDEX ").Name(Identifier.Of(name)).ToStatement());
        }

        foreach (var index in desired.Where(i => !actual.Contains(i.Name.ToString())))
        {
            if (index.Unique && !isNew && await HasDoublesAsync(index))
            {
                _refusals.Add(new SchemaRefusal(SchemaLoss.NotUnique, $"{index.Ledger}.{index.Field}", ""));
                continue;
            }

            var sql = new SqlText(_dialect).Raw(index.Unique ? "CREATE UNIQUE INDEX " : "CREATE INDEX ").Name(index.Name).Raw(" ON ").Name(index.Table).Raw(" (");
            _statements.Add(sql.List(index.Columns, c => sql.Name(c)).Raw(")").ToStatement());
        }
    }

    private async Task<bool> HasDoublesAsync(TableIndex index)
    {
        var actual = await session.ListAsync(_dialect.ActualColumns, r => (r.GetString(0), r.GetString(1)));
        if (!actual.Contains((index.Ledger, index.Field!)))
        {
            return false;
        }

        var sql = new SqlText(_dialect).Raw("SELECT 1 FROM ").Name(index.Table).Raw(" WHERE ").Name(Identifier.Of(index.Field!)).Raw(" IS NOT NULL GROUP BY ");
        sql.List(index.Columns, c => sql.Name(c)).Raw(" HAVING COUNT(*) > 1 LIMIT 1");
        return (await session.ListAsync(sql.ToStatement(), _ => true)).Count > 0;
    }

    private async Task RollbackQuietlyAsync()
    {
        try
        {
            await session.ExecuteAsync("ROLLBACK");
        }
        catch (Exception e) when (e is System.Data.Common.DbException or StorageException)
        {
            // The first error is the one to tell; a lost connection rolls back by itself.
        }
    }
}

/// <summary>A field as it is kept: <see cref="Child"/> is the lines field it belongs to, or empty.</summary>
internal readonly record struct KeptField(string Ledger, string Child, string Field)
{
    /// <summary>The tables that have a column for it.</summary>
    public IReadOnlyList<Identifier> Tables => Child.Length > 0
        ? [Identifier.Child(Ledger, Child)]
        : [Identifier.Of(Ledger), Identifier.Past(Ledger)];

    public override string ToString() => Child.Length > 0 ? $"{Ledger}.{Child}.{Field}" : $"{Ledger}.{Field}";
}

