using Shizhang.Core.Auditing;
using Shizhang.Core.Figures;

namespace Shizhang.Tests.Auditing;

/// <summary>Which numbers are figures, and what they say.</summary>
public class ClaimTests
{
    [Theory]
    [InlineData("全镇有党员1040人。", 1040, "人", Bound.Exact)]
    [InlineData("完成投资１２．３万元。", 123000, "元", Bound.Exact)]
    [InlineData("收入２７，２０３，３１９，０００元。", 27203319000, "元", Bound.Exact)]
    [InlineData("总产值一千三百八十七亿四千万元。", 138740000000, "元", Bound.Exact)]
    [InlineData("粮食四点二万吨。", 42000, "吨", Bound.Exact)]
    [InlineData("现有耕地3万多亩。", 30000, "亩", Bound.Over)]
    [InlineData("投入6000多亿元。", 600000000000, "元", Bound.Over)]
    [InlineData("建成十余座。", 10, "座", Bound.Over)]
    [InlineData("增长百分之五点六。", 5.6, "%", Bound.Exact)]
    [InlineData("超过五成。", 50, "%", Bound.MoreThan)]
    [InlineData("占三分之一。", 0.3333333333333333, "", Bound.Exact)]
    [InlineData("自然增长率6.45‰。", 6.45, "‰", Bound.Exact)]
    [InlineData("产值增长1.5倍。", 150, "%", Bound.Exact)]
    [InlineData("是原来的3倍。", 3, "倍", Bound.Exact)]
    [InlineData("回落1.22个百分点。", 1.22, "个百分点", Bound.Exact)]
    [InlineData("最低气温为－15℃。", -15, "℃", Bound.Exact)]
    [InlineData("同比下降8.2%。", -8.2, "%", Bound.Exact)]
    [InlineData("比例降至19.8%。", 19.8, "%", Bound.Exact)]
    [InlineData("近9万人。", 90000, "人", Bound.Nearly)]
    [InlineData("约70万只。", 700000, "只", Bound.About)]
    [InlineData("44万头（只）左右。", 440000, "头（只）", Bound.About)]
    [InlineData("达到96%以上。", 96, "%", Bound.AtLeast)]
    [InlineData("控制在5%以内。", 5, "%", Bound.AtMost)]
    [InlineData("不超过30个。", 30, "个", Bound.AtMost)]
    [InlineData("不少于4次。", 4, "次", Bound.AtLeast)]
    [InlineData("标准为801元/月。", 801, "元/月", Bound.Exact)]
    [InlineData("下设四个机构。", 4, "个", Bound.Exact)]
    [InlineData("平均年龄41.3岁。", 41.3, "岁", Bound.Exact)]
    [InlineData("设有卫生院一所。", 1, "所", Bound.Exact)]
    [InlineData("平均得分87.8分。", 87.8, "分", Bound.Exact)]
    [InlineData("更换软管563根。", 563, "根", Bound.Exact)]
    public void A_figure_is_read_with_its_value_unit_and_bound(string text, double value, string unit, Bound bound)
    {
        var claim = Assert.Single(Audit.Run(text).Claims);
        Assert.Equal((decimal)value, Math.Round(claim.Value, 12), 10);
        Assert.Equal((unit, bound), (claim.Unit, claim.Bound));
        Assert.Equal(claim.Quote, text[claim.Start..claim.End]);
    }

    [Theory]
    [InlineData("2016年以来，三年来，十八大以来。")]
    [InlineData("二〇一六年和一九五八年。")]
    [InlineData("2018年5月3日9时30分。")]
    [InlineData("发布日期：2016-12-31")]
    [InlineData("第十九届中央委员会第三次全体会议，第一种形态。")]
    [InlineData("落实“八项规定”，增强“四个意识”，按照“12345”思路。")]
    [InlineData("“7+1”模式、28+10项工程、“1·24”事故。")]
    [InlineData("拨打12345热线，走307省道，沿G331行驶。")]
    [InlineData("PM2.5浓度、5G基站、4A级景区、2型糖尿病。")]
    [InlineData("0—6岁儿童和65岁以上老人。")]
    [InlineData("1.基本情况\n2.主要工作")]
    [InlineData("中央八项规定精神。")]
    [InlineData("五年计划、十四五时期。")]
    [InlineData("时间：上午9:00—11:30，24:00前完成。")]
    [InlineData("招聘三支一扶人员，推进一标三实，9时30分。")]
    [InlineData("建一所学校，同一所学校。")]
    public void Dates_ordinals_slogans_and_codes_are_not_figures(string text) => Assert.Empty(Audit.Run(text).Claims);

    [Fact]
    public void Ranges_ratios_and_lists_share_their_unit()
    {
        Assert.Equal([(63m, "%"), (68m, "%")], Read("占63%～68%。"));
        Assert.Equal([(20m, "%"), (34m, "%")], Read("下降20—34%。").Select(c => (Math.Abs(c.Item1), c.Item2)));
        Assert.Equal([(3m, "个"), (5m, "个")], Read("每村3至5个。"));
        Assert.Equal([(8.3m, ""), (41.4m, ""), (50.3m, "")], Read("调整为8.3∶41.4∶50.3。"));
        Assert.Equal([(19.9m, ""), (33.5m, ""), (46.6m, "")], Read("结构为19.9:33.5：46.6。"));
        Assert.Equal([(0.15m, "个百分点"), (-5.64m, "个百分点"), (1.34m, "个百分点")], Read("分别为0.15、-5.64、1.34个百分点。"));
        Assert.Equal([(22m, "家"), (182m, "家")], Read("分别达到22、182家。"));
    }

    [Theory]
    [InlineData("全镇共有党员1040人", "党员")]
    [InlineData("全镇辖14个行政村", "行政村")]
    [InlineData("铺筑道路79.8公里", "道路")]
    public void The_subject_stands_before_or_after(string text, string subject) => Assert.Equal(subject, Audit.Run(text).Claims[0].Subject);

    private static IEnumerable<(decimal, string)> Read(string text) => Audit.Run(text).Claims.Select(c => (c.Value, c.Unit));
}
