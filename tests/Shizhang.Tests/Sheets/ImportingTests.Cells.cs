using Shizhang.Core.Records;
using Shizhang.Core.Records.Importing;
using Shizhang.IntegrationTests.Storage;

namespace Shizhang.Tests.Sheets;

/// <summary>What a single cell, and the unit of its heading, is taken for.</summary>
public partial class ImportingTests
{
    [Theory]
    [InlineData("2018-05-03")]
    [InlineData("2018.5.3")]
    [InlineData("2018年5月3日")]
    [InlineData("2018/05/03 00:00:00")]
    [InlineData("２０１８．５．３")]
    [InlineData("2018 年 5 月 3 日")]
    [InlineData("20180503")]
    [InlineData("43223")]
    [InlineData(43223.0)]
    [InlineData(43223.75)]
    [InlineData(20180503.0)]
    public void A_date_in_any_form(object cell) => Assert.Equal(new DateOnly(2018, 5, 3), Cell("work", "done_on", cell).Input);

    [Theory]
    [InlineData("18.5.3")]
    [InlineData("18年5月3日")]
    [InlineData("2018年5月3日上午")]
    [InlineData("2018-05-03 星期四")]
    [InlineData("2018年5月3日（星期四） 9:30")]
    [InlineData("2018、5、3")]
    [InlineData("2018 5 3")]
    [InlineData("2018年\n5月3号")]
    [InlineData("二〇一八年五月三日")]
    public void A_date_as_offices_write_it(string text) => Assert.Equal(new DateOnly(2018, 5, 3), Cell("work", "done_on", text).Input);

    [Theory]
    [InlineData("二〇一八年十二月三十一日", 12, 31)]
    [InlineData("二○一八年十月十日", 10, 10)]
    [InlineData("二零一八年十一月二十日", 11, 20)]
    public void A_date_in_characters(string text, int month, int day) => Assert.Equal(new DateOnly(2018, month, day), Cell("work", "done_on", text).Input);

    [Fact]
    public void A_day_without_its_year_and_a_number_dressed_as_a_date_are_refused_with_that_reason()
    {
        Assert.Contains("年份", Cell("work", "done_on", "5月3号").Refusal);
        Assert.NotNull(Cell("work", "done_on", "58.5.3").Refusal);
        Assert.Contains("2018", Cell("work", "done_on", new DateTime(1905, 7, 10)).Refusal);
        Assert.Contains("0.5", Cell("work", "done_on", new DateTime(1899, 12, 31, 12, 0, 0)).Refusal);
        Assert.NotNull(Cell("work", "done_on", new DateTime(2452, 7, 8)).Refusal);
        Assert.Equal(new DateOnly(1928, 3, 1), Cell("work", "done_on", new DateTime(1928, 3, 1)).Input);
        var done = Map("work", "日期", "村").Columns[0];
        Assert.Equal(new DateOnly(2018, 5, 3), new CellReader(Names(), Measures, Today, is1904: true).Read(done, 41761.0).Value);
    }

    [Theory]
    [InlineData("2018-02-30")]
    [InlineData("2018年5月")]
    [InlineData(12.0)]
    [InlineData(true)]
    public void What_is_no_date_is_refused(object cell) => Assert.NotNull(Cell("work", "done_on", cell).Refusal);

    [Theory]
    [InlineData("1.2万元", null, "12000")]
    [InlineData("1.2 万", null, "12000")]
    [InlineData("１２，０００．５", null, "12000.5")]
    [InlineData("￥1,200.00元", null, "1200")]
    [InlineData("3千元", null, "3000")]
    [InlineData("0.5亿元", null, "50000000")]
    [InlineData(1.2, "金额（万元）", "12000")]
    [InlineData("1.2", "金额(万元)", "12000")]
    [InlineData("500元", "金额（万元）", "500")]
    [InlineData(0.30000000000000004, null, "0.3")]
    [InlineData("-3", null, "-3")]
    public void Money_with_units(object cell, string? heading, string amount) =>
        Assert.Equal(decimal.Parse(amount), (decimal)Cell("work", "cost", cell, heading).Input!);

    [Theory]
    [InlineData("金额（单位：万元）", "10000")]
    [InlineData("金额（人民币万元）", "10000")]
    [InlineData("金额（万元，含配套）", "10000")]
    [InlineData("金额（万元/年）", "10000")]
    [InlineData("金额（10000元）", "10000")]
    [InlineData("金额（百万元）", "1000000")]
    [InlineData("金额（角）", "0.1")]
    [InlineData("金额（元）", "1")]
    [InlineData("金额（含配套）", "1")]
    [InlineData("存栏（百只）", "100")]
    [InlineData("存栏（千只）", "1000")]
    [InlineData("人数（百人）", "100")]
    [InlineData("长度（千米）", "1")]
    [InlineData("长度（万吨）", "10000")]
    public void A_heading_says_in_what_its_numbers_count(string heading, string factor)
    {
        var map = Map("work", heading, "村");
        Assert.Empty(map.Unclear);
        Assert.Equal(decimal.Parse(factor), map.Columns[0].Factor);
    }

    [Theory]
    [InlineData("金额（美元）")]
    [InlineData("金额（万吨）")]
    [InlineData("金额（万元以下）")]
    [InlineData("人数（千股）")]
    [InlineData("人数（亩）")]
    public void A_unit_that_is_not_understood_is_never_taken_for_one(string heading)
    {
        Assert.Equal([heading], Map("work", heading, "村").Unclear);
        var byHand = new HeadingReader(Pack.Ledgers["work"], Measures, new Dictionary<string, string> { [heading] = heading[0] == '金' ? "cost（万元）" : "people（人）" }).Find([new SheetRow(1, [heading, "村"])])!;
        Assert.Empty(byHand.Unclear);
        Assert.Equal(heading[0] == '金' ? 10_000 : 1, byHand.Columns[0].Factor);
    }

    [Theory]
    [InlineData("单位：万元", null, 10_000, 1)]
    [InlineData("填报单位：某镇经管站；金额单位：人民币万元", null, 10_000, 1)]
    [InlineData("计量单位:", "千元", 1000, 1)]
    [InlineData("2018年资金表（单位：万元、人）", null, 10_000, 1)]
    [InlineData("（万元）", null, 10_000, 1)]
    [InlineData("填报单位：某镇万元村", null, 1, 1)]
    [InlineData("单位：件", null, 1, 1)]
    [InlineData("单位：百人", null, 1, 100)]
    public void A_line_above_the_headings_says_in_what_they_count(string line, string? next, decimal money, decimal people)
    {
        var map = new HeadingReader(Pack.Ledgers["work"], Measures).Find([new SheetRow(1, [line, next]), new SheetRow(2, ["日期", "金额", "人数", "金额（元）"])])!;
        Assert.Equal([1, money, people], map.Columns.Select(c => c.Factor));
        Assert.Empty(map.Unclear);
        Assert.Equal(1, new HeadingReader(Pack.Ledgers["work"], Measures).Find([new SheetRow(1, [line, next]), new SheetRow(2, ["日期", "金额（元）"])])!.Columns[1].Factor);
    }

    [Fact]
    public void A_line_above_that_may_mean_a_column_or_not_is_not_guessed()
    {
        List<SheetRow> Rows(string line) => [new(1, [line]), new(2, ["日期", "长度", "存栏"])];
        Assert.Equal(["长度"], new HeadingReader(Pack.Ledgers["work"], Measures).Find(Rows("单位：万元"))!.Unclear);
        Assert.Equal(["长度", "存栏"], new HeadingReader(Pack.Ledgers["work"], Measures).Find(Rows("单位：千只"))!.Unclear);
        Assert.Equal(["金额"], new HeadingReader(Pack.Ledgers["work"], Measures).Find([new SheetRow(1, ["单位：美元"]), new SheetRow(2, ["日期", "金额"])])!.Unclear);
    }

    [Theory]
    [InlineData("cost", "1,5", null)]
    [InlineData("cost", "2，3", null)]
    [InlineData("cost", "1,2345", null)]
    [InlineData("cost", "1 5", null)]
    [InlineData("cost", "500平方米", null)]
    [InlineData("cost", "98%", null)]
    [InlineData("people", "5个", null)]
    [InlineData("people", "98%", null)]
    [InlineData("herd", "500平方米", null)]
    [InlineData("herd", "5头", "存栏（千只）")]
    public void Another_unit_or_odd_groups_are_refused_as_they_were_typed(string field, string text, string? heading) => Assert.Contains(text, Cell("work", field, text, heading).Refusal);

    [Theory]
    [InlineData("cost", "1 234,567.5元", null, "1234567.5")]
    [InlineData("cost", "1 234 567.5", null, "1234567.5")]
    [InlineData("cost", "1,234\n元", null, "1234")]
    [InlineData("herd", "5千只", "存栏（千只）", "5000")]
    [InlineData("herd", "5只", "存栏（千只）", "5")]
    [InlineData("herd", "3只", null, "")]
    [InlineData("people", "3名", null, "3")]
    [InlineData("length", "98%", null, "")]
    public void A_number_may_carry_what_its_column_counts_in(string field, string text, string? heading, string number)
    {
        var (value, refusal) = Cell("work", field, text, heading);
        Assert.Equal(number.Length == 0, refusal is not null);
        Assert.Equal(number.Length == 0 ? 0 : decimal.Parse(number), Convert.ToDecimal(value));
    }

    [Fact]
    public void What_is_5_or_so_is_quoted_as_it_was_typed() => Assert.Contains("“５ 人左右”", Cell("work", "people", "５ 人左右").Refusal);

    [Theory]
    [InlineData("id_number", "620502 19800101 0019", "620502198001010019")]
    [InlineData("id_number", "'620502198001010019", "620502198001010019")]
    [InlineData("id_number", "=\"620502198001010019\"", "620502198001010019")]
    public void A_code_may_be_parted_or_marked(string field, string text, string code) => Assert.Equal(code, Cell("person", field, text).Input);

    [Fact]
    public void A_telephone_may_carry_the_country()
    {
        var column = new MappedColumn(0, "电话", null, TestPack.Load(TestPack.Files(("ledgers/base/problem.yaml", Finding.Replace("type: text, also: [巡察反馈重点方面, 重点方面]", "type: phone", StringComparison.Ordinal)))).Ledgers["problem"].Fields["aspect"], 1);
        Assert.All(["+86 138 9381 2345", "8613893812345", "0086-13893812345", "+86-13893812345"], t => Assert.Equal("13893812345", new CellReader(Names(), Measures, Today).Read(column, t).Value));
    }

    [Fact]
    public void A_cell_broken_into_lines_is_one_line_where_the_field_has_one()
    {
        Assert.Equal("A 1", Cell("work", "code", "A\r\n 1").Input);
        Assert.Equal("甲\n乙", Cell("work", "note", "甲\n乙").Input);
        Assert.Equal("v1", Cell("work", "village", "大泉\n村").Input);
        Assert.Equal(["甲", "乙"], (IEnumerable<string>)Cell("work", "tags", "甲\n乙").Input!);
        Assert.NotNull(Cell("work", "code", "A\u0001").Refusal);
        Assert.NotNull(Pack.Ledgers["work"].Fields["code"].Type.Parse("A\n1", Pack.Ledgers["work"].Fields["code"]).Refusal);
        Assert.Equal(("0012号", 12L), (Cell("work", "code", new CodedNumber(12, "0012号")).Input, Cell("work", "people", new CodedNumber(12, "0012号")).Input));
    }

    [Theory]
    [InlineData("3人", "people", 3L)]
    [InlineData("1.2万人", "people", 12000L)]
    [InlineData(3.0, "people", 3L)]
    public void Counts_with_units(object cell, string field, long count) => Assert.Equal(count, Cell("work", field, cell).Input);

    [Theory]
    [InlineData("people", "3.5人")]
    [InlineData("people", "三人")]
    [InlineData("people", "3斤")]
    [InlineData("length", "3千米")]
    [InlineData("cost", "1.2.3")]
    [InlineData("cost", "12.345")]
    [InlineData("cost", 1e30)]
    public void What_is_no_number_is_refused(string field, object cell) => Assert.NotNull(Cell("work", field, cell).Refusal);

    [Fact]
    public void A_length_in_kilometres_is_not_a_thousand() => Assert.Equal(3m, Cell("work", "length", 3.0, "长度（千米）").Input);

    [Theory]
    [InlineData("是", true)]
    [InlineData("√", true)]
    [InlineData("否", false)]
    [InlineData(true, true)]
    public void Yes_and_no(object cell, bool yes) => Assert.Equal(yes, Cell("work", "open", cell).Input);

    [Fact]
    public void A_day_is_masked_to_its_year() => Assert.Equal("1990-**-**", Masking.Mask(Pack.Ledgers["work"].Fields["done_on"], new DateOnly(1990, 3, 7)));
}
