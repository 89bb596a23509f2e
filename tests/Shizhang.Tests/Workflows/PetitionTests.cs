using Shizhang.Core.Records;
using Shizhang.Core.Workflows;

namespace Shizhang.Tests.Workflows;

/// <summary>信访: rights that lapse, what may be accepted, extension by the head of the unit.</summary>
public class PetitionTests
{
    private static RecordValues Claim(params ReadOnlySpan<(string, object?)> also)
    {
        (string, object?)[] given = [("received_on", "2023-01-10"), ("kind", "申诉求决"), ("route", "处理意见书"), ("form", "来访"), ("people", 2), ("accepted_on", "2023-01-12"), .. also];
        return Township.Values("petition", given);
    }

    private static string Missing(string step, RecordValues values, string today, string? role = null, string? reason = "因为", params IReadOnlyList<Taken> past) =>
        Township.Kinds(Township.Missing("petition", step, values, today, role, reason, past));

    [Theory]
    [InlineData("提出异议", "2023-01-30", "2023-01-31")] // five workdays over Spring Festival
    [InlineData("申请复查", "2023-04-01", "2023-04-02")]
    [InlineData("申请复核", "2023-05-31", "2023-06-01")]
    [InlineData("延期", "2023-03-13", "2023-03-14")]
    public void A_right_lapses_after_its_last_day(string step, string last, string dayAfter)
    {
        var values = Claim(("transferred_on", "2023-01-18"), ("replied_on", "2023-03-02"), ("review_asked_on", "2023-03-20"), ("reviewed_on", "2023-05-01"), ("recheck_asked_on", "2023-05-20"), ("extended_on", last), ("extension_told_on", last));
        Assert.Equal("", Missing(step, values, last));
        Assert.Equal("TooLate", Missing(step, values, dayAfter));
    }

    [Fact]
    public void An_extension_needs_the_head_of_the_unit_a_reason_and_is_given_once()
    {
        var values = Claim(("extended_on", "2023-03-01"), ("extension_told_on", "2023-03-01"));
        Assert.Equal("", Missing("延期", values, "2023-03-01", "mayor"));
        Assert.Equal("", Missing("延期", values, "2023-03-01", "party_secretary"));
        Assert.Equal("Role", Missing("延期", values, "2023-03-01", "justice_office"));
        Assert.Equal("Reason", Missing("延期", values, "2023-03-01", reason: null));
        Assert.Equal("Again", Missing("延期", values, "2023-03-01", past: [new Taken(null, "a", Township.Day("2023-01-10"), "已登记"), new Taken("延期", "b", Township.Day("2023-02-20"), "办理中")]));
        Assert.Equal("Duties", Missing("延期", values, "2023-03-01", past: [new Taken("受理告知", "taker", Township.Day("2023-01-12"), "办理中")]));
        Assert.Equal("Field:extended_on Field:extension_told_on", Missing("延期", Claim(), "2023-03-01"));
    }

    [Fact]
    public void An_accusation_goes_to_discipline_and_nowhere_else()
    {
        var accusation = Claim(("kind", "检举控告"));
        Assert.Equal("Field", Missing("受理告知", accusation, "2023-01-12"));
        Assert.Equal("", Missing("转送纪检", accusation, "2023-01-12", "supervision_office"));
        Assert.Equal("Role", Missing("转送纪检", accusation, "2023-01-12", "village_cadre"));
        Assert.Equal("Field", Missing("转送纪检", Claim(), "2023-01-12"));
        Assert.All(Township.Catalog.Ledgers["petition"].Workflow!.From("已移送纪检"), s => Assert.Fail(s.Name));
    }

    [Fact]
    public void A_group_visit_has_at_most_five_representatives()
    {
        Assert.Equal("", Missing("受理告知", Claim(("people", 5)), "2023-01-12"));
        Assert.Equal("Field", Missing("受理告知", Claim(("people", 6)), "2023-01-12"));
        Assert.Equal("", Missing("受理告知", Claim(("people", 6), ("representatives", 5)), "2023-01-12"));
        Assert.Equal("", Missing("受理告知", Claim(("people", 6), ("form", "来信")), "2023-01-12"));
        var field = Township.Catalog.Ledgers["petition"].Fields["representatives"];
        Assert.Equal(5, field.Max);
    }

    [Theory]
    [InlineData("首次", "")]
    [InlineData("他处正在办理", "Field")]
    [InlineData("已经复核终结", "Field")]
    public void What_was_rechecked_or_is_dealt_with_elsewhere_is_not_accepted(string earlier, string missing) =>
        Assert.Equal(missing, Missing("受理告知", Claim(("earlier", earlier)), "2023-01-12"));

    [Fact]
    public void A_claim_needs_its_route_and_a_settlement_is_written()
    {
        Assert.Equal("Field", Missing("受理告知", Claim(("route", null)), "2023-01-12"));
        Assert.Equal("Field:mediated", Missing("达成和解", Claim(("closed_on", "2023-02-01")), "2023-02-01"));
        Assert.Equal(1, Township.Catalog.Ledgers["petition"].Workflow!.Steps["达成和解"].Evidence);
        Assert.Equal(["书面"], Township.Catalog.Ledgers["petition"].Fields["mediated"].Choices.Select(c => c.Value));
    }

    [Fact]
    public void Nothing_follows_a_recheck() => Assert.Empty(Township.Catalog.Ledgers["petition"].Workflow!.From("终结"));
}
