using Shizhang.Core.Catalogs;
using Shizhang.Core.Rules;
using Shizhang.Core.Texts;
using Shizhang.Storage.Dialects;
using Shizhang.Storage.Records;

namespace Shizhang.Storage.Rules;

/// <summary><c>coverage</c>: a record has fewer lines of a field than it should.</summary>
internal static class CoverageAlerts
{
    public static async Task<IEnumerable<Alert>> FindAsync(RuleFrame frame, Ledger ledger, CoverageRule rule)
    {
        var records = await frame.RecordsAsync(ledger, rule, [], sql =>
        {
            sql.Raw(" AND (SELECT COUNT(*) FROM ").Name(Identifier.Child(ledger.Code, rule.Of.Code)).Raw(" x WHERE ");
            VersionSource.Match(sql, "x", "r");
            sql.Raw(") < ").Value((long)rule.AtLeast);
        });
        return records.Select(record => new Alert(
            rule, ledger, record.Unit, $"{record.Id}", record.Id, record.Title, record.Values[ledger.Date] as DateOnly? ?? frame.Today, null, false,
            Text.Core["alert_coverage", rule.Of.Shown, rule.AtLeast], Text.Core["clears_lines", rule.Of.Shown]));
    }
}
