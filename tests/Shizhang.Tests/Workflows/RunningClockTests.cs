using Shizhang.Core.Workflows;

namespace Shizhang.Tests.Workflows;

/// <summary>Which clocks run for a finding: the next step's, and the whole's beside it.</summary>
public class RunningClockTests
{
    private static string Running(string? state, string? since, params ReadOnlySpan<(string Field, object? Value)> given) => string.Join(' ',
        RunningClock.Of(Township.Catalog.Ledgers["finding"], state, Township.Values("finding", given), since is null ? null : Township.Day(since), Township.Calendar)
            .Select(c => $"{c.Step?.Name ?? "—"}:{c.Due.Day:yyyy-MM-dd}"));

    [Fact]
    public void A_finding_has_the_clock_of_its_step_and_that_of_the_whole()
    {
        Assert.Equal("开始整改:2018-10-28", Running("待整改", "2018-09-28", ("raised_on", "2018-09-28")));
        Assert.Equal("提交验收:2018-11-30 —:2018-11-30", Running("整改中", "2018-10-10", ("raised_on", "2018-09-28"), ("due_on", "2018-11-30")));

        // Verification is counted in workdays from the day it was handed in: New Year's Day is none.
        Assert.Equal("销号:2019-01-08 —:2018-12-20", Running("待验收", "2018-12-17", ("raised_on", "2018-09-28"), ("due_on", "2018-12-20")));
    }

    [Fact]
    public void Nothing_runs_for_one_that_has_ended_or_whose_event_is_not_known()
    {
        Assert.Equal("", Running("已销号", "2018-12-14", ("raised_on", "2018-09-28"), ("due_on", "2018-11-30")));
        Assert.Equal("", Running(null, null, ("raised_on", "2018-09-28")));
        Assert.Equal("—:2018-12-20", Running("待验收", null, ("due_on", "2018-12-20")));
    }
}
