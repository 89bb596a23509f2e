using Shizhang.Core.Figures;
using Shizhang.Storage.Figures;
using Shizhang.Storage.Journal;
using Shizhang.Storage.Records;
using Shizhang.Storage.Schema;

namespace Shizhang.IntegrationTests.Storage;

/// <summary>The tables follow the pack with rows present; whatever would lose data is refused and named.</summary>
public class SchemaScenarios
{
    private const string WorkFile = "ledgers/base/work.yaml";

    public static TheoryData<Kind> Databases => new(Kind.Sqlite, Kind.Postgres);

    [Theory, MemberData(nameof(Databases))]
    public async Task Fields_ledgers_and_indexes_are_added_and_old_rows_stay(Kind kind)
    {
        await using var db = await TestDatabase.CreateAsync(kind);
        var id = await AddAsync(db);
        var village = """
            ledger: festival
            name: 节会
            en: Festivals
            area: 基础
            owner: 办公室
            basis: 测试
            date: held_on
            unit: village
            title: "{held_on}"
            fields:
              held_on: {name: 日期, type: date, required: true}
              village: {name: 村, type: unit, required: true}
            """;
        var refusals = await db.ReopenAsync(
            (WorkFile, TestPack.Work.Replace("  herd: {name: 存栏, type: integer}", "  weather: {name: 天气, type: text}\n  extra: {name: 附加, type: lines, fields: {n: {name: 数, type: integer}}}\n  herd: {name: 存栏, type: integer}", StringComparison.Ordinal)),
            ("ledgers/base/festival.yaml", village));

        Assert.Empty(refusals);
        var record = await new RecordArchive(db.Store).FindAsync(TestDatabase.Town, db.Ledger("work"), id);
        Assert.Equal(12.5m, record!.Values["length"]);
        Assert.Null(record.Values["weather"]);
        Assert.IsType<Written>(await db.AmendAsync("work", id, record.Version, new()
        {
            ["done_on"] = "2018-05-03", ["village"] = "v1", ["weather"] = "晴", ["extra"] = new[] { new Dictionary<string, object?> { ["n"] = 3 } },
        }));
        Assert.IsType<Written>(await db.WriteAsync("festival", new() { ["held_on"] = "2018-02-16", ["village"] = "v2" }));
        Assert.Empty((await new Verification(db.Store).RunAsync(TestDatabase.Town)).Damages);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Widening_keeps_values_and_figures(Kind kind)
    {
        await using var db = await TestDatabase.CreateAsync(kind);
        var id = await AddAsync(db);

        var refusals = await db.ReopenAsync((WorkFile, TestPack.Work
            .Replace("people: {name: 人数, type: integer", "people: {name: 人数, type: decimal, scale: 2", StringComparison.Ordinal)
            .Replace("length: {name: 长度, type: decimal, scale: 1", "length: {name: 长度, type: decimal, scale: 3", StringComparison.Ordinal)));

        Assert.Empty(refusals);
        var record = await new RecordArchive(db.Store).FindAsync(TestDatabase.Town, db.Ledger("work"), id);
        Assert.Equal((12.5m, 30m), (record!.Values["length"], record.Values["people"]));
        var engine = new FigureEngine(db.Store);
        var scope = (await engine.ScopeAsync(TestDatabase.Town, Period.Year(2018)))!;
        Assert.Equal(12.5m, (await engine.ComputeAsync(scope, [db.Store.Catalog.Indicators["road_length"]]))[0].Value);
        Assert.Equal(0.125m, ((await new RecordArchive(db.Store).FindAsync(TestDatabase.Town, db.Ledger("work"), await db.AddAsync("work", new() { ["done_on"] = "2018-05-03", ["village"] = "v1", ["length"] = "0.125" })))!).Values["length"]);
        Assert.Empty((await new Verification(db.Store).RunAsync(TestDatabase.Town)).Damages);
    }

    public static TheoryData<Kind, SchemaLoss, string, string, string> Losses => new MatrixOf(
        (SchemaLoss.FieldRemoved, "work.length", "  length: {name: 长度, type: decimal, scale: 1, min: 0}\n", ""),
        (SchemaLoss.TypeChanged, "work.people", "people: {name: 人数, type: integer, min: 0}", "people: {name: 人数, type: date}"),
        (SchemaLoss.ScaleReduced, "work.cost", "cost: {name: 金额, type: money}", "cost: {name: 金额, type: decimal, scale: 1}"),
        (SchemaLoss.NotUnique, "work.people", "people: {name: 人数, type: integer, min: 0}", "people: {name: 人数, type: integer, min: 0, unique: true}"));

    [Theory, MemberData(nameof(Losses))]
    public async Task A_change_that_would_lose_data_is_refused_and_named(Kind kind, SchemaLoss loss, string place, string before, string after)
    {
        await using var db = await TestDatabase.CreateAsync(kind);
        var id = await AddAsync(db);
        await AddAsync(db);
        var changed = TestPack.Work.Replace(before, after, StringComparison.Ordinal);
        if (loss == SchemaLoss.FieldRemoved)
        {
            changed = string.Join('\n', changed.Split('\n').Where(l => !l.Contains("road_length", StringComparison.Ordinal)));
        }

        var refusals = await db.ReopenAsync((WorkFile, changed));

        Assert.Contains(refusals, r => r.Loss == loss && r.Place == place);
        var record = await new RecordArchive(db.Store).FindAsync(TestDatabase.Town, db.Ledger("work"), id);
        Assert.Equal((12.5m, 30L, 0.19m), (record!.Values["length"], record.Values["people"], record.Values["cost"]));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task An_empty_field_may_go(Kind kind)
    {
        await using var db = await TestDatabase.CreateAsync(kind);
        var id = await AddAsync(db);
        Assert.Empty(await db.ReopenAsync((WorkFile, TestPack.Work.Replace("  note: {name: 备注, type: note}\n", "", StringComparison.Ordinal))));
        Assert.NotNull(await new RecordArchive(db.Store).FindAsync(TestDatabase.Town, db.Ledger("work"), id));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task An_index_of_a_newer_program_is_made_when_it_opens_and_one_of_an_older_goes(Kind kind)
    {
        await using var db = await TestDatabase.CreateAsync(kind);
        var before = await db.IndexesAsync();
        var ofWork = Assert.Single(before, i => i.StartsWith("_ix_work__", StringComparison.Ordinal));
        await db.SqlAsync($"DROP INDEX {ofWork}; CREATE INDEX _ix_work__00000000 ON work (town, done_on)");

        Assert.Empty(await db.ReopenAsync());

        Assert.Equal(before, await db.IndexesAsync());
    }

    private static Task<long> AddAsync(TestDatabase db) => db.AddAsync("work", new()
    {
        ["done_on"] = "2018-05-03", ["village"] = "v1", ["kind"] = "修路", ["length"] = "12.5", ["people"] = 30, ["cost"] = "0.19",
    });

    private sealed class MatrixOf : TheoryData<Kind, SchemaLoss, string, string, string>
    {
        public MatrixOf(params (SchemaLoss Loss, string Place, string Before, string After)[] losses)
        {
            foreach (var (loss, place, before, after) in losses)
            {
                Add(Kind.Sqlite, loss, place, before, after);
                Add(Kind.Postgres, loss, place, before, after);
            }
        }
    }
}
