using Shizhang.Core.Catalogs;
using Shizhang.Core.Records;

namespace Shizhang.Tests.Workflows;

/// <summary>防返贫: the notice, what a removed risk needs, and the data-quality rules as the pack asks them.</summary>
public class HouseholdTests
{
    private const string Ledger = "household";

    private static readonly (string, object?)[] Secured =
    [
        ("kind", "脱贫不稳定户"), ("identified_on", "2023-08-31"), ("helped_on", "2023-09-20"), ("help_kinds", new[] { "产业帮扶" }), ("removed_by", "帮扶消除"), ("removed_on", "2024-02-29"),
        ("income", 9000m), ("income_on", "2024-01-31"), ("safe_house", true), ("safe_water", true), ("schooling", true), ("medical", true),
    ];

    private static string Missing(string step, string today, params ReadOnlySpan<(string, object?)> given) =>
        Township.Kinds(Township.Missing(Ledger, step, Township.Values(Ledger, given), today));

    [Theory]
    [InlineData("2023-01-20", "2023-01-24", "TooEarly")] // five days, the first included; Spring Festival counts
    [InlineData("2023-01-20", "2023-01-25", "")]
    [InlineData("2024-02-26", "2024-03-01", "TooEarly")]
    [InlineData("2024-02-26", "2024-03-02", "")]
    [InlineData("2018-12-03", "2018-12-09", "TooEarly")] // seven days before the mechanism of 2020
    [InlineData("2018-12-03", "2018-12-10", "")]
    public void The_village_notice_stands_its_days(string from, string today, string missing) =>
        Assert.Equal(missing, Missing("乡镇初审", today, ("noticed_from", from), ("noticed_until", today)));

    [Fact]
    public void The_notice_is_given_once() => Assert.True(Township.Catalog.Ledgers[Ledger].Workflow!.Steps["村内公示"].Once);

    [Theory]
    [InlineData("2024-02-28", "TooEarly")]
    [InlineData("2024-02-29", "")]
    public void A_risk_is_removed_after_half_a_year(string today, string missing) => Assert.Equal(missing, Removed(today));

    [Theory]
    [InlineData("2021-12-31", 5999.99, "Field")]
    [InlineData("2021-12-31", 6000, "")]
    [InlineData("2022-01-01", 6999.99, "Field")]
    [InlineData("2022-12-31", 7000, "")]
    [InlineData("2023-01-01", 7299.99, "Field")]
    [InlineData("2023-12-31", 7300, "")]
    [InlineData("2024-01-01", 8799.99, "Field")]
    [InlineData("2024-02-29", 8800, "")]
    public void Income_is_measured_by_the_line_of_its_year(string on, double income, string missing) =>
        Assert.Equal(missing, Removed("2024-02-29", ("income_on", on), ("income", (decimal)income)));

    [Fact]
    public void A_household_without_labour_help_or_a_safe_home_keeps_its_mark()
    {
        Assert.Equal("Field", Removed("2024-02-29", ("members", Members(("skill", "无劳动力")))));
        Assert.Equal("", Removed("2024-02-29", ("members", Members(("skill", "弱劳动力或半劳动力")))));
        Assert.Equal("Field", Removed("2024-02-29", ("help_kinds", null)));
        Assert.Equal("Field", Removed("2024-02-29", ("helped_on", null)));
        Assert.Equal("Field", Removed("2024-02-29", ("safe_water", false)));
        Assert.Equal("Field", Removed("2024-02-29", ("medical", null)));
    }

    [Fact]
    public void Help_is_a_kind_of_help()
    {
        Assert.Equal("Field:helped_on Field:help_kinds", Missing("落实帮扶", "2024-01-01"));
        Assert.Equal("", Missing("落实帮扶", "2024-01-01", ("helped_on", "2024-01-01"), ("help_kinds", new[] { "低保" })));
    }

    [Theory]
    [InlineData("2020-03-19", false)]
    [InlineData("2020-03-20", true)]
    [InlineData("2025-12-31", true)]
    [InlineData("2026-01-01", false)]
    public void The_three_kinds_are_in_force_for_a_time(string day, bool isInForce)
    {
        var kinds = Township.Catalog.Ledgers[Ledger].Fields["kind"].Choices;
        Assert.All(kinds.Where(k => k.Value is "脱贫不稳定户" or "边缘易致贫户" or "突发严重困难户"), k => Assert.Equal(isInForce, k.IsValidOn(Township.Day(day))));
        Assert.Equal(!isInForce && day[..4] == "2026", kinds.Single(k => k.Value == "防止返贫致贫对象").IsValidOn(Township.Day(day)));
    }

    [Fact]
    public void Each_rule_of_data_quality_finds_its_fault_and_spares_the_rest()
    {
        Finds("hh_below_line", "已脱贫", [("income", 7299m), ("income_on", "2023-09-30")], [("income", 7300m), ("income_on", "2023-09-30")]);
        Finds("hh_unsafe", "已消除", [("safe_water", false)], [("safe_water", true)]);
        Finds("hh_removed_below", "已消除", [("removed_by", "帮扶消除"), ("income", 6999m), ("income_on", "2022-09-30")], [("removed_by", "自然消除"), ("income", 6999m), ("income_on", "2022-09-30")]);
        Finds("hh_disabled_cause", "帮扶中", [("cause", "因残"), ("members", Members(("health", "健康")))], [("cause", "因残"), ("members", Members(("health", "残疾")))]);
        Finds("hh_aid_missing", "帮扶中", [("help_kinds", new[] { "低保" })], [("help_kinds", new[] { "低保" }), ("members", Members(("aid", "低保")))]);
        Finds("hh_aid_unticked", "帮扶中", [("members", Members(("aid", "特困供养")))], [("help_kinds", new[] { "特困供养" }), ("members", Members(("aid", "特困供养")))]);
        Finds("hh_income_odd", "帮扶中", [("business_income", 100m)], [("business_income", 100m), ("business_cost", 1m), ("wage_income", 300m)]);
        Finds("hh_income_odd", "帮扶中", [("wage_income", 299m)], [("wage_income", 300000m)]);
        Finds("hh_house_empty", "帮扶中", [], [("house_area", 80m)]);
    }

    [Fact]
    public void Each_rule_about_members_finds_its_fault_and_spares_the_rest()
    {
        FindsMember("hh_card_missing", [("health", "残疾")], [("health", "残疾"), ("disability_card", "99000019510302001343")]);
        FindsMember("hh_card_wrong", [("disability_card", "990000195103020013")], [("disability_card", "99000019510302001343")]);
        FindsMember("hh_card_wrong", [("disability_card", "990000195103020013431")], [("disability_card", "9900001951030200134301")]);
        FindsMember("hh_labour_odd", [("skill", "无劳动力"), ("work", "外出务工")], [("skill", "普通劳动力"), ("work", "外出务工")]);
        FindsMember("hh_labour_odd", [("skill", "丧失劳动力"), ("work", "公益岗位")], [("skill", "丧失劳动力")]);
        FindsMember("hh_pupil_works", [("school", "初中"), ("work", "外出务工")], [("school", "失学辍学"), ("work", "外出务工")]);
        FindsMember("hh_post_months", [("work", "公益岗位")], [("work", "公益岗位"), ("work_months", 3)]);
        FindsMember("hh_post_months", [("work_months", 3)], [("work", "就近务工"), ("work_months", 3)]);
        FindsMember("hh_dropout", [("school", "失学辍学")], [("school", "小学")]);
    }

    private static void Finds(string indicator, string state, (string, object?)[] fault, (string, object?)[] fine)
    {
        var where = ((Question)Township.Catalog.Indicators[indicator].Calculation).Where!;
        Assert.Equal((indicator, true, false), (indicator, Township.Holds(where, Township.Values(Ledger, fault), state), Township.Holds(where, Township.Values(Ledger, fine), state)));
        Assert.Contains(Township.Catalog.Ledgers[Ledger].Rules, r => r is BoundRule { AtMost: 0 } bound && bound.Indicator.Code == indicator);
    }

    private static void FindsMember(string indicator, (string, object?)[] fault, (string, object?)[] fine)
    {
        var where = ((Question)Township.Catalog.Indicators[indicator].Calculation).LineWhere!;
        Assert.Equal((indicator, true, false), (indicator, Township.Holds(where, Members(fault)[0]), Township.Holds(where, Members(fine)[0])));
        Assert.Contains(Township.Catalog.Ledgers[Ledger].Rules, r => r is BoundRule { AtMost: 0 } bound && bound.Indicator.Code == indicator);
    }

    private static string Removed(string today, params ReadOnlySpan<(string, object?)> otherwise)
    {
        (string, object?)[] given = [.. Secured, ("members", Members(("skill", "普通劳动力"))), .. otherwise];
        return Missing("风险消除", today, given);
    }

    private static List<RecordValues> Members(params ReadOnlySpan<(string, object?)> given) => [Township.Line(Ledger, "members", given)];
}
