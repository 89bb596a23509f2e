using Shizhang.Core.Catalogs;
using Shizhang.Core.Records;

namespace Shizhang.Core.Workflows;

/// <summary>A clock that runs for a record: of a step that should be taken, or of the whole when <see cref="Step"/> is null.</summary>
public sealed record RunningClock(DueDay Due, Deadline Deadline, Step? Step)
{
    /// <summary>
    /// The clocks that run for a record in a state, steps first. <paramref name="stateSince"/> is the day it came to the state;
    /// nothing runs for a record that has ended.
    /// </summary>
    public static IEnumerable<RunningClock> Of(Ledger ledger, string? state, RecordValues values, DateOnly? stateSince, WorkCalendar calendar)
    {
        if (ledger.Workflow is not { } workflow || state is null || workflow.IsEnd(state))
        {
            yield break;
        }

        foreach (var step in workflow.From(state).Where(s => !IsDone(ledger, s, values)))
        {
            if (step.Within is { } within && Clock.DueOf(within, values, stateSince, calendar) is { } due)
            {
                yield return new RunningClock(due, within, step);
            }
        }

        if (workflow.Within is { } whole && Clock.DueOf(whole, values, stateSince, calendar) is { } end)
        {
            yield return new RunningClock(end, whole, null);
        }
    }

    // A step that stays in its state is a duty until what it fills in is there; one that sets its own clock comes round again and again.
    private static bool IsDone(Ledger ledger, Step step, RecordValues values) =>
        step.Within is { } within && step.From.Contains(step.To) && step.Needs.Count > 0 && !step.Needs.Contains(within.From) && step.Needs.All(n => values[ledger.Fields[n]] is not null);
}
