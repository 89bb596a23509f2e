using Shizhang.Core.Rules;

namespace Shizhang.App.Features.Alerts;

/// <summary>How an alert stands on a day, the most urgent first.</summary>
internal enum AlertTiming
{
    Overdue,
    Due,

    /// <summary>It has no day: something is missing or does not fit.</summary>
    Other,
    Aside,
}

internal static class AlertTimings
{
    public static AlertTiming Of(Alert alert, DateOnly day) =>
        alert.AsideUntil is not null ? AlertTiming.Aside
        : alert.Due is not { } due ? AlertTiming.Other
        : due < day ? AlertTiming.Overdue
        : AlertTiming.Due;
}
