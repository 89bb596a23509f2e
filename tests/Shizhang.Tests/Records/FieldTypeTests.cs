using Shizhang.Core.Catalogs;
using Shizhang.Core.Records;
using Shizhang.IntegrationTests.Storage;

namespace Shizhang.Tests.Records;

/// <summary>What people type into a field, and what they are told when it will not do.</summary>
public class FieldTypeTests
{
    private static readonly Dictionary<string, Field> Fields = FieldsOf("""
        text: {name: 文, type: text, max: 5}
        note: {name: 长文, type: note}
        integer: {name: 整数, type: integer, min: 0, max: 100}
        decimal: {name: 小数, type: decimal, scale: 2}
        money: {name: 钱, type: money}
        date: {name: 日期, type: date}
        yes_no: {name: 是否, type: yes_no}
        choice: {name: 选, type: choice, of: [甲, 乙]}
        choices: {name: 多选, type: choices, of: [甲, 乙, 丙]}
        unit: {name: 单位, type: unit}
        record: {name: 引用, type: record, to: person}
        id_number: {name: 证件, type: id_number}
        credit_code: {name: 信用代码, type: credit_code}
        phone: {name: 电话, type: phone}
        """);

    [Theory]
    [InlineData("integer", " １２ ", 12L)]
    [InlineData("integer", "1,000", null)]
    [InlineData("integer", "99", 99L)]
    [InlineData("integer", "101", null)]
    [InlineData("integer", "-1", null)]
    [InlineData("integer", "1.5", null)]
    [InlineData("integer", "1.0", 1L)]
    [InlineData("integer", "九", null)]
    [InlineData("integer", "99999999999999999999", null)]
    [InlineData("yes_no", "是", true)]
    [InlineData("yes_no", "否", false)]
    [InlineData("yes_no", "也许", null)]
    [InlineData("choice", "甲", "甲")]
    [InlineData("choice", "丁", null)]
    [InlineData("text", "五个字以内", "五个字以内")]
    [InlineData("text", "六个字就太多", null)]
    [InlineData("text", "a\nb", null)]
    [InlineData("text", "a\u0000b", null)]
    [InlineData("record", "#12", 12L)]
    [InlineData("record", "0", null)]
    [InlineData("id_number", "11010519491231002X", "11010519491231002X")]
    [InlineData("id_number", "11010519491231002x", "11010519491231002X")]
    [InlineData("id_number", "440524188001010014", "440524188001010014")]
    [InlineData("id_number", "110105194912310021", null)]
    [InlineData("id_number", "110105194902300022", null)]
    [InlineData("id_number", "990105194912310021", null)]
    [InlineData("id_number", "1101051949123100", null)]
    [InlineData("credit_code", "91350100M000100Y43", "91350100M000100Y43")]
    [InlineData("credit_code", "91350100M000100Y44", null)]
    [InlineData("phone", "13912345678", "13912345678")]
    [InlineData("phone", "电话", null)]
    public void Input_is_read_or_refused(string type, string input, object? expected)
    {
        var parsed = Fields[type].Type.Parse(input, Fields[type]);
        Assert.Equal(expected, parsed.Value);
        Assert.Equal(expected is null, parsed.Refusal is not null);
    }

    [Theory]
    [InlineData("2018-05-03", 2018, 5, 3)]
    [InlineData("2018-5-3", 2018, 5, 3)]
    [InlineData("2018年5月3日", 2018, 5, 3)]
    [InlineData("２０１８－０５－０３", 2018, 5, 3)]
    public void Dates_are_read_as_people_write_them(string input, int year, int month, int day) =>
        Assert.Equal(new DateOnly(year, month, day), Fields["date"].Type.Parse(input, Fields["date"]).Value);

    [Theory]
    [InlineData("2018-02-30")]
    [InlineData("2018-13-01")]
    [InlineData("昨天")]
    [InlineData("5/3")]
    public void Dates_that_do_not_exist_are_refused(string input) => Assert.NotNull(Fields["date"].Type.Parse(input, Fields["date"]).Refusal);

    [Fact]
    public void Decimals_are_exact_and_keep_to_their_scale()
    {
        Assert.Equal(0.1m, Fields["decimal"].Type.Parse("0.10", Fields["decimal"]).Value);
        Assert.NotNull(Fields["decimal"].Type.Parse("0.105", Fields["decimal"]).Refusal);
        Assert.Equal(1234567.89m, Fields["money"].Type.Parse("1,234,567.89", Fields["money"]).Value);
        Assert.NotNull(Fields["money"].Type.Parse("1e9", Fields["money"]).Refusal);
    }

    [Fact]
    public void Choices_come_once_each_in_the_order_of_the_list() =>
        Assert.Equal(["甲", "丙"], (IReadOnlyList<string>)Fields["choices"].Type.Parse("丙、甲，丙", Fields["choices"]).Value!);

    [Fact]
    public void Blank_is_empty() => Assert.All(Fields.Values.Where(f => !f.IsLines), f => Assert.Equal((null, null), (f.Type.Parse("  ", f).Value, f.Type.Parse(null, f).Refusal)));

    [Fact]
    public void All_that_is_wrong_with_a_record_is_said_at_once_with_the_path_of_each_field()
    {
        var work = TestPack.Load(TestPack.Files()).Ledgers["work"];
        var read = RecordReader.Read(work, new Dictionary<string, object?>
        {
            ["done_on"] = "2018-02-30", ["people"] = "-3", ["colour"] = "红",
            ["payments"] = new[] { new Dictionary<string, object?> { ["paid_on"] = "2018-06-01", ["amount"] = "1.005" }, new() { ["amount"] = "2" } },
        });
        Assert.Null(read.Values);
        Assert.Equal(["colour", "done_on", "payments[0].amount", "payments[1].paid_on", "people", "village"], read.Refusals.Select(r => r.Path).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void One_date_may_not_be_before_another()
    {
        var person = TestPack.Load(TestPack.Files()).Ledgers["person"];
        var read = RecordReader.Read(person, new Dictionary<string, object?> { ["joined_on"] = "2018-02-02", ["left_on"] = "2018-02-01", ["village"] = "v1" });
        Assert.Equal("left_on", Assert.Single(read.Refusals).Path);
    }

    private static Dictionary<string, Field> FieldsOf(string yaml)
    {
        var ledger = "ledger: kinds\nname: 各类\nen: Kinds\narea: 基础\nowner: 办公室\nbasis: 测试\ndate: date\nunit: unit\ntitle: \"{text}\"\nfields:\n"
            + string.Join('\n', yaml.Split('\n').Select(l => "  " + l)) + "\n";
        return TestPack.Load(TestPack.Files(("ledgers/base/kinds.yaml", ledger))).Ledgers["kinds"].Fields.ToDictionary(f => f.Code);
    }
}
