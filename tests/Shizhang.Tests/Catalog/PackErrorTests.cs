using System.Resources;
using Shizhang.Core.Catalogs.Loading;
using Shizhang.IntegrationTests.Storage;

namespace Shizhang.Tests.Catalog;

/// <summary>Each kind of error of a pack, at its file and line; the table is complete, and a test says so.</summary>
public class PackErrorTests
{
    private const string Unit = "ledgers/base/unit.yaml";
    private const string Person = "ledgers/base/person.yaml";
    private const string Work = "ledgers/base/work.yaml";
    private const string Deadline = "deadlines:\n  soon:\n    name: 期限\n    from: done_on\n    limits:\n      - {value: 5, unit: day, valid_from: 2018-01-01, basis: 规定, mark: M}\n";
    private const string Report = "---\nreport: plain\nname: 汇报\n---\n# 题\n\n{{ works | figure }}\n";

    /// <summary>Error, where it is reported (text on that line), and the edit that makes it: in a file, this becomes that.</summary>
    private static readonly (string Code, string At, string File, string Before, string After)[] Cases =
    [
        ("yaml", "\"", Work, "name: 工作\n", "name: \"工作\n"),
        ("duplicate_key", "basis: 再", Work, "basis: 测试", "basis: 测试\nbasis: 再"),
        ("unknown_key", "colour", Work, "area: 基础", "area: 基础\ncolour: 红"),
        ("missing_key", "", Work, "area: 基础\n", ""),
        ("unknown_file", "", "ledgers/readme.md", "", "说明"),
        ("not_text", "area:", Work, "area: 基础", "area: [甲, 乙]"),
        ("not_map", "herd:", Work, "herd: {name: 存栏, type: integer}", "herd: 存栏"),
        ("not_list", "rules:", Work, "indicators:", "rules: 无\nindicators:"),
        ("not_integer", "road_share", Work, "digits: 1", "digits: 一"),
        ("not_decimal", "length", Work, "min: 0}\n  cost", "min: 零}\n  cost"),
        ("not_date", "valid_from", "deadlines.yaml", "", Deadline.Replace("2018-01-01", "2018-02-30", StringComparison.Ordinal)),
        ("not_flag", "done_on:", Work, "done_on: {name: 日期, type: date, required: true}", "done_on: {name: 日期, type: date, required: 要}"),
        ("not_one_of", "unit: week", "deadlines.yaml", "", Deadline.Replace("unit: day", "unit: week", StringComparison.Ordinal)),
        ("bad_code", "Herd", Work, "herd: {name: 存栏, type: integer}", "Herd: {name: 存栏, type: integer}"),
        ("reserved_code", "past", Work, "note: {name", "past: {name"),
        ("duplicate_code", "people:", Work, "  works: {name", "  people: {name"),
        ("file_name", "", Work, "ledger: work", "ledger: works"),
        ("unknown_role", "owner", Work, "owner: 办公室", "owner: 水利站"),
        ("unknown_ledger", "lead", Work, "to: person}\n  note", "to: persons}\n  note"),
        ("unknown_area", "reads", "roles.yaml", "reads: ['*']", "reads: ['area:天文']"),
        ("unknown_state", "梦游", "wording.yaml", "", "states:\n  登记: Registered\n  梦游: Sleepwalking\n"),
        ("unknown_choice", "修桥", "wording.yaml", "", "choices:\n  修路: Roads\n  修桥: Bridges\n"),
        ("unknown_field", "road_length", Work, "sum: length", "sum: lenght"),
        ("unknown_list", "kind:", Work, "of: [修路, 会议, 其他]", "of: work_kinds"),
        ("unknown_deadline", "办结:", Work, "by: [办公室]}", "by: [办公室], within: never}"),
        ("unknown_indicator", "road_share", Work, "ratio: [roads, works]", "ratio: [roads, wroks]"),
        ("unknown_step", "rule: deadline", Work, "indicators:", "rules:\n  - {rule: deadline, step: 归档, message: 到期}\nindicators:"),
        ("unknown_type", "note:", Work, "note: {name: 备注, type: note}", "note: {name: 备注, type: essay}"),
        ("unknown_unit_kind", "village:", Work, "of: [village]", "of: [hamlet]"),
        ("field_type", "date: kind", Work, "date: done_on\n", "date: kind\n"),
        ("field_key", "herd", Work, "type: integer}\n  attendance", "type: integer, scale: 2}\n  attendance"),
        ("lines_nested", "more", Work, "fields: {who:", "fields: {more: {name: 又, type: lines, fields: {n: {name: 数, type: integer}}}, who:"),
        ("lines_empty", "attendance", Work, "fields: {who: {name: 谁, type: record, to: person}, state: {name: 状态, type: choice, of: [到会, 缺席], required: true}}", "fields: {}"),
        ("too_many_fields", "fields:", Work, "  herd: {name: 存栏, type: integer}", string.Join('\n', Enumerable.Range(0, 120).Select(i => $"  f{i}: {{name: 字段{i}, type: integer}}")) + "\n  herd: {name: 存栏, type: integer}"),
        ("no_basis", "basis", Work, "basis: 测试", "basis: ''"),
        ("title_field", "title", Work, "title: \"{kind}", "title: \"{sort}"),
        ("unit_ledger", "", Unit, "", ""),
        ("unit_field", "", Unit, "  successor: {name: 并入, type: unit}", "  successor: {name: 并入, type: text}"),
        ("no_question", "works:", Work, "works: {name: 工作, measure: 件, count: records,", "works: {name: 工作, measure: 件, count: records, sum: people,"),
        ("two_parts", "road_share", Work, "ratio: [roads, works]", "ratio: [roads]"),
        ("some_parts", "works_and_people", Work, "total: [works, people]", "total: []"),
        ("not_number_field", "road_length", Work, "sum: length", "sum: kind"),
        ("not_lines_field", "attended", Work, "count: attendance", "count: herd"),
        ("composed_key", "road_share", Work, "digits: 1", "digits: 1, where: \"people gt 1\""),
        ("only_with", "works:", Work, "works: {name: 工作, measure: 件,", "works: {name: 工作, measure: 件, until: done_on,"),
        ("not_with", "people:", Person, "at: end,", "at: end, date: left_on,"),
        ("indicator_circle", "total", Work, "total: [works, people]", "total: [works_and_people, people]"),
        ("same_indicator", "roads:", Work, "indicators:\n", "indicators:\n  roads2: {name: 修路, measure: 件, count: records, 口径: 按日期}\n"),
        ("same_personal", "name:", Work, "note: {name: 备注, type: note}", "note: {name: 姓名, type: text, personal: true}"),
        ("step_nobody", "办结", Work, "by: [办公室]}", "by: []}"),
        ("state_stuck", "", Work, "办结: {from: 登记, to: 办结, by: [办公室]}", "办结: {from: 登记, to: 半途, by: [办公室]}"),
        ("state_unreached", "", Work, "end: [办结]", "end: [办结, 撤销]"),
        ("not_by", "办结:", Work, "by: [办公室]}", "by: [办公室], not_by: [nobody]}"),
        ("deadline_event", "办结:", Work, "by: [办公室]}", "by: [办公室], within: later}"),
        ("limits_order", "2017", "deadlines.yaml", "", Deadline + "      - {value: 6, unit: day, valid_from: 2017-01-01, basis: 规定, mark: M}\n"),
        ("no_limits", "soon", "deadlines.yaml", "", "deadlines:\n  soon: {name: 期限, from: done_on, limits: []}\n"),
        ("calendar_year", "2019", "calendar/2018.yaml", "", "year: 2018\nbasis: 通知\nholidays:\n  - 2019-01-01\nworkdays: []\n"),
        ("calendar_both", "workdays", "calendar/2018.yaml", "", "year: 2018\nbasis: 通知\nholidays: [2018-01-01]\nworkdays: [2018-01-01]\n"),
        ("report_matter", "", "reports/plain.md", "", "# 没有开头\n"),
        ("report_code", "wroks", "reports/plain.md", "", Report.Replace("works", "wroks", StringComparison.Ordinal)),
        ("report_number", "第012号", "reports/plain.md", "", Report.Replace("name: 汇报", "name: 汇报\nnumber: 某发〔2018〕第012号", StringComparison.Ordinal)),
        ("report_liquid", "", "reports/plain.md", "", Report + "{% if works.value %}没有结束\n"),
        ("choice_twice", "甲, 甲", "lists.yaml", "", "lists:\n  kinds: {name: 类, basis: 标准, values: [甲, 甲]}\n"),
        ("admin_data", "reads", "roles.yaml", "reads: ['*'], records: ['*']", "administers: system, reads: ['*']"),
        ("missing_file", "", "pack.yaml", "", ""),
        ("filter", "where", Work, "where: \"kind eq '修路'\", 口径: 按日期}\n  road_length", "where: \"kind eq '修桥'\", 口径: 按日期}\n  road_length"),
    ];

    public static TheoryData<string> Codes => [.. Cases.Select(c => c.Code)];

    [Theory, MemberData(nameof(Codes))]
    public void Each_kind_of_error_is_found_at_its_line(string code)
    {
        var (_, at, file, before, after) = Cases.Single(c => c.Code == code);
        var files = TestPack.Files();
        files["deadlines.yaml"] = "deadlines:\n  later: {name: 以后, from: nothing_on, limits: [{value: 1, unit: day, valid_from: 2018-01-01, basis: 规定, mark: M}]}\n";
        if (before.Length > 0)
        {
            Assert.Contains(before, files[file]);
            files[file] = files[file].Replace(before, after, StringComparison.Ordinal);
        }
        else if (after.Length > 0)
        {
            files[file] = after;
        }
        else
        {
            files.Remove(file);
        }

        var errors = PackReader.Check(new PackFiles(files)).Errors;

        var error = Assert.Single(errors, e => e.Code == code);
        Assert.NotEmpty(error.Sentence);
        if (at.Length > 0)
        {
            Assert.Equal(file, error.At.File);
            var lines = files[file].Split('\n');
            Assert.Contains(at, lines[error.At.Line - 1]);
        }
    }

    [Theory]
    [InlineData("[")]
    [InlineData("&a {b: *a}")]
    public void A_file_nested_too_deeply_or_with_aliases_is_no_yaml_for_us(string basis)
    {
        var files = TestPack.Files();
        files[Work] = files[Work].Replace("basis: 测试", "basis: " + (basis.Length == 1 ? new string('[', 10_000) : basis), StringComparison.Ordinal);
        Assert.Contains(PackReader.Check(new PackFiles(files)).Errors, e => e.Code == "yaml" && e.At.File == Work);
    }

    [Fact]
    public void The_pack_they_are_made_from_has_no_error() => Assert.Empty(PackReader.Check(new PackFiles(TestPack.Files())).Errors);

    [Fact]
    public void Every_sentence_about_packs_has_a_case()
    {
        var texts = new ResourceManager("Shizhang.Core.Texts.MessagesZh", typeof(PackReader).Assembly);
        var keys = texts.GetResourceSet(System.Globalization.CultureInfo.InvariantCulture, createIfNotExists: true, tryParents: false)!
            .Cast<System.Collections.DictionaryEntry>().Select(e => (string)e.Key)
            .Where(k => k.StartsWith("pack_", StringComparison.Ordinal) && k is not ("pack_unreadable" or "pack_too_large" or "pack_deep" or "pack_alias"));
        Assert.Empty(keys.Select(k => k["pack_".Length..]).Except(Cases.Select(c => c.Code)));
    }

    [Fact]
    public void All_errors_are_reported_together_in_order()
    {
        var files = TestPack.Files();
        files[Work] = files[Work].Replace("sum: length", "sum: lenght", StringComparison.Ordinal).Replace("owner: 办公室", "owner: 水利站", StringComparison.Ordinal);
        files[Person] = files[Person].Replace("type: id_number", "type: id", StringComparison.Ordinal);

        var errors = PackReader.Check(new PackFiles(files)).Errors;

        Assert.Superset(new HashSet<string> { "unknown_type", "unknown_role", "unknown_field" }, errors.Select(e => e.Code).ToHashSet());
        Assert.Equal(errors.OrderBy(e => e.At.File, StringComparer.Ordinal).ThenBy(e => e.At.Line), errors);
    }

    [Fact]
    public void A_sentence_is_there_in_both_languages()
    {
        static HashSet<string> Keys(string name) => [.. new ResourceManager(name, typeof(PackReader).Assembly)
            .GetResourceSet(System.Globalization.CultureInfo.InvariantCulture, createIfNotExists: true, tryParents: false)!
            .Cast<System.Collections.DictionaryEntry>().Select(e => (string)e.Key)];
        Assert.Equal(Keys("Shizhang.Core.Texts.MessagesZh"), Keys("Shizhang.Core.Texts.MessagesEn"));
        Assert.NotEmpty(Keys("Shizhang.Core.Texts.MessagesZh"));
    }
}
