using Shizhang.Core.Catalogs;
using Shizhang.Core.Figures;
using Shizhang.Core.Filters;
using Shizhang.Core.Records;
using Shizhang.Core.Rules;
using Shizhang.Core.Texts;
using Shizhang.Storage.Dialects;

namespace Shizhang.Storage.Rules;

/// <summary>
/// <c>cadence</c>: a unit has fewer records than it should in the last period that ended, or in the one that is about to. What
/// stands below a unit counts for it.
/// </summary>
internal static class CadenceAlerts
{
    private const int DaysBeforeEnd = 7;

    public static async Task<IEnumerable<Alert>> FindAsync(RuleFrame frame, Ledger ledger, CadenceRule rule)
    {
        var current = PeriodOf(frame.Today, rule.Per);
        var last = PeriodOf(current.From.AddDays(-1), rule.Per);
        List<Period> periods = [last, .. current.To.DayNumber - frame.Today.DayNumber < DaysBeforeEnd ? [current] : Array.Empty<Period>()];
        var counts = await CountAsync(frame, ledger, rule, new Period(last.From, current.To));
        return periods.SelectMany(period => UnitsOf(frame, rule, period).Select(unit => Find(frame, ledger, rule, period, unit, counts))).OfType<Alert>();
    }

    private static Alert? Find(RuleFrame frame, Ledger ledger, CadenceRule rule, Period period, Unit unit, List<(string Unit, DateOnly Day, long Count)> counts)
    {
        var within = frame.Scope.Tree.Scope(unit.Code, period.To).ToHashSet(StringComparer.Ordinal);
        var count = counts.Where(c => c.Day >= period.From && c.Day <= period.To && within.Contains(c.Unit)).Sum(c => c.Count);
        if (count >= rule.AtLeast)
        {
            return null;
        }

        var since = period.To < frame.Today ? period.To.AddDays(1) : period.To.AddDays(1 - DaysBeforeEnd);
        return new Alert(
            rule, ledger, unit.Code, $"{unit.Code}/{period.From:yyyyMMdd}", null, unit.Name, since, period.To, false,
            Text.Core["alert_cadence", period.From.ToString("yyyy-MM-dd"), period.To.ToString("yyyy-MM-dd"), rule.AtLeast, count],
            Text.Core["clears_records", ledger.Shown, rule.AtLeast - count]);
    }

    /// <summary>Units of the kinds named that stood through the whole period; the scope's own unit when none is named.</summary>
    private static IEnumerable<Unit> UnitsOf(RuleFrame frame, CadenceRule rule, Period period)
    {
        var scope = frame.Scope;
        return rule.Each.Count == 0
            ? scope.Tree.Find(scope.Unit) is { } own && scope.Units is null ? [own] : []
            : scope.Tree.Units.Where(u => rule.Each.Contains(u.Kind) && (u.ValidFrom is not { } from || from <= period.From) && !u.IsGoneOn(period.To) && (scope.Units is null || scope.Units.Contains(u.Code)))
                .OrderBy(u => u.Code, StringComparer.Ordinal);
    }

    private static async Task<List<(string Unit, DateOnly Day, long Count)>> CountAsync(RuleFrame frame, Ledger ledger, CadenceRule rule, Period period)
    {
        var (unit, date) = (Identifier.Of(ledger.Unit.Code), Identifier.Of(ledger.Date.Code));
        var sql = frame.Sql().Raw("SELECT ").Column("r", unit).Raw(", ").Column("r", date).Raw(", COUNT(*) FROM ");
        frame.From(sql, ledger, FilterFields.Of(rule.Where));
        frame.Where(sql, ledger, rule);
        sql.Raw(" AND ").Column("r", date).Raw(" >= ").Value(period.From, StorageKind.Date, 0).Raw(" AND ").Column("r", date).Raw(" <= ").Value(period.To, StorageKind.Date, 0);
        sql.Raw(" GROUP BY ").Column("r", unit).Raw(", ").Column("r", date);
        return await frame.Session.ListAsync(sql.ToStatement(), r =>
            (r.IsDBNull(0) ? "" : r.GetString(0), (DateOnly)frame.Session.Dialect.FromDatabase(r, 1, StorageKind.Date, 0)!, r.GetInt64(2)));
    }

    private static Period PeriodOf(DateOnly day, Cadence per) => per switch
    {
        Cadence.Week => WeekOf(day),
        Cadence.Month => Period.Month(day.Year, day.Month),
        Cadence.Quarter => Period.Quarter(day.Year, ((day.Month - 1) / 3) + 1),
        Cadence.HalfYear => day.Month <= 6 ? new Period(new DateOnly(day.Year, 1, 1), new DateOnly(day.Year, 6, 30)) : new Period(new DateOnly(day.Year, 7, 1), new DateOnly(day.Year, 12, 31)),
        _ => Period.Year(day.Year),
    };

    // Weeks begin on Monday.
    private static Period WeekOf(DateOnly day)
    {
        var monday = day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
        return new Period(monday, monday.AddDays(6));
    }
}
