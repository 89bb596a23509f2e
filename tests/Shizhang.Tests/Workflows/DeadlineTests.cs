using Shizhang.Core.Catalogs;
using Shizhang.Core.Workflows;

namespace Shizhang.Tests.Workflows;

/// <summary>The last day of every statutory limit of the pack: plain, over a holiday, at a month's end, in a leap year, before and after a law changed.</summary>
public class DeadlineTests
{
    [Theory]
    [InlineData("petition", "petition_register", "2022-05-01", "2022-05-16")]
    [InlineData("petition", "petition_register", "2023-01-18", "2023-02-02")] // calendar days: Spring Festival counts
    [InlineData("petition", "petition_register", "2024-02-15", "2024-03-01")]
    [InlineData("petition", "petition_register", "2023-02-15", "2023-03-02")]
    [InlineData("petition", "petition_register", "2018-12-24", "2019-01-08")] // by the rules of 2005
    [InlineData("petition", "petition_register", "2005-04-30", null)]
    [InlineData("petition", "petition_object", "2023-01-18", "2023-01-30")] // workdays: it does not count, make-up days do
    [InlineData("petition", "petition_object", "2022-09-28", "2022-10-10")]
    [InlineData("petition", "petition_object", "2024-04-01", "2024-04-09")]
    [InlineData("petition", "petition_decide", "2023-01-10", "2023-03-11")]
    [InlineData("petition", "petition_decide", "2024-01-10", "2024-03-10")]
    [InlineData("petition", "petition_decide", "2018-10-20", "2018-12-19")]
    [InlineData("petition", "petition_ask_review", "2023-01-31", "2023-03-02")]
    [InlineData("petition", "petition_ask_review", "2024-01-31", "2024-03-01")]
    [InlineData("petition", "petition_review", "2022-12-15", "2023-01-14")]
    [InlineData("petition", "petition_ask_recheck", "2024-02-01", "2024-03-02")]
    [InlineData("petition", "petition_recheck", "2023-09-20", "2023-10-20")]
    [InlineData("dispute", "dispute_settle", "2024-02-10", "2024-03-11")]
    [InlineData("dispute", "dispute_confirm", "2023-01-31", "2023-03-02")]
    [InlineData("dispute", "dispute_confirm", "2024-01-31", "2024-03-01")]
    [InlineData("dispute", "dispute_confirm", "2010-12-31", null)]
    [InlineData("dispute", "dispute_accept", "2023-04-27", "2023-05-05")] // 28 April, 4 and 5 May
    [InlineData("member_development", "develop_talk", "2023-01-31", "2023-02-28")]
    [InlineData("member_development", "develop_talk", "2024-01-31", "2024-02-29")]
    [InlineData("member_development", "develop_talk", "2026-05-18", "2026-06-18")]
    [InlineData("member_development", "develop_talk", "2014-05-27", null)]
    [InlineData("member_development", "develop_assess", "2023-08-31", "2024-02-29")]
    [InlineData("member_development", "develop_assess", "2022-08-31", "2023-02-28")]
    [InlineData("member_development", "develop_branch_meeting", "2024-01-30", "2024-02-29")]
    [InlineData("member_development", "develop_branch_meeting", "2026-09-30", "2026-10-30")]
    [InlineData("member_development", "develop_approve", "2023-11-30", "2024-02-29")]
    [InlineData("member_development", "develop_approve", "2026-06-01", "2026-09-01")]
    [InlineData("member_development", "develop_oath", "2026-05-31", "2026-06-30")]
    [InlineData("member_development", "develop_oath", "2026-05-17", null)] // the text of 2014 sets none
    [InlineData("member_development", "develop_confirm", "2024-02-29", "2025-02-28")]
    [InlineData("member_development", "develop_confirm_approve", "2023-11-30", "2024-02-29")]
    [InlineData("member_development", "develop_confirm_approve", "2026-08-31", "2026-11-30")]
    [InlineData("household", "household_identify", "2023-02-20", "2023-03-07")]
    [InlineData("household", "household_identify", "2024-02-20", "2024-03-06")]
    [InlineData("household", "household_identify", "2023-01-18", "2023-02-02")]
    [InlineData("household", "household_identify", "2020-03-19", null)]
    [InlineData("household", "household_help", "2024-01-31", "2024-02-29")]
    [InlineData("household", "household_help", "2023-01-31", "2023-02-28")]
    [InlineData("household", "household_stable", "2023-08-31", "2024-02-29")]
    [InlineData("party_member", "member_lost", "2023-08-31", "2024-02-29")]
    [InlineData("party_member", "member_lost_expel", "2024-02-29", "2026-02-28")]
    [InlineData("party_member", "member_dues", "2025-08-31", "2026-02-28")]
    [InlineData("party_organisation", "party_term_village", "2016-11-18", "2019-11-18")] // elected under the older term
    [InlineData("party_organisation", "party_term_village", "2021-11-18", "2026-11-18")]
    [InlineData("party_organisation", "party_term_other", "2024-02-29", "2027-02-28")]
    [InlineData("service_case", "service_sort", "2018-09-28", "2018-10-08")]
    [InlineData("service_case", "service_reply", "2026-09-01", "2026-09-29")] // 20 September made up, 25 September off
    public void A_limit_ends_on_its_last_day(string ledger, string deadline, string begun, string? last) => Assert.Equal(last, Township.Due(ledger, deadline, begun));

    [Theory]
    [InlineData("petition", "petition_decide", "2024-01-10", "extended_on", "2024-03-08", "2024-04-09")] // 60 and 30 days
    [InlineData("dispute", "dispute_settle", "2024-02-10", "extended_on", "2024-03-08", "2024-04-10")]
    [InlineData("member_development", "develop_approve", "2023-11-30", "approve_extended_on", "2024-02-20", "2024-05-30")] // six months in all
    [InlineData("member_development", "develop_confirm", "2024-08-31", "extended_on", "2025-08-30", "2026-02-28")] // at least half a year more
    [InlineData("member_development", "develop_confirm_meeting", "2024-01-31", "extended_on", "2025-01-30", "2026-02-28")]
    public void An_extension_is_counted_once_from_the_same_day(string ledger, string deadline, string begun, string when, string decided, string last) =>
        Assert.Equal(last, Township.Due(ledger, deadline, begun, (when, decided)));

    [Fact]
    public void The_days_of_a_hearing_do_not_count()
    {
        Assert.Equal("2023-05-31", Township.Due("petition", "petition_recheck", "2023-05-01"));
        Assert.Equal("2023-06-05", Township.Due("petition", "petition_recheck", "2023-05-01", ("hearing_from", "2023-05-10"), ("hearing_until", "2023-05-14")));
        Assert.Null(Township.Due("petition", "petition_recheck", "2023-05-01", ("hearing_from", "2023-05-10")));
        Assert.Equal("2023-05-31", Township.Due("petition", "petition_recheck", "2023-05-01", ("hearing_from", "2023-06-01")));
    }

    [Fact]
    public void The_days_papers_are_waited_for_do_not_count()
    {
        Assert.Equal("2026-11-05", Township.Due("service_case", "service_sort", "2026-11-02"));
        Assert.Equal("2026-11-10", Township.Due("service_case", "service_sort", "2026-11-02", ("returned_on", "2026-11-03"), ("completed_on", "2026-11-07")));
        Assert.Null(Township.Due("service_case", "service_reply", "2026-11-02", ("returned_on", "2026-11-03")));
    }

    [Theory]
    [InlineData("develop_talk")]
    [InlineData("develop_cultivate")]
    [InlineData("develop_assess")]
    [InlineData("develop_notice")]
    [InlineData("develop_branch_meeting")]
    [InlineData("develop_approve")]
    [InlineData("develop_confirm")]
    [InlineData("develop_confirm_approve")]
    public void The_text_of_2014_stands_until_the_day_before_the_revision(string deadline)
    {
        var limits = Township.Catalog.Deadlines[deadline];
        var (before, after) = (limits.LimitOn(Township.Day("2026-05-17"))!, limits.LimitOn(Township.Day("2026-05-18"))!);
        Assert.Contains("2014", before.Basis, StringComparison.Ordinal);
        Assert.Contains("2026", after.Basis, StringComparison.Ordinal);
        Assert.Equal((before.Value, before.Unit), (after.Value, after.Unit));
    }

    [Fact]
    public void Petitions_before_May_2022_have_the_limits_of_2005()
    {
        foreach (var deadline in Township.Catalog.Deadlines.Values.Where(d => d.Code.StartsWith("petition_", StringComparison.Ordinal)))
        {
            Assert.Equal("M", deadline.LimitOn(Township.Day("2022-04-30"))!.Mark);
            Assert.Equal("V", deadline.LimitOn(Township.Day("2022-05-01"))!.Mark);
        }
    }

    [Fact]
    public void Every_limit_says_where_it_comes_from()
    {
        var limits = Township.Catalog.Deadlines.Values.SelectMany(d => d.Limits.Concat(d.Extension is { } e ? [e.By] : Enumerable.Empty<DeadlineLimit>())).ToList();
        Assert.True(limits.Count > 60);
        Assert.All(limits, l => Assert.True(l.Basis.Length > 4 && l.Mark is "V" or "V2" or "S" or "M" or "D"));
    }

    [Fact]
    public void A_due_day_in_a_year_without_a_notice_is_provisional()
    {
        var values = Township.Values("petition", ("transferred_on", "2026-12-29"));
        Assert.Equal(new DueDay(Township.Day("2027-01-05"), true), Clock.DueOf(Township.Catalog.Deadlines["petition_object"], values, null, Township.Calendar));
    }
}
