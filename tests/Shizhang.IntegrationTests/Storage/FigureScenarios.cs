using Shizhang.Core.Figures;
using Shizhang.Storage.Figures;
using Shizhang.Storage.Records;

namespace Shizhang.IntegrationTests.Storage;

/// <summary>What each measure counts, the same on every database; the list of records is always the count's own.</summary>
public class FigureScenarios
{
    private static readonly Period Year = Period.Year(2018);

    public static TheoryData<Kind> Databases => new(Kind.Sqlite, Kind.Postgres);

    [Theory, MemberData(nameof(Databases))]
    public async Task Every_measure_counts_what_its_definition_says(Kind kind)
    {
        await using var db = await TestDatabase.CreateAsync(kind);
        var (a, b) = (await PersonAsync(db, "2017-01-01", null), await PersonAsync(db, "2018-02-01", "2018-12-31"));
        await PersonAsync(db, "2018-03-01", "2019-01-01");
        await WorkAsync(db, "2018-01-01", "v1", "修路", length: "1.5", cost: "0.10", tags: "甲、乙", attendance: [(a, "到会"), (b, "缺席")]);
        await WorkAsync(db, "2018-12-31", "v2", "修路", length: "2.3", cost: "0.20", tags: "甲", attendance: [(a, "到会"), (b, "到会")]);
        await WorkAsync(db, "2018-06-15", "v2", "会议", length: "9.9", cost: "1000000.01", herd: 10);
        await WorkAsync(db, "2017-12-31", "v1", "修路", length: "7.0", cost: "5.00", herd: 7);
        await WorkAsync(db, "2019-01-01", "v1", "修路", length: "7.0", cost: "5.00", herd: 999);
        await WorkAsync(db, "2018-06-14", "v2", "其他", herd: 3, payments: [("2017-12-31", "1.00"), ("2018-01-01", "2.00"), ("2018-12-31", "4.00"), ("2019-01-01", "8.00")]);

        var expected = new (string Code, decimal? Value, long Records)[]
        {
            ("works", 4, 4), ("roads", 2, 2), ("road_length", 3.8m, 2), ("cost", 1000000.31m, 3), ("villages_with_roads", 2, 2),
            ("road_share", 50, 4), ("people", 2, 2), ("works_and_people", 6, 6), ("other_works", 2, 4), ("attended", 3, 2), ("attenders", 2, 2),
            ("paid", 6, 1), ("herd", 17, 2), ("tagged", 1, 1), ("mixed", 10, 4),
        };
        var figures = await FiguresAsync(db, Year);
        foreach (var (code, value, records) in expected)
        {
            Assert.Equal((code, value, records), (code, figures[code].Value, figures[code].Records));
        }
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task The_list_behind_a_figure_has_as_many_records_as_the_figure_says(Kind kind)
    {
        await using var db = await TestDatabase.CreateAsync(kind);
        var random = new Random(42);
        var people = new List<long>();
        for (var i = 0; i < 8; i++)
        {
            people.Add(await PersonAsync(db, $"201{random.Next(5, 9)}-0{random.Next(1, 10)}-11", random.Next(2) == 0 ? null : $"2018-{random.Next(10, 13)}-28"));
        }

        for (var i = 0; i < 60; i++)
        {
            await WorkAsync(db, $"201{random.Next(7, 10)}-{random.Next(1, 13):00}-{random.Next(1, 29):00}", random.Next(2) == 0 ? "v1" : "v2", random.Next(2) == 0 ? "修路" : "会议",
                length: random.Next(3) == 0 ? null : $"{random.Next(1, 99)}.{random.Next(10)}", herd: random.Next(3) == 0 ? null : random.Next(500),
                attendance: [(people[random.Next(8)], "到会"), (people[random.Next(8)], "缺席")], payments: [($"2018-{random.Next(1, 13):00}-05", "3.30")]);
        }

        var engine = new FigureEngine(db.Store);
        foreach (var unit in (string?[])[null, "v1"])
        {
            var scope = (await engine.ScopeAsync(TestDatabase.Town, new Period(new DateOnly(2018, 2, 3), new DateOnly(2018, 11, 28)), unit))!;
            foreach (var figure in await engine.ComputeAsync(scope, [.. db.Store.Catalog.Indicators.Values]))
            {
                var records = await engine.RecordsAsync(scope, figure.Indicator);
                Assert.Equal((figure.Indicator.Code, figure.Records), (figure.Indicator.Code, records.Count));
                Assert.Equal(records.Take(3), await engine.RecordsAsync(scope, figure.Indicator, new CountedPage(_ => null, 0, 3)));
                if (figure.Indicator.Code is "works" or "roads" or "road_length" or "cost" or "attended" or "paid" or "herd" or "people")
                {
                    Assert.Equal((figure.Indicator.Code, figure.Value), (figure.Indicator.Code, records.Sum(r => r.Amount)));
                }
            }
        }
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Amending_a_record_changes_only_the_figures_that_count_it_and_the_past_stays(Kind kind)
    {
        await using var db = await TestDatabase.CreateAsync(kind);
        var id = await WorkAsync(db, "2018-05-03", "v1", "修路", length: "2.5");
        await WorkAsync(db, "2018-05-04", "v2", "修路", length: "1.5");
        var before = await FiguresAsync(db, Year);

        Assert.IsType<Written>(await db.AmendAsync("work", id, id, new() { ["done_on"] = "2018-05-03", ["village"] = "v1", ["kind"] = "修路", ["length"] = "3.0" }));

        var after = await FiguresAsync(db, Year);
        Assert.Equal(["road_length"], after.Values.Where(f => f.Value != before[f.Indicator.Code].Value).Select(f => f.Indicator.Code));
        Assert.Equal(4.5m, after["road_length"].Value);
        var then = await FiguresAsync(db, Year, asOf: before["works"].AsOf);
        Assert.All(then.Values, f => Assert.Equal((f.Indicator.Code, before[f.Indicator.Code].Value, before[f.Indicator.Code].Records), (f.Indicator.Code, f.Value, f.Records)));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_unit_counts_with_what_stands_below_it_and_a_merged_unit_under_its_successor(Kind kind)
    {
        await using var db = await TestDatabase.CreateAsync(kind);
        await db.UnitAsync(TestDatabase.Town, "v3", "village", "town", until: "2018-07-01", successor: "v1");
        await WorkAsync(db, "2018-02-01", "v1", "会议");
        await WorkAsync(db, "2018-02-01", "v2", "会议");
        await WorkAsync(db, "2018-02-01", "v3", "会议");

        Assert.Equal(3, (await FiguresAsync(db, Year))["works"].Value);
        Assert.Equal(3, (await FiguresAsync(db, Year, "town"))["works"].Value);
        Assert.Equal(2, (await FiguresAsync(db, Year, "v1"))["works"].Value);
        Assert.Equal(1, (await FiguresAsync(db, Year, "v2"))["works"].Value);
        var firstHalf = new Period(new DateOnly(2018, 1, 1), new DateOnly(2018, 6, 30));
        Assert.Equal(1, (await FiguresAsync(db, firstHalf, "v1"))["works"].Value);
        Assert.Equal(1, (await FiguresAsync(db, firstHalf, "v3"))["works"].Value);
        Assert.Null(await new FigureEngine(db.Store).ScopeAsync(TestDatabase.Town, Year, "nowhere"));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_voided_record_counts_no_more_but_did(Kind kind)
    {
        await using var db = await TestDatabase.CreateAsync(kind);
        var id = await WorkAsync(db, "2018-05-03", "v1", "修路", payments: [("2018-05-04", "9.99")]);
        var gone = Assert.IsType<Written>(await db.Store.WriteAsync(TestDatabase.Town, TestDatabase.Clerk, new VoidRecord(db.Ledger("work"), id, id, "重复")));

        Assert.Equal((0m, 0m), ((await FiguresAsync(db, Year))["works"].Value, (await FiguresAsync(db, Year))["paid"].Value));
        var then = await FiguresAsync(db, Year, asOf: gone.Version - 1);
        Assert.Equal((1m, 9.99m), (then["works"].Value, then["paid"].Value));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_ratio_over_nothing_has_no_value(Kind kind)
    {
        await using var db = await TestDatabase.CreateAsync(kind);
        var figures = await FiguresAsync(db, Year);
        Assert.Null(figures["road_share"].Value);
        Assert.Equal(0, figures["cost"].Value);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Flows_by_different_dates_of_one_ledger_are_told_apart(Kind kind)
    {
        await using var db = await TestDatabase.CreateAsync(kind);
        await db.ReopenAsync(("ledgers/base/person.yaml", TestPack.Person.Replace(
            "indicators:", "indicators:\n  left: {name: 离开, measure: 人, count: records, date: left_on, 口径: 按离开日期}\n  joined: {name: 加入, measure: 人, count: records, 口径: 按加入日期}", StringComparison.Ordinal)));
        await PersonAsync(db, "2017-01-01", "2018-06-01");
        await PersonAsync(db, "2018-01-01", "2018-07-01");
        await PersonAsync(db, "2018-01-01", null);
        await PersonAsync(db, "2017-05-01", "2019-01-01");

        var figures = await FiguresAsync(db, Year);
        Assert.Equal((2m, 2m), (figures["left"].Value, figures["joined"].Value));
        var engine = new FigureEngine(db.Store);
        var scope = (await engine.ScopeAsync(TestDatabase.Town, Year))!;
        Assert.Equal(2, (await engine.ComputeAsync(scope, [db.Store.Catalog.Indicators["left"]]))[0].Value);
        Assert.Equal([new DateOnly(2018, 6, 1), new DateOnly(2018, 7, 1)], (await engine.RecordsAsync(scope, db.Store.Catalog.Indicators["left"])).Select(r => r.Date!.Value));
    }

    private static async Task<Dictionary<string, Figure>> FiguresAsync(TestDatabase db, Period period, string? unit = null, long? asOf = null)
    {
        var engine = new FigureEngine(db.Store);
        var scope = (await engine.ScopeAsync(TestDatabase.Town, period, unit, asOf))!;
        return (await engine.ComputeAsync(scope, [.. db.Store.Catalog.Indicators.Values])).ToDictionary(f => f.Indicator.Code);
    }

    private static Task<long> PersonAsync(TestDatabase db, string joined, string? left) =>
        db.AddAsync("person", new() { ["joined_on"] = joined, ["left_on"] = left, ["village"] = "v1", ["name"] = "某人" });

    private static Task<long> WorkAsync(
        TestDatabase db, string day, string village, string kind, string? length = null, string? cost = null, string? tags = null, int? herd = null,
        (long Who, string State)[]? attendance = null, (string Day, string Amount)[]? payments = null) => db.AddAsync("work", new()
        {
            ["done_on"] = day, ["village"] = village, ["kind"] = kind, ["length"] = length, ["cost"] = cost, ["tags"] = tags, ["herd"] = herd,
            ["attendance"] = attendance?.Select(a => new Dictionary<string, object?> { ["who"] = a.Who, ["state"] = a.State }).ToArray(),
            ["payments"] = payments?.Select(p => new Dictionary<string, object?> { ["paid_on"] = p.Day, ["amount"] = p.Amount }).ToArray(),
        });
}
