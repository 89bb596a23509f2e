using Shizhang.Core.Catalogs;
using Shizhang.Core.Records;

namespace Shizhang.Core.Workflows;

/// <summary>When the time of a deadline ends. Pure: the limit of the event's day, what was added once, and days that do not count.</summary>
public static class Clock
{
    /// <summary>
    /// The last day of a deadline for a record; null while its event has not happened, no limit was in force, or it is
    /// suspended. <paramref name="stateSince"/> is the day the record came to its state.
    /// </summary>
    public static DueDay? DueOf(Deadline deadline, RecordValues values, DateOnly? stateSince, WorkCalendar calendar)
    {
        var begun = deadline.From == Deadline.StepEvent ? stateSince : values[deadline.From] as DateOnly?;
        if (begun is not { } day || deadline.LimitOn(day) is not { } limit)
        {
            return null;
        }

        var due = Due(day, limit, ExtensionOf(deadline, values), calendar);
        return deadline.Suspension is { } suspension ? Suspended(due, values[suspension.From] as DateOnly?, values[suspension.Until] as DateOnly?) : due;
    }

    /// <summary>
    /// The first day on which a shortest time is over; null while its event has not happened. Days of a notice are counted with
    /// the first, so the day after the last is the earliest; months and years end on the same day.
    /// </summary>
    public static DateOnly? EarliestOf(Deadline deadline, RecordValues values, DateOnly? stateSince, WorkCalendar calendar)
    {
        var begun = deadline.From == Deadline.StepEvent ? stateSince : values[deadline.From] as DateOnly?;
        if (begun is not { } day || deadline.LimitOn(day) is not { } limit)
        {
            return null;
        }

        return limit.Unit == TimeUnit.Workday
            ? calendar.AddWorkdays(day, limit.Value - (calendar.IsWorkday(day) ? 1 : 0)).Day.AddDays(1)
            : Due(day, limit, ExtensionOf(deadline, values), calendar).Day;
    }

    /// <summary>What is added to a deadline of a record; null while nobody has decided so.</summary>
    private static DeadlineLimit? ExtensionOf(Deadline deadline, RecordValues values) =>
        deadline.Extension is { When: { } when } extension && values[when] is DateOnly ? extension.By : null;

    /// <summary>The last day of a limit that began on a day; an extension in the same unit is counted together with it, from the same day.</summary>
    public static DueDay Due(DateOnly from, DeadlineLimit limit, DeadlineLimit? extension, WorkCalendar calendar)
    {
        if (extension is null)
        {
            return Add(from, limit.Value, limit.Unit, calendar);
        }

        if (extension.Unit == limit.Unit)
        {
            return Add(from, limit.Value + extension.Value, limit.Unit, calendar);
        }

        var first = Add(from, limit.Value, limit.Unit, calendar);
        var then = Add(first.Day, extension.Value, extension.Unit, calendar);
        return then with { IsProvisional = first.IsProvisional || then.IsProvisional };
    }

    // A month or year later is the same day of the month, or its end when the day is missing: AddMonths does that.
    private static DueDay Add(DateOnly from, int value, TimeUnit unit, WorkCalendar calendar) => unit switch
    {
        TimeUnit.Workday => calendar.AddWorkdays(from, value),
        TimeUnit.Month => new DueDay(from.AddMonths(value), false),
        TimeUnit.Year => new DueDay(from.AddYears(value), false),
        _ => new DueDay(from.AddDays(value), false),
    };

    /// <summary>Later by the days from the first to the last of a suspension; none while it goes on.</summary>
    private static DueDay? Suspended(DueDay due, DateOnly? from, DateOnly? until) =>
        from is not { } first || first > due.Day ? due
        : until is { } last ? due with { Day = due.Day.AddDays(last.DayNumber - first.DayNumber + 1) }
        : null;
}
