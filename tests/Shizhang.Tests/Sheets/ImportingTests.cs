using Shizhang.Core.Records;
using Shizhang.Core.Records.Importing;
using Shizhang.IntegrationTests.Storage;

namespace Shizhang.Tests.Sheets;

public class ImportingTests
{
    private const string Finding = """
        ledger: problem
        name: 问题
        en: Problems
        area: 基础
        owner: 办公室
        basis: 测试
        date: raised_on
        unit: unit
        title: "{title}"
        fields:
          raised_on: {name: 提出日期, type: date, required: true}
          unit: {name: 责任单位, type: unit, required: true}
          aspect: {name: 方面, type: text, also: [巡察反馈重点方面, 重点方面]}
          title: {name: 问题, type: text, required: true, also: [具体问题]}
          owner: {name: 责任人, type: record, to: person}
          causes: {name: 原因, type: lines, fields: {cause: {name: 原因, type: text, required: true}}}
          measures: {name: 整改措施, also: [措施], type: lines, fields: {content: {name: 措施, type: text, required: true}, owner: {name: 责任人, type: record, to: person}, due_on: {name: 时限, type: date}}}
        """;

    private static readonly Core.Catalogs.Catalog Pack = TestPack.Load(TestPack.Files(("ledgers/base/problem.yaml", Finding)));
    private static readonly HashSet<string> Measures = ["人", "公里", "亩"];

    private static readonly DateOnly Today = new(2018, 12, 31);

    private static KnownNames Names()
    {
        var names = new KnownNames(new UnitTree([new("t", "某镇", "town", null, null, null, null), new("v1", "大泉村", "village", "t", null, null, null), new("v2", "双树村", "village", "t", null, null, null), new("v3", "双树村", "village", "t", null, null, null)]));
        names.Add("person", "张三", 7);
        names.Add("person", "李四", 8);
        names.Add("person", "李四", 9);
        return names;
    }

    private static HeadingMap Map(string ledger, params string[] headings) =>
        new HeadingReader(Pack.Ledgers[ledger], Measures).Find([new SheetRow(1, headings)])!;

    private static (object? Input, string? Refusal) Cell(string ledger, string field, object? cell, string? heading = null)
    {
        var of = Pack.Ledgers[ledger].Fields[field];
        var column = Map(ledger, heading ?? of.Name, of.Code == "village" ? "日期" : "村").Columns.First(c => c.Field == of);
        var (input, refusal) = new CellReader(Names(), Measures, Today).Read(column, cell);
        var parsed = refusal is null ? of.Type.Parse(input, of) : new Parsed(null, refusal);
        return (parsed.Value, parsed.Refusal);
    }

    private static (List<ImportedRecord> Records, RowReader Reader) Read(string ledger, params object?[][] rows) => ReadRows(ledger, [.. rows.Select((r, i) => new SheetRow(i + 1, r))]);

    private static (List<ImportedRecord> Records, RowReader Reader) ReadRows(string ledger, List<SheetRow> rows)
    {
        var map = new HeadingReader(Pack.Ledgers[ledger], Measures).Find(rows)!;
        var reader = new RowReader(Pack.Ledgers[ledger], map, new CellReader(Names(), Measures, Today));
        return (reader.Read(rows.Where(r => r.Number > map.Row)).ToList(), reader);
    }

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
    public void Units_and_people_go_by_what_they_are_called()
    {
        Assert.Equal(("v1", "v1"), (Cell("work", "village", "大泉村").Input, Cell("work", "village", "v1").Input));
        Assert.NotNull(Cell("work", "village", "双树村").Refusal);
        Assert.NotNull(Cell("work", "village", "无此村").Refusal);
        Assert.Equal((7L, 9L), (Cell("work", "lead", "张三").Input, Cell("work", "lead", "#9 李*四").Input));
        Assert.NotNull(Cell("work", "lead", "李四").Refusal);
        Assert.All(["#9", "#9 李四", "#9 李*", "#9 **四", "#8李*四", "#12 未知"], t => Assert.Null(Cell("work", "lead", t).Refusal));
        Assert.All(["#7 李四", "#9 张三", "#9 张*", "#9 李*三", "#9 *李"], t => Assert.Contains("核对", Cell("work", "lead", t).Refusal));
    }

    [Fact]
    public void A_number_that_excel_shortened_is_refused_with_that_reason()
    {
        Assert.Contains("科学计数", Cell("person", "id_number", 6.2050219800101e17).Refusal);
        Assert.Contains("科学计数", Cell("person", "id_number", "6.20502E+17").Refusal);
        Assert.Contains("遮盖", Cell("person", "name", "张*三").Refusal);
        Assert.NotNull(Cell("person", "name", CellFault.Formula).Refusal);
    }

    [Fact]
    public void Headings_are_found_below_a_title_in_any_order_and_language()
    {
        var rows = new List<SheetRow> { new(1, ["某镇整改清单"]), new(2, [null]), new(3, ["序号", "具体问题", "UNIT", "重点方面", "提出\n日期 *", "领导批示", null]) };
        var map = new HeadingReader(Pack.Ledgers["problem"], Measures).Find(rows)!;
        Assert.Equal((3, 0), (map.Row, map.NumberColumn));
        Assert.Equal(["title", "unit", "aspect", "raised_on"], map.Columns.Select(c => c.Field.Code));
        Assert.Equal(["领导批示"], map.Unmatched);
        Assert.Null(new HeadingReader(Pack.Ledgers["problem"], Measures).Find([new SheetRow(1, ["甲", "乙"])]));
    }

    [Fact]
    public void A_shared_name_belongs_to_the_lines_it_stands_beside()
    {
        var map = Map("problem", "责任人", "问题", "原因", "措施", "责任人", "时限", "整改措施·责任人");
        Assert.Equal(["owner", "title", "causes.cause", "measures.content", "measures.owner", "measures.due_on"], map.Columns.Select(c => (c.Lines is { } l ? l.Code + "." : "") + c.Field.Code));
        Assert.Equal(["整改措施·责任人"], map.Repeated);
        Assert.Equal(["提出日期", "责任单位"], map.Missing(Pack.Ledgers["problem"]));
        Assert.Equal("measures", Map("problem", "问题", "措施", "责任人").Columns[2].Lines!.Code);
    }

    [Fact]
    public void A_column_can_be_mapped_by_hand_or_left_out()
    {
        var hand = new Dictionary<string, string> { ["牵头人"] = "owner", ["问题"] = "" };
        var map = new HeadingReader(Pack.Ledgers["problem"], Measures, hand).Find([new SheetRow(1, ["牵头人", "问题", "方面"])])!;
        Assert.Equal(["owner", "aspect"], map.Columns.Select(c => c.Field.Code));
        Assert.Empty(map.Unmatched);
        Assert.Equal("nosuch", new HeadingReader(Pack.Ledgers["problem"], Measures, new Dictionary<string, string> { ["方面"] = "nosuch" }).UnknownByHand);

        // Headings that differ only in blanks are two.
        var twins = new HeadingReader(Pack.Ledgers["problem"], Measures, new Dictionary<string, string> { ["说 明"] = "title", ["说明"] = "aspect" });
        Assert.Null(twins.UnknownByHand);
        Assert.Equal(["aspect", "title"], twins.Find([new SheetRow(1, ["说明", "说 明"])])!.Columns.Select(c => c.Field.Code));
    }

    [Fact]
    public void Merged_repeated_or_blank_cells_make_lines_of_one_problem()
    {
        string?[] heads = ["序号", "提出日期", "责任单位", "问题", "原因", "措施", "责任人", "时限"];
        bool[] merged = [true, true, true, true, false, false, false, false];
        var (records, reader) = ReadRows("problem",
        [
            new(1, heads),
            new(2, [1.0, "2018.5.3", "大泉村", "台账不全", "不重视", "建台账", "张三", "2018.6.1"]),
            new(3, [1.0, "2018.5.3", "大泉村", "台账不全", "没人管", "定专人", "张三", null], merged),
            new(4, [null, null, null, null, null, "每月查", null, null]),
            new(5, [2.0, "2018.5.3", "大泉村", "公示不及时", "不懂", "培训", null, null]),
            new(6, [2.0, "2018.5.3", "大泉村", "公示不及时", null, "再培训", null, null]),
            new(7, [null, null, null, null, null, null, null, null]),
            new(8, [3.0, "2018.5.3", "大泉村", "公示不及时", null, "又培训", null, null]),
            new(9, ["合 计", null, null, "2", null, null, null, null]),
        ]);
        Assert.All(records, r => Assert.Empty(r.Refusals));
        Assert.Equal([2, 5, 8], records.Select(r => r.Row));
        Assert.Equal(["不重视", "没人管"], records[0].Values!.LinesOf(Pack.Ledgers["problem"].Fields["causes"]).Select(l => l["cause"]));
        Assert.Equal(["建台账", "定专人", "每月查"], records[0].Values!.LinesOf(Pack.Ledgers["problem"].Fields["measures"]).Select(l => l["content"]));
        Assert.Equal(["培训", "再培训"], records[1].Values!.LinesOf(Pack.Ledgers["problem"].Fields["measures"]).Select(l => l["content"]));
        Assert.Equal([7], reader.Skipped[SkippedRow.Blank]);
        Assert.Equal([9], reader.Skipped[SkippedRow.Total]);
    }

    [Fact]
    public void A_measure_merged_over_two_causes_is_one_measure()
    {
        bool[] merged = [true, true, true, false, true];
        var (records, _) = ReadRows("problem",
        [
            new(1, ["提出日期", "责任单位", "问题", "原因", "措施"]),
            new(2, ["2018.5.3", "大泉村", "台账不全", "不重视", "建台账"]),
            new(3, ["2018.5.3", "大泉村", "台账不全", "没人管", "建台账"], merged),
        ]);
        Assert.Single(records[0].Values!.LinesOf(Pack.Ledgers["problem"].Fields["measures"]));
        Assert.Equal(2, records[0].Values!.LinesOf(Pack.Ledgers["problem"].Fields["causes"]).Count);
    }

    [Fact]
    public void Every_error_has_its_row_column_and_value()
    {
        var (records, _) = Read("problem",
            ["提出日期", "责任单位", "问题", "措施", "时限"],
            ["昨天", "无此村", null, "建台账", "2018.5.3"],
            ["昨天", "无此村", null, null, "2018.13.1"],
            ["日期", "单位", "标题", "措施", "时限"],
            ["2018.5.3", "大泉村", "好", "建台账", null]);
        Assert.Equal(3, records.Count);
        var errors = records[0].Refusals.Select(r => (r.Row, r.Column, r.Value)).ToList();
        Assert.Equal([(2, 0, "昨天"), (2, 1, "无此村"), (2, 2, null), (3, 3, null), (3, 4, "2018.13.1")], errors.Order());
        Assert.Null(records[0].Values);
        Assert.NotNull(records[2].Values);
    }

    [Fact]
    public void Rows_of_examples_and_repeated_headings_are_skipped()
    {
        var (records, reader) = Read("work", ["序号", "日期", "村"], ["示例", "2018-05-03", "大泉村"], ["1", "2018-05-03", "大泉村"], ["序号", "日期", "村"], ["2", "2018-05-04", "大泉村"], ["3", null, null], ["小计：", "2", null]);
        Assert.Equal([3, 5], records.Select(r => r.Row));
        Assert.Equal([SkippedRow.Example, SkippedRow.Heading, SkippedRow.Blank, SkippedRow.Total], reader.Skipped.Keys);
    }

    [Fact]
    public void Records_that_read_the_same_are_not_lines_of_each_other_unless_they_give_one()
    {
        string?[] heads = ["提出日期", "责任单位", "问题", "方面", "措施"];
        bool[] merged = [false, true, false, false, false];
        var (records, reader) = ReadRows("problem",
        [
            new(1, heads),
            new(2, ["2018.5.3", "大泉村", "台账不全", "民生", null]),
            new(3, ["2018.5.3", "大泉村", "台账不全", null, null]),
            new(4, ["2018.5.3", "大泉村", "台账不全", "民生", null], merged),
            new(5, [null, null, null, "民生", null]),
            new(6, ["2018.5.3", "大泉村", "台账不全", "民生", "建台账"]) { IsHidden = true },
            new(7, [null, null, null, null, "每月查"]),
        ]);
        Assert.Equal([2, 3, 4, 5, 6], records.Select(r => r.Row));
        Assert.NotEmpty(records[3].Refusals);
        Assert.Equal(2, records[4].Values!.LinesOf(Pack.Ledgers["problem"].Fields["measures"]).Count);
        Assert.Equal([6], reader.Hidden);
    }

    [Theory]
    [InlineData("全镇合计", SkippedRow.Total)]
    [InlineData("合计（件）", SkippedRow.Total)]
    [InlineData("本村小计：", SkippedRow.Total)]
    [InlineData("合计3件", SkippedRow.Total)]
    [InlineData("填表人：王五", SkippedRow.Foot)]
    [InlineData("注：本表一式三份。", SkippedRow.Foot)]
    [InlineData("单位负责人（签字）：", SkippedRow.Foot)]
    public void Totals_and_feet_are_said_as_skipped_and_a_record_never(string text, SkippedRow reason)
    {
        object?[] behind = reason == SkippedRow.Total ? [null, null, 2.0] : [null, "审核人：", "赵六"];
        var (records, reader) = Read("work", ["备注", "日期", "村", "人数"], ["好", "2018-05-03", "大泉村", "1"], [text, .. behind], [text, "2018-05-03", "大泉村", "1"], [text, "2018-05-03", null, "随便"]);
        Assert.Equal([3], reader.Skipped[reason]);
        Assert.Equal([2, 4, 5], records.Select(r => r.Row));
        Assert.Equal(text, records[1].Values!["note"]);
        Assert.NotEmpty(records[2].Refusals);
    }
}
