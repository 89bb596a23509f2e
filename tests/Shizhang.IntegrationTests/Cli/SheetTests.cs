using Shizhang.Storage.Journal;
using Shizhang.Storage.Records;
using Shizhang.Tests.Sheets;

namespace Shizhang.IntegrationTests.Cli;

/// <summary>Spreadsheets in and out as people do it: by the commands.</summary>
public class SheetTests
{
    private static readonly object?[] Heads = ["序号", "反馈方面", "具体问题", "村", "提出日期", "反映人", "措施", "时限"];

    private static byte[] Problems(params string[] titles) => Books.Xlsx(("说明", Books.Row(1, "请逐条填写"), ""), ("清单",
        Books.Row(1, "某镇整改清单") + Books.Row(2, Heads) + string.Concat(titles.Select((t, i) =>
            Books.Row(3 + (2 * i), i + 1, "民生", t, "大泉村", "2018年5月3日", "李四", "公示", "2018.6.1") + Books.Row(4 + (2 * i), null, null, null, null, null, null, "回访", 43260)))
            + Books.Row(3 + (2 * titles.Length), "合计", titles.Length.ToString()),
        $"<mergeCells>{string.Concat(titles.SelectMany((_, i) => "ABCDEF".Select(c => $"<mergeCell ref=\"{c}{3 + (2 * i)}:{c}{4 + (2 * i)}\"/>")))}</mergeCells>"));

    [Fact]
    public async Task A_list_with_merged_cells_becomes_records_with_lines_once()
    {
        await using var town = await SheetFixture.CreateAsync();
        var file = town.Write("清单.xlsx", Problems("台账不全", "公示不及时"));
        var dry = await town.RunAsync("import", "problem", file, "--dry-run");
        Assert.True(dry.Code == 0, dry.Errors);
        Assert.Contains("将新增 2 条", dry.Output);
        Assert.Empty(await town.RecordsAsync("problem"));

        var ran = await town.RunAsync("import", "问题", file);
        Assert.Equal((0, "“问题”新增 2 条，已有 0 条，跳过 1 行\n"), (ran.Code, ran.Output));
        Assert.Contains("只导入“清单”", ran.Errors);
        Assert.Contains("跳过合计 1 行：第 7 行", ran.Errors);
        var first = (await town.RecordsAsync("problem"))[0];
        Assert.Equal(("待整改", "v1", new DateOnly(2018, 5, 3)), (first.State, first.Values["village"], first.Values["raised_on"]));
        Assert.Equal([("公示", new DateOnly(2018, 6, 1)), ("回访", new DateOnly(2018, 6, 9))], first.Values.LinesOf(first.Ledger.Fields["measures"]).Select(l => ((string)l["content"]!, (DateOnly)l["due_on"]!)));

        // A record that went on since is still the one that was imported.
        await town.WithStoreAsync(async store =>
        {
            var changed = first.Values.Copy();
            changed["title"] = "台账还是不全";
            Assert.IsType<Written>(await store.WriteAsync("t1", new Actor("clerk"), new AmendRecord(store.Catalog.Ledgers["problem"], first.Id, first.Version, changed, "已销号")));
        });
        Assert.Contains("新增 0 条，已有 2 条", (await town.RunAsync("import", "problem", file)).Output);
        Assert.Contains("新增 1 条，已有 2 条", (await town.RunAsync("import", "problem", town.Write("清单.xlsx", Problems("台账不全", "公示不及时", "新问题")))).Output);
        Assert.Equal(0, (await town.RunAsync("verify")).Code);
    }

    [Fact]
    public async Task Equal_rows_count_as_often_as_the_file_has_them_and_a_voided_record_comes_back()
    {
        await using var town = await SheetFixture.CreateAsync();
        var file = town.Write("付款.csv", "日期,村,金额（万元）,用途\n2018-05-03,大泉村,1.2,修路\n2018-05-03,大泉村,1.2,修路\n");
        Assert.Contains("新增 2 条，已有 0 条", (await town.RunAsync("import", "payment", file)).Output);
        Assert.Contains("新增 0 条，已有 2 条", (await town.RunAsync("import", "payment", file)).Output);
        var one = (await town.RecordsAsync("payment"))[0];
        Assert.Equal(12000m, one.Values["amount"]);
        await town.WithStoreAsync(async store => Assert.IsType<Written>(await store.WriteAsync("t1", new Actor("clerk"), new VoidRecord(store.Catalog.Ledgers["payment"], one.Id, one.Version, "重了"))));
        Assert.Contains("新增 1 条，已有 1 条", (await town.RunAsync("import", "payment", file)).Output);
    }

    [Fact]
    public async Task A_unique_value_says_which_record_is_meant()
    {
        await using var town = await SheetFixture.CreateAsync();
        Assert.Contains("新增 1 条", (await town.RunAsync("import", "payment", town.Write("a.csv", "日期,村,金额,编号\n2018-05-03,大泉村,5,A1\n"))).Output);
        var again = await town.RunAsync("import", "payment", town.Write("a.csv", "日期,村,金额,编号\n2018-05-03,大泉村,6,A1\n2018-05-03,大泉村,6,A2\n"));
        Assert.Contains("新增 1 条，已有 1 条", again.Output);
        Assert.Contains("1 条与文件不同", again.Errors);
        Assert.Equal([5m, 6m], (await town.RecordsAsync("payment")).Select(r => r.Values["amount"]));
        var twice = await town.RunAsync("import", "payment", town.Write("a.csv", "日期,村,金额,编号\n2018-05-03,大泉村,6,A3\n2018-05-03,大泉村,6,A3\n"));
        Assert.Equal(2, twice.Code);
        Assert.Contains("与第 2 行重复", twice.Output);
    }

    [Fact]
    public async Task Columns_that_a_file_does_not_have_are_no_difference()
    {
        await using var town = await SheetFixture.CreateAsync();
        Assert.Contains("新增 1 条", (await town.RunAsync("import", "payment", town.Write("a.csv", "日期,村,金额,用途,电话,编号\n2018-05-03,大泉村,5,修路,13893812345,A1\n"))).Output);
        var same = await town.RunAsync("import", "payment", town.Write("b.csv", "编号,日期,村,金额\nA1,2018-05-03,大泉村,5\n"));
        Assert.Contains("新增 0 条，已有 1 条", same.Output);
        Assert.DoesNotContain("不同", same.Errors);
        Assert.Contains("1 条与文件不同", (await town.RunAsync("import", "payment", town.Write("c.csv", "编号,日期,村,金额,用途\nA1,2018-05-03,大泉村,5,\n"))).Errors);
    }

    [Fact]
    public async Task A_unit_that_nobody_understands_and_a_field_that_is_none_are_refused_until_somebody_says_what_is_meant()
    {
        await using var town = await SheetFixture.CreateAsync();
        var file = town.Write("a.csv", "日期,村,金额（美元）,说明,说 明\n2018-05-03,大泉村,1.5,甲,乙\n");
        var refused = await town.RunAsync("import", "payment", file, "--map", "说 明=");
        Assert.Equal(2, refused.Code);
        Assert.Contains("没有看懂“金额（美元）”的计量单位", refused.Errors);
        var unknown = await town.RunAsync("import", "payment", file, "--map", "说明=nosuch");
        Assert.Equal((2, "“付款”没有字段“nosuch”"), (unknown.Code, unknown.Errors.Trim()));
        Assert.Equal(0, (await town.RunAsync("import", "payment", file, "--map", "金额（美元）=amount（万元）", "--map", "说明=purpose", "--map", "说 明=")).Code);
        Assert.Equal((15000m, "甲"), ((decimal)(await town.RecordsAsync("payment"))[0].Values["amount"]!, (string)(await town.RecordsAsync("payment"))[0].Values["purpose"]!));

        var hidden = Books.Xlsx(("表", Books.Row(1, "单位：万元") + Books.Row(2, "日期", "村", "金额") + Books.Row(3, "2018-05-04", "大泉村", 2).Replace("<row ", "<row hidden=\"1\" ", StringComparison.Ordinal), ""));
        var ran = await town.RunAsync("import", "payment", town.Write("a.xlsx", hidden));
        Assert.Contains("有 1 行是隐藏或筛选掉的，也已读入：第 3 行", ran.Errors);
        Assert.Equal(20000m, (await town.RecordsAsync("payment"))[1].Values["amount"]);
    }

    [Fact]
    public async Task A_second_unit_without_a_superior_is_refused_at_its_row()
    {
        await using var town = await SheetFixture.CreateAsync();
        var ran = await town.RunAsync("import", "unit", town.Write("机构.csv", "代码,名称,类型,上级,设立日期\nv3,新村,village,town,2018-01-01\nt2,另一镇,town,,2018-01-01\n"));
        Assert.Equal(2, ran.Code);
        Assert.Contains("“上级”要填：最上级的单位只能有一个，已经是“town”", ran.Output);
        Assert.Equal(3, (await town.RecordsAsync("unit")).Count);
    }

    [Fact]
    public async Task Clear_facts_go_out_only_with_a_reason_by_who_may_see_them_and_are_journalled_first()
    {
        await using var town = await SheetFixture.CreateAsync();
        var file = town.In("人员.csv");
        Assert.Equal(0, (await town.RunAsync("export", "person", "-o", file)).Code);
        Assert.DoesNotContain("张小三", await ReadAsync());
        File.Delete(file);

        Assert.Contains("要写明理由", (await town.RunAsync("export", "person", "-o", file, "--clear")).Errors);
        Assert.Contains("不能查看人员的个人信息", (await town.RunAsync("export", "person", "-o", file, "--clear", "--reason", "核对名单", "--as", "cadre")).Errors);
        Assert.False(File.Exists(file));
        Assert.Empty(await ShownAsync());

        Assert.Equal(0, (await town.RunAsync("export", "person", "-o", file, "--clear", "--reason", "核对名单", "--where", "joined_on ge 2009-01-01")).Code);
        Assert.Contains("张小三", await ReadAsync());
        Assert.Equal([("clerk", "person", (long?)null, "明文导出1条，条件：joined_on ge 2009-01-01；理由：核对名单")], await ShownAsync());

        // Whom a filter asked for is not for the journal.
        Assert.Equal(0, (await town.RunAsync("export", "person", "-o", file, "--clear", "--reason", "核对一人", "--where", "name eq '张小三'")).Code);
        Assert.Equal("明文导出1条，条件：按个人信息筛选；理由：核对一人", (await ShownAsync())[0].Reason);
        Assert.Equal(0, (await town.RunAsync("verify")).Code);

        Task<string> ReadAsync() => File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);

        async Task<List<(string Actor, string? Ledger, long? Record, string? Reason)>> ShownAsync()
        {
            List<(string, string?, long?, string?)> found = [];
            await town.WithStoreAsync(async store => found = (await new JournalSearch(store.Database).FindAsync("t1", new JournalQuery { Act = Acts.Shown })).ConvertAll(l => (l.Line.Actor, l.Line.Ledger, l.Line.Record, l.Reason)));
            return found;
        }
    }

    [Fact]
    public async Task One_bad_cell_and_nothing_is_written_and_every_one_is_marked()
    {
        await using var town = await SheetFixture.CreateAsync();
        var file = town.Write("付款.xlsx", Books.Xlsx(("付款", Books.Row(1, "日期", "村", "金额", "用途", "领导") + Books.Row(2, "2018-05-03", "大泉村", 5, "修路", "x") + Books.Row(3, "昨天", "无此村", "<c r=\"C3\"><f>A1</f></c>", "=1+1"), "")));
        var ran = await town.RunAsync("import", "payment", file, "--errors", town.In("错.xlsx"), "--format", "json");
        Assert.Equal(2, ran.Code);
        Assert.Contains("有 3 处错误，没有写入", ran.Errors);
        Assert.Contains("没有导入的列：领导", ran.Errors);
        using var json = System.Text.Json.JsonDocument.Parse(ran.Output);
        Assert.Equal([(3, "A", "日期"), (3, "B", "村"), (3, "C", "金额")], json.RootElement.EnumerateArray().Select(e => (e.GetProperty("row").GetInt32(), e.GetProperty("column").GetString()!, e.GetProperty("heading").GetString()!)));
        Assert.Equal("昨天", json.RootElement[0].GetProperty("value").GetString());
        Assert.Empty(await town.RecordsAsync("payment"));

        var marked = Books.Read(await File.ReadAllBytesAsync(town.In("错.xlsx"), TestContext.Current.CancellationToken));
        Assert.Equal(["昨天", "无此村", null, "=1+1"], marked[2].Cells.Take(4));
        Assert.Contains("公式", (string)marked[2][5]!);
        Assert.Null(marked[1][5]);
        Assert.Contains("有 3 处错误", (await town.RunAsync("import", "payment", town.In("错.xlsx"))).Errors);
    }

    [Fact]
    public async Task Who_may_record_where_holds_for_files_too()
    {
        await using var town = await SheetFixture.CreateAsync();
        var file = town.Write("付款.csv", "日期,村,金额\n2018-05-03,大泉村,5\n2018-05-03,双树村,6\n");
        var inspector = await town.RunAsync("import", "payment", file, "--as", "inspector");
        Assert.Equal((2, ""), (inspector.Code, inspector.Output));
        Assert.Contains("不能登记“付款”", inspector.Errors);
        Assert.Equal(2, (await town.RunAsync("export", "payment", "-o", town.In("p.xlsx"), "--as", "inspector")).Code);
        var cadre = await town.RunAsync("import", "payment", file, "--as", "cadre");
        Assert.Equal(2, cadre.Code);
        Assert.Contains("不能登记这个单位的记录", cadre.Output);

        // What stands in the cell, not the code it was taken for.
        Assert.Matches(@"双树村\s+.*不能登记这个单位的记录", cadre.Output);
        Assert.Equal(0, (await town.RunAsync("import", "payment", file)).Code);
        Assert.Contains("导出 1 条", (await town.RunAsync("export", "payment", "-o", town.In("p.xlsx"), "--as", "cadre")).Output);
        Assert.Equal("大泉村", Books.Read(await File.ReadAllBytesAsync(town.In("p.xlsx"), TestContext.Current.CancellationToken))[1][2]);
    }

    [Fact]
    public async Task What_is_exported_is_masked_merged_filtered_and_imports_again()
    {
        await using var town = await SheetFixture.CreateAsync();
        await town.RunAsync("import", "problem", town.Write("清单.xlsx", Problems("=SUM(A1)", "公示不及时")));
        var ran = await town.RunAsync("export", "problem", "-o", town.In("出.xlsx"));
        Assert.Equal((0, $"“问题”导出 2 条到“{town.In("出.xlsx")}”\n"), (ran.Code, ran.Output));
        var rows = Books.Read(await File.ReadAllBytesAsync(town.In("出.xlsx"), TestContext.Current.CancellationToken));
        Assert.Equal(["序号", "提出日期", "村", "方面", "问题", "反映人", "标签", "责任领导", "整改措施·措施", "整改措施·时限", "办理状态"], rows[0].Cells);
        Assert.Equal(("=SUM(A1)", "李*", "待整改"), ((string)rows[1][4]!, (string)rows[1][5]!, (string)rows[1][10]!));
        Assert.True(rows[2].IsFilledDown(4) && rows[2].IsFilledDown(10) && !rows[2].IsFilledDown(8));
        Assert.Contains("遮盖", (await town.RunAsync("import", "problem", town.In("出.xlsx"))).Output);
        Assert.Contains("新增 2 条，已有 0 条", (await town.RunAsync("import", "problem", town.In("出.xlsx"), "--map", "反映人=")).Output);

        await town.RunAsync("export", "problem", "-o", town.In("出.csv"), "--where", "contains(title, '公示')");
        var csv = await File.ReadAllBytesAsync(town.In("出.csv"), TestContext.Current.CancellationToken);
        Assert.Equal([0xEF, 0xBB, 0xBF], csv[..3]);
        Assert.Equal(1 + (2 * 2), System.Text.Encoding.UTF8.GetString(csv).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
        // One of the two was imported without who told of it; the other says more than the file does.
        Assert.Contains("新增 1 条，已有 1 条", (await town.RunAsync("import", "problem", town.In("出.csv"), "--map", "反映人=")).Output);
        await town.RunAsync("export", "problem", "-o", town.In("任务.xlsx"), "--columns", "问题,measures.due_on,measures.content");
        Assert.Equal(["序号", "问题", "整改措施·时限", "整改措施·措施", "办理状态"], Books.Read(await File.ReadAllBytesAsync(town.In("任务.xlsx"), TestContext.Current.CancellationToken))[0].Cells);
        Assert.Contains("没有列“nothing”", (await town.RunAsync("export", "problem", "-o", town.In("无.xlsx"), "--columns", "title,nothing")).Errors);
        var wrong = await town.RunAsync("export", "problem", "-o", town.In("无.xlsx"), "--where", "nothing eq 1");
        Assert.Equal((2, ""), (wrong.Code, wrong.Output));
        Assert.False(File.Exists(town.In("无.xlsx")) || File.Exists(town.In("无.xlsx.part")));
    }

    [Fact]
    public async Task Each_kind_of_personal_fact_is_masked_its_own_way()
    {
        await using var town = await SheetFixture.CreateAsync();
        Assert.Equal(0, (await town.RunAsync("import", "payment", town.Write("a.csv", "日期,村,金额,账号,电话,说明\n2018-05-03,大泉村,5,6222021234567890123,13812345678,住在村东头第三家\n2018-05-03,大泉村,6,王五,0912-2345678,\n"))).Code);
        Assert.Equal(0, (await town.RunAsync("export", "payment", "-o", town.In("出.csv"))).Code);
        var lines = (await File.ReadAllTextAsync(town.In("出.csv"), TestContext.Current.CancellationToken)).Split("\r\n");
        Assert.Equal("1,2018-05-03,大泉村,5,,,***************0123,138****5678,住**", lines[1]);
        Assert.Equal("2,2018-05-03,大泉村,6,,,王*,********5678,", lines[2]);
        await town.RunAsync("export", "person", "-o", town.In("人.csv"));
        Assert.Contains(",张*三,110101********001", await File.ReadAllTextAsync(town.In("人.csv"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_template_filled_in_imports_and_its_example_does_not()
    {
        await using var town = await SheetFixture.CreateAsync();
        Assert.Equal(0, (await town.RunAsync("template", "problem", "-o", town.In("模板.xlsx"))).Code);
        using (var book = DocumentFormat.OpenXml.Packaging.SpreadsheetDocument.Open(town.In("模板.xlsx"), isEditable: false))
        {
            Assert.Empty(new DocumentFormat.OpenXml.Validation.OpenXmlValidator().Validate(book, TestContext.Current.CancellationToken).Select(e => e.Description));
            var comments = string.Concat(book.WorkbookPart!.WorksheetParts.SelectMany(w => w.WorksheetCommentsPart?.Comments.InnerText ?? ""));
            Assert.Contains("统计“问题数”：按提出日期", comments);
        }

        var empty = await town.RunAsync("import", "problem", town.In("模板.xlsx"));
        Assert.Equal((2, ""), (empty.Code, empty.Output));
        Assert.Contains("下面没有内容", empty.Errors);
        await using (var file = File.Open(town.In("模板.xlsx"), FileMode.Open))
        using (var book = DocumentFormat.OpenXml.Packaging.SpreadsheetDocument.Open(file, isEditable: true))
        {
            var data = book.WorkbookPart!.WorksheetParts.First(w => w.WorksheetCommentsPart is not null).Worksheet.GetFirstChild<DocumentFormat.OpenXml.Spreadsheet.SheetData>()!;
            data.InnerXml += Books.Row(3, "1", "2018-05-03", "双树村", "民生", "路灯不亮", null, "急、难", "张小三", "换灯", "2018-06-01").Replace("<row ", "<row xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" ");
        }

        var ran = await town.RunAsync("import", "problem", town.In("模板.xlsx"));
        Assert.True(ran.Code == 0, ran.Errors + ran.Output);
        Assert.Contains("跳过示例 1 行：第 2 行", ran.Errors);
        var record = Assert.Single(await town.RecordsAsync("problem"));
        Assert.Equal(["急", "难"], record.Values.ChosenOf(record.Ledger.Fields["tags"]));
        Assert.NotNull(record.Values["lead"]);
    }

    [Fact]
    public async Task A_large_file_is_one_transaction()
    {
        await using var town = await SheetFixture.CreateAsync();
        var lines = Enumerable.Range(0, 3000).Select(i => $"2018-05-{(i % 28) + 1:00},大泉村,{i},用途{i},C{i}");
        var file = town.Write("付款.csv", "日期,村,金额,用途,编号\n" + string.Join('\n', lines));
        Assert.Contains("新增 3000 条", (await town.RunAsync("import", "payment", file)).Output);
        Assert.Equal(3000, (await town.RecordsAsync("payment")).Count);
        Assert.Equal(0, (await town.RunAsync("verify")).Code);
        await town.WithStoreAsync(async store =>
        {
            var writes = Enumerable.Range(0, 2500).Select(i => (RecordWrite)SheetFixture.Create(store, "payment", new() { ["paid_on"] = "2018-05-03", ["village"] = "v1", ["amount"] = 1m, ["code"] = i == 2400 ? "C7" : $"D{i}" })).ToList();
            var outcomes = await store.WriteAsync("t1", new Actor("clerk"), writes);
            Assert.Equal(RefusalKind.NotUnique, Assert.IsType<Refused>(outcomes[2400]).Refusals[0].Kind);
            Assert.All(outcomes.Where((_, i) => i != 2400), o => Assert.IsType<Withheld>(o));
            Assert.IsType<Written>(await store.WriteAsync("t1", new Actor("clerk"), writes[0]));
        });
        Assert.Equal(3001, (await town.RecordsAsync("payment")).Count);
        Assert.Equal(0, (await town.RunAsync("verify")).Code);
    }

    public static TheoryData<string, string> Bad => new()
    {
        { "macros", "macros" }, { "password", "password" }, { "rows", "more than 200000 rows" }, { "heading", "hold no headings" }, { "empty", "nothing below" },
        { "missing", "Required columns are missing: 村" }, { "twice", "Two columns name the same field: 日期" }, { "html", "not an xlsx" }, { "gone", "There is no file" }, { "ledger", "There is no ledger" },
    };

    [Theory, MemberData(nameof(Bad))]
    public async Task Bad_files_are_refused_in_one_sentence(string kind, string said)
    {
        await using var town = await SheetFixture.CreateAsync();
        var file = kind switch
        {
            "macros" => town.Write("a.xlsm", Books.Zip(z => { z("xl/workbook.xml", "<a/>"); z("xl/vbaProject.bin", "x"); })),
            "password" => town.Write("a.xlsx", TinyXls.Container("EncryptedPackage", new byte[4096])),
            "rows" => town.Write("a.xlsx", Books.Xlsx(("表", string.Concat(Enumerable.Repeat("<row/>", 5_000_000)), ""))),
            "heading" => town.Write("a.xlsx", Books.Xlsx(("一", Books.Row(1, "甲", "乙"), ""), ("二", Books.Row(1, "丙"), ""))),
            "empty" => town.Write("a.csv", "日期,村,金额\n\n"),
            "missing" => town.Write("a.csv", "日期,金额\n2018-05-03,5\n"),
            "twice" => town.Write("a.csv", "日期,村,金额,日期\n2018-05-03,大泉村,5,2018-05-03\n"),
            "html" => town.Write("a.xls", [0x3C, 0, 0x68, 0]),
            _ => town.In("gone.xlsx"),
        };
        var ran = await town.RunAsync("import", kind == "ledger" ? "nothing" : "payment", file, "--lang", "en");
        Assert.Equal((2, ""), (ran.Code, ran.Output));
        Assert.Contains(said, ran.Errors);
        Assert.Single(ran.Errors.TrimEnd().Split('\n'));
        Assert.Empty(await town.RecordsAsync("payment"));
    }
}
