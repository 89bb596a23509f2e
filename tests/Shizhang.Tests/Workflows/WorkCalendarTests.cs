using Shizhang.Core.Workflows;

namespace Shizhang.Tests.Workflows;

/// <summary>The holiday notices of 2016 to 2026 as the pack holds them; the counts of workdays come from the package chinese-days 1.5.7.</summary>
public class WorkCalendarTests
{
    private static readonly WorkCalendar Calendar = Township.Calendar;

    [Theory]
    [InlineData(2016, 250)]
    [InlineData(2017, 249)]
    [InlineData(2018, 250)]
    [InlineData(2019, 250)]
    [InlineData(2020, 249)]
    [InlineData(2021, 250)]
    [InlineData(2022, 249)]
    [InlineData(2023, 249)]
    [InlineData(2024, 251)]
    [InlineData(2025, 248)]
    [InlineData(2026, 248)]
    public void A_year_has_as_many_workdays_as_its_notice_leaves(int year, int workdays)
    {
        var first = new DateOnly(year, 1, 1);
        Assert.True(Calendar.IsLoaded(year));
        Assert.Equal(workdays, Enumerable.Range(0, DateTime.IsLeapYear(year) ? 366 : 365).Count(d => Calendar.IsWorkday(first.AddDays(d))));
    }

    [Theory]
    [InlineData("2018-12-29", true)] // a Saturday worked for the New Year
    [InlineData("2018-12-31", false)]
    [InlineData("2019-05-02", false)] // May Day was lengthened by a second notice
    [InlineData("2020-01-19", true)]
    [InlineData("2020-01-31", false)] // Spring Festival was lengthened to 2 February
    [InlineData("2020-02-01", false)] // would have been worked
    [InlineData("2020-02-03", true)]
    [InlineData("2023-01-28", true)]
    [InlineData("2023-10-07", true)]
    [InlineData("2025-01-26", true)]
    [InlineData("2025-02-04", false)]
    [InlineData("2026-02-23", false)]
    [InlineData("2026-02-28", true)]
    [InlineData("2026-11-25", true)]
    [InlineData("2026-11-28", false)]
    public void Holidays_and_days_made_up_are_known(string day, bool isWorkday) => Assert.Equal(isWorkday, Calendar.IsWorkday(Township.Day(day)));

    [Theory]
    [InlineData("2023-01-18", 5, "2023-01-30")] // Spring Festival in between, two weekend days made up
    [InlineData("2018-09-28", 3, "2018-10-08")] // 29 and 30 September made up before the National Day week
    [InlineData("2026-11-27", 1, "2026-11-30")]
    [InlineData("2026-11-27", 0, "2026-11-27")]
    public void Workdays_are_counted_from_the_day_after(string from, int workdays, string last)
    {
        var due = Calendar.AddWorkdays(Township.Day(from), workdays);
        Assert.Equal((Township.Day(last), false), (due.Day, due.IsProvisional));
    }

    [Fact]
    public void A_year_without_a_notice_is_counted_by_weekdays_and_called_provisional()
    {
        var due = Calendar.AddWorkdays(Township.Day("2026-12-31"), 2);
        Assert.False(Calendar.IsLoaded(2027));
        Assert.Equal((Township.Day("2027-01-04"), true), (due.Day, due.IsProvisional));
        Assert.False(Calendar.AddWorkdays(Township.Day("2026-12-30"), 1).IsProvisional);
    }
}
