using Shizhang.Core.Catalogs;
using Shizhang.Core.Filters;
using Shizhang.Core.Records;
using Shizhang.Core.Rules;
using Shizhang.Core.Texts;
using Shizhang.Storage.Dialects;

namespace Shizhang.Storage.Rules;

/// <summary><c>stale</c>: a unit's newest record was neither dated nor amended for so many months.</summary>
internal static class StaleAlerts
{
    public static async Task<IEnumerable<Alert>> FindAsync(RuleFrame frame, Ledger ledger, StaleRule rule)
    {
        var (unit, date) = (Identifier.Of(ledger.Unit.Code), Identifier.Of(ledger.Date.Code));
        var sql = frame.Sql().Raw("SELECT ").Column("r", unit).Raw(", MAX(").Column("r", date).Raw("), MAX(j.at) FROM ");
        frame.From(sql, ledger, FilterFields.Of(rule.Where));
        sql.Raw(" JOIN _journal j ON j.town = r.town AND j.seq = r._seq");
        frame.Where(sql, ledger, rule);
        sql.Raw(" GROUP BY ").Column("r", unit).Raw(" ORDER BY ").Column("r", unit);
        var found = await frame.Session.ListAsync(sql.ToStatement(), r => (
            Unit: r.IsDBNull(0) ? "" : r.GetString(0),
            Dated: (DateOnly?)frame.Session.Dialect.FromDatabase(r, 1, StorageKind.Date, 0),
            Written: LocalTime.DayOf(DateTimeOffset.UnixEpoch.AddMicroseconds(r.GetInt64(2)))));
        return found.Where(f => frame.Scope.Tree.Find(f.Unit) is { } known && !known.IsGoneOn(frame.Today))
            .Select(f => (f.Unit, Last: f.Dated is { } dated && dated > f.Written ? dated : f.Written))
            .Where(f => f.Last.AddMonths(rule.Months) < frame.Today)
            .Select(f => new Alert(
                rule, ledger, f.Unit, $"{f.Unit}/{f.Last:yyyyMMdd}", null, frame.Scope.Tree.Find(f.Unit)!.Name, f.Last.AddMonths(rule.Months).AddDays(1), null, false,
                Text.Core["alert_stale", f.Last.ToString("yyyy-MM-dd"), rule.Months], Text.Core["clears_confirm", ledger.Shown]));
    }
}
