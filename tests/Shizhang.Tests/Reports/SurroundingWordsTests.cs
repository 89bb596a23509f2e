using Shizhang.Core.Reports;

namespace Shizhang.Tests.Reports;

/// <summary>A figure without marks is found by its words, or by nobody.</summary>
public class SurroundingWordsTests
{
    private const string Issued = "全镇共有在册党员1040人，其中女党员210人。\n预备党员8人，按期转正。\n党员\n1040人\n群众\n5人";

    [Theory]
    [InlineData("1040人", 0, Issued, "1040人")]
    [InlineData("210人", 0, "全镇共有在册党员1041人，其中女党员211人。\n预备党员8人，按期转正。", "211人")]
    [InlineData("8人", 0, "经查，预备党员九十八名（98人），按期转正。", "九十八名（98人）")]
    [InlineData("1040人", 1, Issued, "1040人")]
    [InlineData("5人", 0, "党员\n1040人\n群众\n6人", "6人")]
    [InlineData("210人", 0, "全镇党员情况另报。", null)]
    [InlineData("210人", 0, "在册党员1040人，其中女党员若干。\n预备党员8人，按期转正。", null)]
    public void It_stands_where_its_words_agree_longest(string said, int which, string text, string? found)
    {
        var at = Issued.IndexOf(said, StringComparison.Ordinal);
        for (; which > 0; which--)
        {
            at = Issued.IndexOf(said, at + 1, StringComparison.Ordinal);
        }

        var (before, after) = SurroundingWords.Of(Issued, at, at + said.Length);
        var places = new SurroundingWords(text).Find(before, said, after, (_, _) => true);
        Assert.Equal(found, places.Count == 0 ? null : text[places.Single().Start..places.Single().End]);
    }

    [Fact]
    public void Where_several_agree_in_part_nobody_knows()
    {
        Assert.Empty(new SurroundingWords("一村的，其中党员5人，在册。二村的，其中党员6人，在册。").Find("前文已经说过，其中党员", "4人", "，在册。", (_, _) => true));
        Assert.Equal(2, new SurroundingWords("其中党员5人，在册。\n其中党员6人，在册。").Find("其中党员", "4人", "，在册。\n末尾", (_, _) => true).Count);
        Assert.Empty(new SurroundingWords("其中党员5人，在册。").Find("其中党员", "4人", "，在册。", (_, _) => false));
    }
}
