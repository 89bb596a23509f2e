namespace Shizhang.Tests.Workflows;

/// <summary>人民调解: refusal, failure, confirmation by a court, the volume.</summary>
public class DisputeTests
{
    private static readonly string[] Papers = ["申请书或受理登记表", "权利义务告知书", "身份证明", "调解记录", "协议书"];

    private static string Missing(string step, string today, params ReadOnlySpan<(string, object?)> given) =>
        Township.Kinds(Township.Missing("dispute", step, Township.Values("dispute", given), today));

    [Fact]
    public void What_a_party_refuses_is_not_mediated()
    {
        Assert.Equal("", Missing("受理", "2023-03-01"));
        Assert.Equal("", Missing("受理", "2023-03-01", ("refused", false)));
        Assert.Equal("Field", Missing("受理", "2023-03-01", ("refused", true)));
    }

    [Fact]
    public void A_failed_mediation_ends_with_other_routes_told()
    {
        Assert.Equal("Field", Missing("办结", "2023-03-01", ("outcome", "调处不成"), ("settled_on", "2023-03-01"), ("agreement", "口头")));
        Assert.Equal("Field:other_route", Missing("终止", "2023-03-01", ("outcome", "调处不成"), ("settled_on", "2023-03-01")));
        Assert.Equal("", Missing("终止", "2023-03-01", ("outcome", "调处不成"), ("settled_on", "2023-03-01"), ("other_route", "诉讼")));
    }

    [Theory]
    [InlineData("2024-03-01", "")]
    [InlineData("2024-03-02", "TooLate")]
    public void Confirmation_is_asked_within_thirty_days(string today, string missing) =>
        Assert.Equal(missing, Missing("申请司法确认", today, ("settled_on", "2024-01-31"), ("confirm_asked_on", today)));

    [Fact]
    public void An_old_case_has_a_leader()
    {
        (string, object?)[] settled = [("outcome", "调处成功"), ("settled_on", "2023-03-01"), ("agreement", "书面"), ("old_case", true)];
        Assert.Equal("Field", Missing("办结", "2023-03-01", settled));
        Assert.Equal("", Missing("办结", "2023-03-01", [.. settled, ("lead", 3)]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void A_volume_without_a_required_paper_is_not_filed(int left)
    {
        Assert.Equal("", File("书面", Papers));
        Assert.Equal("Field", File("书面", [.. Papers.Where((_, i) => i != left)]));
        Assert.Equal(left == 4 ? "" : "Field", File("口头", [.. Papers.Where((_, i) => i != left)]));
    }

    [Fact]
    public void A_volume_has_thirteen_entries_and_papers_of_the_court_when_it_was_asked()
    {
        Assert.Equal(13, Township.Catalog.Ledgers["dispute"].Fields["volume"].Choices.Count);
        Assert.Equal("Field", File("书面", Papers, ("confirm_asked_on", "2023-03-10")));
        Assert.Equal("", File("书面", [.. Papers, "司法确认材料"], ("confirm_asked_on", "2023-03-10")));
    }

    private static string File(string agreement, string[] papers, params ReadOnlySpan<(string, object?)> also)
    {
        (string, object?)[] given = [("settled_on", "2023-03-01"), ("agreement", agreement), ("volume_number", "（2023）人调字第1号"), ("volume", papers), .. also];
        return Missing("归档", "2023-03-15", given);
    }
}
