using Shizhang.Core.Catalogs;
using Shizhang.Core.Rules;
using Shizhang.Core.Texts;
using Shizhang.Core.Workflows;
using Shizhang.Storage.Dialects;
using Shizhang.Storage.Records;
using Shizhang.Storage.Schema;

namespace Shizhang.Storage.Rules;

/// <summary><c>deadline</c>: a step, or the whole, is overdue or due soon. Each record stands once, with what is due first.</summary>
internal static class DeadlineAlerts
{
    public static async Task<IEnumerable<Alert>> FindAsync(RuleFrame frame, Ledger ledger, DeadlineRule rule)
    {
        var workflow = ledger.Workflow;
        var duties = workflow?.Steps.Values.Where(s => s.Within is not null && (rule.Step is null || s == rule.Step)).ToList() ?? [];
        var whole = rule.Step is null ? workflow?.Within : null;
        if (workflow is null || (duties.Count == 0 && whole is null))
        {
            return [];
        }

        var states = (whole is not null ? workflow.States : duties.SelectMany(d => d.From)).Where(s => !workflow.IsEnd(s)).Distinct().ToList();
        List<Deadline> deadlines = [.. duties.Select(d => d.Within!), .. whole is null ? Array.Empty<Deadline>() : [whole]];
        var fields = deadlines.SelectMany(d => FieldsOf(ledger, d)).Concat(duties.SelectMany(d => d.Needs).Select(n => ledger.Fields[n]));
        var records = await frame.RecordsAsync(ledger, rule, fields, sql => Running(sql, states, deadlines));
        var since = deadlines.Exists(d => d.From == Deadline.StepEvent) ? await StateHistory.SinceAsync(frame.Session, frame.Scope.Town, ledger, states, frame.AsOf) : [];
        return records.Select(record => First(frame, ledger, rule, record, since.TryGetValue(record.Id, out var day) ? day : null)).OfType<Alert>();
    }

    /// <summary>The fields a deadline reads.</summary>
    public static IEnumerable<Field> FieldsOf(Ledger ledger, Deadline deadline) =>
        new[] { deadline.From == Deadline.StepEvent ? null : deadline.From, deadline.Extension?.When, deadline.Suspension?.From, deadline.Suspension?.Until }
            .Select(code => code is null ? null : ledger.Fields.Find(code)).OfType<Field>();

    /// <summary>In a state with a clock, and with a day from which one of the clocks runs.</summary>
    private static void Running(SqlText sql, List<string> states, List<Deadline> deadlines)
    {
        sql.Raw(" AND ").Column("r", Tables.State).Raw(" IN (");
        sql.List(states, s => sql.Value(s)).Raw(")");
        if (deadlines.TrueForAll(d => d.From != Deadline.StepEvent))
        {
            sql.Raw(" AND (").List(deadlines, d => sql.Column("r", Identifier.Of(d.From)).Raw(" IS NOT NULL"), " OR ").Raw(")");
        }
    }

    private static Alert? First(RuleFrame frame, Ledger ledger, DeadlineRule rule, SeenRecord record, DateOnly? since)
    {
        var first = RunningClock.Of(ledger, record.State, record.Values, since, frame.Calendar).Where(c => rule.Step is null || c.Step == rule.Step).MinBy(c => c.Due.Day);
        if (first is not var (dueDay, limit, next) || dueDay.Day > frame.Today.AddDays(rule.Before))
        {
            return null;
        }

        var isOverdue = dueDay.Day < frame.Today;
        var key = (isOverdue ? "alert_overdue" : "alert_due") + (dueDay.IsProvisional ? "_provisional" : "");
        return new Alert(
            rule, ledger, record.Unit, $"{record.Id}/{next?.Name}", record.Id, record.Title, isOverdue ? dueDay.Day.AddDays(1) : dueDay.Day.AddDays(-rule.Before), dueDay.Day, dueDay.IsProvisional,
            Text.Core[key, limit.Shown, dueDay.Day.ToString("yyyy-MM-dd"), Math.Abs(dueDay.Day.DayNumber - frame.Today.DayNumber)],
            next is null ? Text.Core["clears_end", Text.List(ledger.Workflow!.End.Select(ledger.Workflow.Shown))] : Text.Core["clears_step", next.Shown])
        {
            Next = next,
        };
    }
}
