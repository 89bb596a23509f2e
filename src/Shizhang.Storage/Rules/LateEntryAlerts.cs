using Shizhang.Core.Catalogs;
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
        // A record's id is the journal number of its creation.
        var yearBegan = JournalReader.Microseconds(LocalTime.At(new DateOnly(frame.Today.Year, 1, 1), TimeOnly.MinValue));
        var entered = new Dictionary<long, DateOnly>();
        var sql = frame.Sql().Raw("SELECT seq, at FROM _journal WHERE town = ").Value(frame.Scope.Town).Raw(" AND at >= ").Value(yearBegan)
            .Raw(" AND ledger = ").Value(ledger.Code).Raw(" AND act = ").Value(Acts.Create);
        await frame.Session.ReadAsync(sql.ToStatement(), r => entered.Add(r.GetInt64(0), LocalTime.DayOf(DateTimeOffset.UnixEpoch.AddMicroseconds(r.GetInt64(1)))));
        if (entered.Count == 0)
        {
            return [];
        }

        var records = await frame.RecordsAsync(ledger, rule, [], s => s
            .Raw(" AND r.id >= ").Value(entered.Keys.Min())
            .Raw(" AND ").Column("r", Identifier.Of(ledger.Date.Code)).Raw(" < ").Value(frame.Today.AddDays(-rule.Days), StorageKind.Date, 0));
        return records
            .Where(r => entered.TryGetValue(r.Id, out var day) && r.Values[ledger.Date] is DateOnly happened && day.DayNumber - happened.DayNumber > rule.Days)
            .Select(r => new Alert(
                rule, ledger, r.Unit, $"{r.Id}", r.Id, r.Title, entered[r.Id], null, false,
                Text.Core["alert_late", entered[r.Id].DayNumber - ((DateOnly)r.Values[ledger.Date]!).DayNumber], Text.Core["clears_aside"]));
    }
}
