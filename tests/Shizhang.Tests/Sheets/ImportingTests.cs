using Shizhang.Core.Records;
using Shizhang.Core.Records.Importing;
using Shizhang.IntegrationTests.Storage;

namespace Shizhang.Tests.Sheets;

public partial class ImportingTests
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
