using Shizhang.Core.Catalogs;
using Shizhang.Core.Rules;
using Shizhang.Core.Texts;
using Shizhang.Core.Workflows;
using Shizhang.Storage.Dialects;

namespace Shizhang.Storage.Rules;

/// <summary><c>follow_up</c>: nothing in another ledger refers to a record although its time has passed.</summary>
internal static class FollowUpAlerts
{
    public static async Task<IEnumerable<Alert>> FindAsync(RuleFrame frame, Ledger ledger, FollowUpRule rule)
    {
        var records = await frame.RecordsAsync(ledger, rule, DeadlineAlerts.FieldsOf(ledger, rule.Within), sql =>
        {
            sql.Raw(" AND NOT EXISTS (SELECT 1 FROM ");
            frame.From(sql, rule.Ledger, [rule.By], "f");
            sql.Raw(" WHERE f.town = ").Value(frame.Scope.Town).Raw(" AND ").Column("f", Identifier.Of(rule.By.Code)).Raw(" = r.id)");
        });
        return records.Select(record => Find(frame, ledger, rule, record)).OfType<Alert>();
    }

    private static Alert? Find(RuleFrame frame, Ledger ledger, FollowUpRule rule, SeenRecord record) =>
        Clock.DueOf(rule.Within, record.Values, null, frame.Calendar) is { } due && due.Day < frame.Today
            ? new Alert(
                rule, ledger, record.Unit, $"{record.Id}", record.Id, record.Title, due.Day.AddDays(1), due.Day, due.IsProvisional,
                Text.Core["alert_follow_up", rule.Ledger.Shown, due.Day.ToString("yyyy-MM-dd")], Text.Core["clears_records", rule.Ledger.Shown, 1])
            : null;
}
