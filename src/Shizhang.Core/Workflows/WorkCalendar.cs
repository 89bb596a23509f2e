using Shizhang.Core.Catalogs;

namespace Shizhang.Core.Workflows;

/// <summary>A day a clock ends on. It is provisional when a year on the way has no holiday notice yet.</summary>
public readonly record struct DueDay(DateOnly Day, bool IsProvisional);

/// <summary>Workdays by the yearly holiday notices; a year without one is counted Monday to Friday and called provisional.</summary>
public sealed class WorkCalendar(IReadOnlyDictionary<int, CalendarYear> years)
{
    public bool IsLoaded(int year) => years.ContainsKey(year);

    public bool IsWorkday(DateOnly day)
    {
        var isWeekday = day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);
        return years.TryGetValue(day.Year, out var year) ? year.Workdays.Contains(day) || (isWeekday && !year.Holidays.Contains(day)) : isWeekday;
    }

    /// <summary>The n-th workday after a day; the day itself does not count. No workdays at all is the day itself.</summary>
    public DueDay AddWorkdays(DateOnly from, int workdays)
    {
        var (day, isProvisional) = (from, false);
        while (workdays > 0)
        {
            day = day.AddDays(1);
            isProvisional |= !IsLoaded(day.Year);
            workdays -= IsWorkday(day) ? 1 : 0;
        }

        return new DueDay(day, isProvisional);
    }
}
