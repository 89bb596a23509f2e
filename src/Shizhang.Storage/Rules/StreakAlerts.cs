using System.Globalization;
using Shizhang.Core.Catalogs;
using Shizhang.Core.Filters;
using Shizhang.Core.Records;
using Shizhang.Core.Rules;
using Shizhang.Core.Texts;
using Shizhang.Storage.Dialects;

namespace Shizhang.Storage.Rules;

/// <summary><c>streak</c>: the last so many lines about a person are all selected. Only people at work are looked at, by number; names stay masked.</summary>
internal static class StreakAlerts
{
    public static async Task<IEnumerable<Alert>> FindAsync(RuleFrame frame, Ledger ledger, StreakRule rule)
    {
        var (person, date, unit) = (Identifier.Of(rule.Person.Code), Identifier.Of(ledger.Date.Code), Identifier.Of(ledger.Unit.Code));
        var sql = frame.Sql().Raw("SELECT s.person, MIN(s.day), MAX(s.day), MAX(s.unit), MAX(s.id) FROM (SELECT ").Column("l", person).Raw(" AS person, ")
            .Column("r", date).Raw(" AS day, ").Column("r", unit).Raw(" AS unit, r.id, CASE WHEN ");
        new FilterSql(sql, frame.Store.Layout, ledger, rule.Lines, "l", frame.Today).Write(rule.LineWhere);
        sql.Raw(" THEN 1 ELSE 0 END AS hit, ROW_NUMBER() OVER (PARTITION BY ").Column("l", person).Raw(" ORDER BY ").Column("r", date).Raw(" DESC, r.id DESC) AS n FROM ");
        frame.From(sql, ledger, FilterFields.Of(rule.Where));
        new Records.VersionSource(frame.Scope.Town, ledger, frame.AsOf).Join(sql, rule.Lines, "l", "r");
        frame.Where(sql, ledger, rule);
        sql.Raw(" AND ").Column("l", person).Raw(" IS NOT NULL AND ").Column("r", date).Raw(" <= ").Value(frame.Today, StorageKind.Date, 0);

        // Few have that many lines at all, of any version; the last lines of nobody else need be put in order.
        sql.Raw(" AND ").Column("l", person).Raw(" IN (SELECT ").Column("x", person).Raw(" FROM ").Name(Identifier.Child(ledger.Code, rule.Lines.Code)).Raw(" x WHERE x.town = ").Value(frame.Scope.Town).Raw(" AND ");
        new FilterSql(sql, frame.Store.Layout, ledger, rule.Lines, "x", frame.Today).Write(rule.LineWhere);
        sql.Raw(" GROUP BY ").Column("x", person).Raw(" HAVING COUNT(*) >= ").Value((long)rule.Times).Raw(")");
        sql.Raw(") s WHERE s.n <= ").Value((long)rule.Times).Raw(" GROUP BY s.person HAVING SUM(s.hit) = ").Value((long)rule.Times).Raw(" ORDER BY s.person");
        return await frame.Session.ListAsync(sql.ToStatement(), r =>
        {
            var who = Convert.ToString(r.GetValue(0), CultureInfo.InvariantCulture)!;
            DateOnly Day(int i) => (DateOnly)frame.Session.Dialect.FromDatabase(r, i, StorageKind.Date, 0)!;
            return new Alert(
                rule, ledger, r.IsDBNull(3) ? "" : r.GetString(3), $"{who}/{Day(1):yyyyMMdd}", r.GetInt64(4), $"#{who}", Day(2), null, false,
                Text.Core["alert_streak", rule.Times, Day(1).ToString("yyyy-MM-dd"), Day(2).ToString("yyyy-MM-dd")], Text.Core["clears_streak"]);
        });
    }
}
