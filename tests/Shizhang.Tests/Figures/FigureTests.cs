using CsCheck;
using Shizhang.Core.Figures;
using Shizhang.Core.Records;
using Shizhang.IntegrationTests.Storage;

namespace Shizhang.Tests.Figures;

public class FigureTests
{
    private static readonly Shizhang.Core.Catalogs.Catalog Catalog = TestPack.Load(TestPack.Files(("wording.yaml",
        "bounds: {over: [余, 多], at_least: [以上], more_than: [超过], nearly: [近], under: [不足], at_most: [以内], about: [约, 左右]}\n")));

    [Theory]
    [InlineData(Bound.Exact, 12.49, 0.01, 12.485, true)]
    [InlineData(Bound.Exact, 12.49, 0.01, 12.495, false)]
    [InlineData(Bound.Exact, 1040, 1, 1041, false)]
    [InlineData(Bound.Over, 3000, 1, 3000, true)]
    [InlineData(Bound.Over, 3000, 1, 3999, true)]
    [InlineData(Bound.Over, 3000, 1, 4000, false)]
    [InlineData(Bound.Over, 150, 1, 159, true)]
    [InlineData(Bound.Over, 150, 1, 160, false)]
    [InlineData(Bound.AtLeast, 98, 1, 98, true)]
    [InlineData(Bound.AtLeast, 98, 1, 97.9, false)]
    [InlineData(Bound.MoreThan, 98, 1, 98, false)]
    [InlineData(Bound.Nearly, 300, 1, 299, true)]
    [InlineData(Bound.Nearly, 300, 1, 300, false)]
    [InlineData(Bound.Nearly, 300, 1, 199, false)]
    [InlineData(Bound.Under, 10, 1, 9.9, true)]
    [InlineData(Bound.AtMost, 10, 1, 10, true)]
    [InlineData(Bound.About, 440000, 1, 420000, true)]
    [InlineData(Bound.About, 440000, 1, 400000, false)]
    public void Words_hold_as_the_design_says(Bound bound, double stated, double step, double actual, bool holds) =>
        Assert.Equal(holds, Bounds.Holds(bound, (decimal)stated, (decimal)step, (decimal)actual));

    [Theory]
    [InlineData("works", 3012, "余", null, "3000余件")]
    [InlineData("works", 153, "余", null, "150余件")]
    [InlineData("works", 24, "余", null, "20余件")]
    [InlineData("works", 6583, "多", null, "6500多件")]
    [InlineData("works", 200, "余", null, "200件")]
    [InlineData("works", 12345, "万", "余", "1.2万余件")]
    [InlineData("works", 298, "近", null, "近300件")]
    [InlineData("works", 7, null, null, "7件")]
    [InlineData("cost", 1249000000, "亿", null, "12.49亿元")]
    [InlineData("cost", 439820, "万", "左右", "44万元左右")]
    [InlineData("road_share", 98.41, "以上", null, "98%以上")]
    [InlineData("road_share", 66.666, null, null, "66.7%")]
    [InlineData("road_share", 66.65, null, null, "66.7%")]
    [InlineData("road_length", 79.8, null, null, "79.8公里")]
    public void A_figure_is_said_as_reports_say_it(string code, double value, string? word, string? second, string expected)
    {
        var said = FigureWords.Say(Of(code, (decimal)value), Catalog.Wording, [.. new[] { word, second }.OfType<string>()]);
        Assert.Equal((expected, null), (said.Text, said.Refusal));
        Assert.True(said.Holds((decimal)value));
    }

    [Fact]
    public void Whatever_is_said_of_a_figure_holds_for_it()
    {
        string[][] words = [["余"], ["多"], ["以上"], ["超过"], ["近"], ["不足"], ["以内"], ["约"], ["左右"], ["万"], ["亿", "余"], ["万", "近"], []];
        Gen.Select(Gen.Int[1, 2_000_000_000], Gen.Int[0, words.Length - 1]).Sample((n, w) =>
        {
            var said = FigureWords.Say(Of("works", n), Catalog.Wording, words[w]);
            return said.Refusal is null && said.Holds(n);
        });
    }

    [Fact]
    public void A_figure_without_value_prints_a_dash_and_unknown_words_are_refused()
    {
        Assert.Equal("—", FigureWords.Say(Of("road_share", null), Catalog.Wording, "以上").Text);
        Assert.NotNull(FigureWords.Say(Of("works", 1), Catalog.Wording, "许多").Refusal);
    }

    [Fact]
    public void Periods_before_and_a_year_before()
    {
        Assert.Equal(Period.Month(2018, 2), Period.Month(2018, 3).Previous());
        Assert.Equal(Period.Year(2017), Period.Year(2018).Previous());
        Assert.Equal(Period.Quarter(2017, 4), Period.Quarter(2018, 1).Previous());
        Assert.Equal(Period.Month(2015, 2), Period.Month(2016, 2).YearBefore());
        Assert.Equal(new DateOnly(2016, 2, 29), Period.Month(2017, 2).YearBefore().To);
        Assert.Equal(new Period(new DateOnly(2018, 2, 28), new DateOnly(2018, 3, 9)), new Period(new DateOnly(2018, 3, 10), new DateOnly(2018, 3, 19)).Previous());
        Assert.Equal([new Period(new DateOnly(2018, 1, 15), new DateOnly(2018, 1, 31)), Period.Month(2018, 2), new Period(new DateOnly(2018, 3, 1), new DateOnly(2018, 3, 2))],
            new Period(new DateOnly(2018, 1, 15), new DateOnly(2018, 3, 2)).Split(PeriodStep.Month));
        Assert.True(new Period(new DateOnly(2018, 1, 2), new DateOnly(2018, 1, 1)).IsBackward);
    }

    [Fact]
    public void Growth_is_in_percent_of_percentages_in_points_and_undefined_over_nothing()
    {
        Assert.Equal(50, Growth.Between(Of("works", 3), Of("works", 2)).Percent);
        Assert.Equal(-2, Growth.Between(Of("road_share", 96), Of("road_share", 98)).Points);
        Assert.Null(Growth.Between(Of("road_share", 96), Of("road_share", 98)).Percent);
        Assert.Null(Growth.Between(Of("works", 3), Of("works", 0)).Percent);
        Assert.Null(Growth.Between(Of("works", 3), Of("works", -1)).Percent);

        // Three years and the same a year before share two of them.
        var years = Of("works", 3) with { Period = new Period(new DateOnly(2016, 1, 1), new DateOnly(2018, 12, 31)) };
        Assert.Equal(default, Growth.Between(years, Of("works", 2) with { Period = years.Period.YearBefore() }));
        Assert.Equal(50, Growth.Between(years, Of("works", 2) with { Period = years.Period.Previous() }).Percent);
    }

    [Fact]
    public void A_unit_that_was_merged_stands_where_its_successor_does_and_circles_end()
    {
        var tree = new UnitTree([
            new Unit("t", "镇", "town", null, null, null, null), new Unit("a", "甲", "village", "t", null, null, null),
            new Unit("g", "组", "group", "b", null, null, null), new Unit("b", "乙", "village", "t", null, new DateOnly(2018, 7, 1), "a"),
            new Unit("x", "圈", "group", "y", null, null, null), new Unit("y", "圈", "group", "x", null, null, null)]);
        Assert.Equal(["a", "b", "g"], tree.Scope("a", new DateOnly(2018, 12, 31)).Order());
        Assert.Equal(["a"], tree.Scope("a", new DateOnly(2018, 6, 30)));
        Assert.Equal(["x", "y"], tree.Scope("x", new DateOnly(2018, 6, 30)).Order());
        Assert.Equal("t", tree.Root!.Code);
    }

    [Fact]
    public void An_indicators_version_changes_with_what_it_counts_and_not_with_its_name()
    {
        static string VersionOf(string before, string after) => TestPack.Load(TestPack.Files(
            ("ledgers/base/work.yaml", TestPack.Work.Replace(before, after, StringComparison.Ordinal)))).Indicators["road_share"].Version;
        var version = Catalog.Indicators["road_share"].Version;
        Assert.Equal(version, VersionOf("name: 修路占比", "name: 修路所占比例"));
        Assert.NotEqual(version, VersionOf("口径: 件数之比", "口径: 件数相比"));
        Assert.NotEqual(version, VersionOf("roads: {name: 修路, measure: 件, count: records, where: \"kind eq '修路'\"", "roads: {name: 修路, measure: 件, count: records, where: \"kind eq '会议'\""));
    }

    private static Figure Of(string code, decimal? value) => new(Catalog.Indicators[code], value, 1, Period.Year(2018), "t", 1);
}
