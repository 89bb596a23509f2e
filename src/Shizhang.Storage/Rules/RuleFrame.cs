using Shizhang.Core.Catalogs;
using Shizhang.Core.Filters;
using Shizhang.Core.Records;
using Shizhang.Core.Workflows;
using Shizhang.Storage.Dialects;
using Shizhang.Storage.Figures;
using Shizhang.Storage.Records;
using Shizhang.Storage.Schema;

namespace Shizhang.Storage.Rules;

/// <summary>A record as a rule sees it: the fields it asked for, and those of its title.</summary>
internal sealed record SeenRecord(long Id, long Version, string? State, string Unit, string Title, RecordValues Values);

/// <summary>The moment and the units rules are asked at, and how they ask.</summary>
internal sealed class RuleFrame(Store store, Catalog catalog, Session session, FigureScope scope)
{
    public Store Store { get; } = store;

    public Session Session { get; } = session;

    public FigureScope Scope { get; } = scope;

    public DateOnly Today => Scope.Today;

    public WorkCalendar Calendar { get; } = new(catalog.Calendar);

    /// <summary>Null at the latest moment; else the journal number.</summary>
    public long? AsOf => Scope.AtHead ? null : Scope.AsOf;

    public SqlText Sql() => new(Session.Dialect);

    /// <summary>Writes the versions of a ledger that stood at the moment, as <c>r</c>.</summary>
    public void From(SqlText sql, Ledger ledger, IEnumerable<Field> fields, string alias = "r") =>
        new VersionSource(Scope.Town, ledger, AsOf).Write(sql, alias, fields.Append(ledger.Unit).Append(ledger.Date).Distinct());

    /// <summary>Writes town, units and the rule's own filter.</summary>
    public void Where(SqlText sql, Ledger ledger, Rule rule)
    {
        sql.Raw(" WHERE r.town = ").Value(Scope.Town);
        if (Scope.Units is { } units)
        {
            sql.Raw(" AND ").Column("r", Identifier.Of(ledger.Unit.Code)).Raw(" IN (").List(units, u => sql.Value(u)).Raw(")");
        }

        if (rule.Where is { } where)
        {
            sql.Raw(" AND ");
            new FilterSql(sql, Store.Layout, ledger, null, "r", Today).Write(where);
        }
    }

    /// <summary>Records of a ledger that the rule is about and <paramref name="also"/> selects, in one statement.</summary>
    public async Task<List<SeenRecord>> RecordsAsync(Ledger ledger, Rule rule, IEnumerable<Field> wanted, Action<SqlText> also)
    {
        var title = new RecordTitle(ledger);
        List<Field> fields = [.. wanted.Concat(title.Fields).Append(ledger.Unit).Append(ledger.Date).Where(f => !f.IsChild).Distinct()];
        var sql = Sql().Raw("SELECT r.id, r._seq, r._state");
        sql.List(fields, f => sql.Raw(", ").Column("r", Identifier.Of(f.Code)), "").Raw(" FROM ");
        From(sql, ledger, fields.Concat(FilterFields.Of(rule.Where)));
        Where(sql, ledger, rule);
        also(sql);
        sql.Raw(" ORDER BY r.id");
        return await Session.ListAsync(sql.ToStatement(), r =>
        {
            var values = new RecordValues(ledger.Fields);
            for (var i = 0; i < fields.Count; i++)
            {
                var (kind, scale) = Store.Layout.Of(ledger, null, fields[i]);
                values[fields[i]] = Layout.Narrow(Session.Dialect.FromDatabase(r, i + 3, kind, scale), fields[i]);
            }

            return new SeenRecord(r.GetInt64(0), r.GetInt64(1), r.IsDBNull(2) ? null : r.GetString(2), (string?)values[ledger.Unit] ?? "", title.Of(values, Scope.Tree), values);
        });
    }
}
