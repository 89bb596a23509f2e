using Shizhang.Core.Records;
using Shizhang.Core.Workflows;

namespace Shizhang.Tests.Workflows;

/// <summary>发展党员: 25 steps, shortest times, votes, numbers of people and hours.</summary>
public class DevelopmentTests
{
    private const string Ledger = "member_development";

    private static string Missing(string step, string today, params ReadOnlySpan<(string, object?)> given) =>
        Township.Kinds(Township.Missing(Ledger, step, Township.Values(Ledger, given), today));

    [Fact]
    public void Twenty_five_steps_lead_from_application_to_archive()
    {
        string[] aside = ["公示人选", "延长审批", "延长预备期", "取消预备资格", "终止"];
        var workflow = Township.Catalog.Ledgers[Ledger].Workflow!;
        Assert.Equal(25, 1 + workflow.Steps.Keys.Except(aside).Count());
        var state = workflow.Start;
        foreach (var step in workflow.Steps.Values.Where(s => s.Name == aside[0] || !aside.Contains(s.Name)))
        {
            Assert.Contains(state, step.From);
            state = step.To;
        }

        Assert.Equal("已归档", state);
    }

    [Theory]
    [InlineData("2023-03-01", "2024-02-29", "TooEarly")]
    [InlineData("2023-03-01", "2024-03-01", "")]
    [InlineData("2024-02-29", "2025-02-27", "TooEarly")]
    [InlineData("2024-02-29", "2025-02-28", "")]
    [InlineData("2025-06-01", "2026-05-31", "TooEarly")]
    [InlineData("2025-06-01", "2026-06-01", "")]
    public void An_activist_is_cultivated_for_a_year(string activist, string today, string missing) =>
        Assert.Equal(missing, Missing("公示人选", today, ("activist_on", activist), ("noticed_from", today)));

    [Theory]
    [InlineData("2026-09-28", "2026-10-09", "TooEarly")] // 28, 29, 30 September, 8 and 9 October
    [InlineData("2026-09-28", "2026-10-10", "")]
    [InlineData("2026-06-01", "2026-06-05", "TooEarly")]
    [InlineData("2026-06-01", "2026-06-06", "")]
    [InlineData("2026-05-09", "2026-05-14", "TooEarly")] // a Saturday that is worked is the first of the five
    [InlineData("2026-05-09", "2026-05-15", "")]
    [InlineData("2026-05-10", "2026-05-15", "TooEarly")] // a Sunday that is not
    [InlineData("2026-05-10", "2026-05-16", "")]
    public void A_notice_stands_for_five_workdays(string from, string today, string missing) =>
        Assert.Equal(missing, Missing("确定发展对象", today, ("noticed_from", from), ("noticed_until", today), ("candidate_on", today)));

    [Theory]
    [InlineData(1, "Field")]
    [InlineData(2, "")]
    [InlineData(3, "Field")]
    public void Two_members_sponsor(int sponsors, string missing) =>
        Assert.Equal(missing, Missing("确定入党介绍人", "2026-07-01", ("sponsors", Members("sponsors", sponsors))));

    [Theory]
    [InlineData(0, "Field:mentors")]
    [InlineData(1, "")]
    [InlineData(2, "")]
    [InlineData(3, "Field")]
    public void One_or_two_members_cultivate(int mentors, string missing) =>
        Assert.Equal(missing, Missing("指定培养联系人", "2026-07-01", ("assessed_on", "2026-07-01"), ("mentors", Members("mentors", mentors))));

    [Theory]
    [InlineData(2, 23, "Field")]
    [InlineData(3, 0, "")]
    [InlineData(0, 24, "")]
    public void Training_takes_three_days_or_twenty_four_hours(int days, int hours, string missing) =>
        Assert.Equal(missing, Missing("集中培训", "2026-07-01", ("trained_on", "2026-07-01"), ("trained_days", days), ("trained_hours", hours)));

    [Theory]
    [InlineData(null, "Field:political_review Field")]
    [InlineData("不合格", "Field")]
    [InlineData("合格", "")]
    public void Nobody_goes_on_without_a_passed_political_review(string? result, string missing) =>
        Assert.Equal(missing, Missing("政治审查", "2026-07-01", ("reviewed_on", "2026-07-01"), ("political_review", result)));

    [Theory]
    [InlineData(50, 25, 26, "Field:voting_present")]
    [InlineData(50, 26, 25, "Field:ayes")]
    [InlineData(50, 26, 26, "")]
    [InlineData(51, 26, 26, "")]
    [InlineData(51, 25, 25, "Field:voting_present Field:ayes")]
    public void More_than_half_of_those_due_are_present_and_more_than_half_say_yes(int due, int present, int ayes, string missing)
    {
        Assert.Equal(missing, Missing("支部大会接收", "2026-07-01", ("developed_on", "2026-07-01"), ("secret_ballot", true), ("voting_due", due), ("voting_present", present), ("ayes", ayes)));
        Assert.Equal(missing.Replace("voting_", "confirm_", StringComparison.Ordinal).Replace(":ayes", ":confirm_ayes", StringComparison.Ordinal), Missing("支部大会转正", "2026-07-01",
            ("developed_on", "2025-06-30"), ("confirmed_on", "2026-07-01"), ("confirm_due", due), ("confirm_present", present), ("confirm_ayes", ayes)));
    }

    [Fact]
    public void Reception_is_voted_in_secret_and_not_shortly_before_leaving()
    {
        (string, object?)[] voted = [("developed_on", "2026-07-01"), ("voting_due", 10), ("voting_present", 9), ("ayes", 8)];
        Assert.Equal("Field", Missing("支部大会接收", "2026-07-01", voted));
        Assert.Equal("Field", Missing("支部大会接收", "2026-07-01", [.. voted, ("secret_ballot", true), ("leaving_soon", true)]));
        Assert.Equal("", Missing("支部大会接收", "2026-07-01", [.. voted, ("secret_ballot", true), ("leaving_soon", false)]));
    }

    [Theory]
    [InlineData("2024-02-29", null, null, "2025-02-27", "TooEarly")]
    [InlineData("2024-02-29", null, null, "2025-02-28", "")]
    [InlineData("2024-03-31", "2025-03-31", "2025-09-30", "2025-09-29", "TooEarly Field")] // half a year more
    [InlineData("2024-03-31", "2025-03-31", "2025-09-30", "2025-09-30", "")]
    [InlineData("2024-03-31", "2025-03-31", "2026-03-31", "2026-03-30", "Field")] // a whole year more
    [InlineData("2024-03-31", "2025-03-31", "2026-03-31", "2026-03-31", "")]
    public void Probation_lasts_a_year_or_as_long_as_it_was_extended(string developed, string? extended, string? until, string today, string missing) =>
        Assert.Equal(missing, Kinds("支部大会转正", today, ("developed_on", developed), ("extended_on", extended), ("extended_until", until), ("confirmed_on", today), ("confirm_due", 9), ("confirm_present", 9), ("confirm_ayes", 9)));

    [Fact]
    public void Probation_is_extended_once_by_six_to_twelve_months()
    {
        var months = Township.Catalog.Ledgers[Ledger].Fields["extended_months"];
        Assert.Equal((6m, 12m), (months.Min, months.Max));
        var values = Township.Values(Ledger, ("extended_on", "2025-03-31"), ("extended_months", 6), ("extended_until", "2025-09-30"));
        Assert.Empty(Township.Missing(Ledger, "延长预备期", values, "2025-03-31"));
        Taken before = new("延长预备期", "a", Township.Day("2025-03-01"), "预备期考察");
        Assert.Equal("Again", Township.Kinds(Township.Missing(Ledger, "延长预备期", values, "2025-03-31", past: [before])));
        Assert.Equal("Reason", Township.Kinds(Township.Missing(Ledger, "延长预备期", values, "2025-03-31", reason: null)));
    }

    [Fact]
    public void An_applicant_is_of_age()
    {
        Assert.Equal("Field", Missing("派人谈话", "2026-07-01", ("talked_on", "2026-07-01")));
        Assert.Equal("Field", Missing("派人谈话", "2026-07-01", ("talked_on", "2026-07-01"), ("adult", false)));
        Assert.Equal("", Missing("派人谈话", "2026-07-01", ("talked_on", "2026-07-01"), ("adult", true)));
    }

    [Fact]
    public void Who_led_the_vote_does_not_approve_it()
    {
        var values = Township.Values(Ledger, ("approved_on", "2026-07-01"));
        Assert.Equal("Duties", Township.Kinds(Township.Missing(Ledger, "党委审批", values, "2026-07-01", past: [new Taken("支部大会接收", "taker", Township.Day("2026-06-01"), "支部大会通过")])));
        Assert.Equal("Role", Township.Kinds(Township.Missing(Ledger, "党委审批", values, "2026-07-01", "branch_secretary")));
    }

    private static string Kinds(string step, string today, params ReadOnlySpan<(string, object?)> given) => string.Join(' ', Missing(step, today, given).Split(' ').Order(StringComparer.Ordinal).Reverse());

    private static List<RecordValues> Members(string lines, int count) => [.. Enumerable.Range(1, count).Select(i => Township.Line(Ledger, lines, ("member", i)))];
}
