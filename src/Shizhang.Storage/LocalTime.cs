namespace Shizhang.Storage;

/// <summary>Days are those of Asia/Shanghai, which has had one offset since 1991: no time zone data is needed.</summary>
public static class LocalTime
{
    private static readonly TimeSpan Offset = TimeSpan.FromHours(8);

    public static DateOnly Today(TimeProvider clock) => DayOf(clock.GetUtcNow());

    /// <summary>A time as the clock on the wall shows it.</summary>
    public static DateTimeOffset Of(DateTimeOffset time) => time.ToOffset(Offset);

    public static DateOnly DayOf(DateTimeOffset time) => DateOnly.FromDateTime(time.ToOffset(Offset).DateTime);

    public static DateTimeOffset Local(DateTimeOffset time) => time.ToOffset(Offset);

    /// <summary>The last microsecond of a day.</summary>
    public static DateTimeOffset EndOf(DateOnly day) => new DateTimeOffset(day.AddDays(1).ToDateTime(TimeOnly.MinValue), Offset).AddMicroseconds(-1);

    /// <summary>Noon of a day, for what is entered on it without a time.</summary>
    public static DateTimeOffset At(DateOnly day, TimeOnly time) => new(day.ToDateTime(time), Offset);
}
