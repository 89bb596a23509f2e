using Shizhang.Core.Records;

namespace Shizhang.Tests.Workflows;

/// <summary>An accusation is seen by those who register and pass it, never by the accused, and its title says nothing of it.</summary>
public class ConcealmentTests
{
    private static readonly UnitTree Units = new(
    [
        new Unit("town", "镇", "town", null, null, null, null), new Unit("office", "司法所", "department", "town", null, null, null), new Unit("village", "村", "village", "town", null, null, null),
    ]);

    private static RecordValues Accusation(string kind = "检举控告") =>
        Township.Values("petition", ("kind", kind), ("subject", "侵占集体资金"), ("unit", "village"), ("accused", 7), ("accused_unit", "office"));

    [Theory]
    [InlineData("supervision_office", null, "town", false)]
    [InlineData("justice_office", 6L, "town", false)]
    [InlineData("supervision_office", 7L, "town", true)] // the accused
    [InlineData("justice_office", 6L, "office", true)] // at the accused unit
    [InlineData("party_secretary", null, "town", true)] // reads all else
    [InlineData("inspector", null, "town", true)]
    public void It_is_hidden_from_all_but_two_and_from_the_accused(string role, long? person, string unit, bool isHidden)
    {
        var conceal = Township.Catalog.Ledgers["petition"].Conceal!;
        Assert.Equal(isHidden, conceal.HidesFrom(Accusation(), role, person, unit, Units, Township.Day("2023-07-01")));
        Assert.False(conceal.HidesFrom(Accusation("申诉求决"), role, person, unit, Units, Township.Day("2023-07-01")));
    }

    [Fact]
    public void Its_title_says_only_what_it_is()
    {
        var title = new RecordTitle(Township.Catalog.Ledgers["petition"]);
        Assert.Equal("检举控告", title.Of(Accusation(), Units));
        Assert.Equal("申诉求决：侵占集体资金", title.Of(Accusation("申诉求决"), Units));
    }
}
