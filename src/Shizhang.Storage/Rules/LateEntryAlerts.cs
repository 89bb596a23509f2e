using Shizhang.Core.Catalogs;
using Shizhang.Core.Filters;
using Shizhang.Core.Records;
using Shizhang.Core.Rules;
using Shizhang.Core.Texts;
using Shizhang.Storage.Dialects;
using Shizhang.Storage.Journal;

namespace Shizhang.Storage.Rules;

/// <summary><c>late_entry</c>: recorded long after it happened; told of what was entered this year, since nothing can undo it.</summary>
internal static class LateEntryAlerts
{
    public static async Task<IEnumerable<Alert>> FindAsync(RuleFrame frame, Ledger ledger, LateEntryRule rule)
    {
        // A record's id is the journal number of its creation. The days are compared first and the titles of few are read after.
        var yearBegan = JournalReader.Microseconds(LocalTime.At(new DateOnly(frame.Today.Year, 1, 1), TimeOnly.MinValue));
        var (date, entered) = (Identifier.Of(ledger.Date.Code), new Dictionary<long, DateOnly>());
        var sql = frame.Sql().Raw("SELECT r.id, j.at, ").Column("r", date).Raw(" FROM ");
        frame.From(sql, ledger, FilterFields.Of(rule.Where));
        sql.Raw(" JOIN _journal j ON j.town = r.town AND j.seq = r.id");
        frame.Where(sql, ledger, rule);
        sql.Raw(" AND r.id >= (SELECT COALESCE(MIN(b.seq), 0) FROM _journal b WHERE b.town = ").Value(frame.Scope.Town).Raw(" AND b.at >= ").Value(yearBegan).Raw(")");
        sql.Raw(" AND j.at >= ").Value(yearBegan).Raw(" AND ").Column("r", date).Raw(" < ").Value(frame.Today.AddDays(-rule.Days), StorageKind.Date, 0);
        await frame.Session.ReadAsync(sql.ToStatement(), r =>
        {
            var day = LocalTime.DayOf(DateTimeOffset.UnixEpoch.AddMicroseconds(r.GetInt64(1)));
            if (frame.Session.Dialect.FromDatabase(r, 2, StorageKind.Date, 0) is DateOnly happened && day.DayNumber - happened.DayNumber > rule.Days)
            {
                entered.Add(r.GetInt64(0), day);
            }
        });
        if (entered.Count == 0)
        {
            return [];
        }

        var records = await frame.RecordsAsync(ledger, rule, [], s => s.Raw(" AND r.id >= ").Value(entered.Keys.Min()).Raw(" AND r.id <= ").Value(entered.Keys.Max()));
        return records
            .Where(r => entered.ContainsKey(r.Id))
            .Select(r => new Alert(
                rule, ledger, r.Unit, $"{r.Id}", r.Id, r.Title, entered[r.Id], null, false,
                Text.Core["alert_late", entered[r.Id].DayNumber - ((DateOnly)r.Values[ledger.Date]!).DayNumber], Text.Core["clears_aside"]));
    }
}
