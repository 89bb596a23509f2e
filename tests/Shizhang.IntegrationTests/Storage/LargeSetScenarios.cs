using Shizhang.Core.Filters;
using Shizhang.Storage.Journal;
using Shizhang.Storage.Records;

namespace Shizhang.IntegrationTests.Storage;

/// <summary>Sets too large to be held as statements, and reading more than one page, the same on every database.</summary>
public class LargeSetScenarios
{
    private const int Many = 1500;

    public static TheoryData<Kind> Databases => new(Kind.Sqlite, Kind.Postgres);

    private static List<RecordWrite> Set(TestDatabase db, Func<int, string> code, string village = "v1") => [.. Enumerable.Range(0, Many).Select(i => (RecordWrite)new CreateRecord(db.Ledger("work"), db.Values("work", new()
    {
        ["done_on"] = new DateOnly(2018, 1, 1).AddDays(i % 100), ["village"] = village, ["code"] = code(i), ["tags"] = i % 2 == 0 ? "甲、乙" : null,
        ["payments"] = new[] { new Dictionary<string, object?> { ["paid_on"] = "2018-06-01", ["amount"] = i } },
    }), "登记"))];

    [Theory, MemberData(nameof(Databases))]
    public async Task A_large_set_is_written_whole_among_others_writing(Kind kind)
    {
        await using var db = await TestDatabase.CreateAsync(kind);
        var told = new List<int>();
        var small = Enumerable.Range(0, 20).Select(i => db.AddAsync("work", new() { ["done_on"] = "2018-05-03", ["village"] = "v2", ["code"] = $"s{i}" })).ToList();
        var outcomes = await db.Store.WriteAsync(TestDatabase.Town, TestDatabase.Clerk, Set(db, i => $"c{i}"), told.Add);
        await Task.WhenAll(small);

        Assert.Equal(Many, outcomes.OfType<Written>().Select(w => w.Id).Distinct().Count());
        Assert.Equal([1024, Many], told);
        var (ids, days) = (new List<long>(), new List<DateOnly>());
        var pages = 0;
        await new RecordArchive(db.Store).StreamAsync(TestDatabase.Town, db.Ledger("work"), new DateOnly(2018, 6, 1), null, some =>
        {
            pages++;
            ids.AddRange(some.Select(r => r.Id));
            days.AddRange(some.Select(r => (DateOnly)r.Values["done_on"]!));
            Assert.All(some.Where(r => (string?)r.Values["village"] == "v1"), r => Assert.Single(r.Values.LinesOf(r.Ledger.Fields["payments"])));
            return Task.CompletedTask;
        });
        Assert.Equal(Many + 20, ids.Count);
        Assert.Equal(Many + 20, ids.Distinct().Count());
        Assert.Equal(days.Order(), days);
        Assert.True(pages >= 3);
        Assert.Empty((await new Verification(db.Store).RunAsync(TestDatabase.Town)).Damages);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task One_value_that_is_there_and_nothing_of_the_set_is_written(Kind kind)
    {
        await using var db = await TestDatabase.CreateAsync(kind);
        await db.AddAsync("work", new() { ["done_on"] = "2018-05-03", ["village"] = "v2", ["code"] = "there" });
        var outcomes = await db.Store.WriteAsync(TestDatabase.Town, TestDatabase.Clerk, Set(db, i => i == 1300 ? "there" : $"c{i}"));

        Assert.Equal(("code", (object?)"there"), Assert.IsType<Refused>(outcomes[1300]).Refusals is [var refusal] ? (refusal.Path, refusal.Value) : default);
        Assert.Equal(Many - 1, outcomes.OfType<Withheld>().Count());
        Assert.IsType<Refused>((await db.Store.WriteAsync(TestDatabase.Town, TestDatabase.Clerk, Set(db, i => $"c{i}", "v9")))[0]);
        Assert.Equal(Many, (await db.Store.WriteAsync(TestDatabase.Town, TestDatabase.Clerk, Set(db, i => $"c{i}"))).OfType<Written>().Count());
        Assert.Equal(Many + 1, (await new RecordArchive(db.Store).ListAsync(TestDatabase.Town, db.Ledger("work"), new DateOnly(2018, 6, 1), most: 5000)).Count);
        Assert.Empty((await new Verification(db.Store).RunAsync(TestDatabase.Town)).Damages);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_stream_and_the_versions_keep_to_their_filter(Kind kind)
    {
        await using var db = await TestDatabase.CreateAsync(kind);
        await db.Store.WriteAsync(TestDatabase.Town, TestDatabase.Clerk, Set(db, i => $"c{i}"));
        var first = (await new RecordArchive(db.Store).ListAsync(TestDatabase.Town, db.Ledger("work"), new DateOnly(2018, 6, 1), most: 1))[0];
        Assert.IsType<Written>(await db.AmendAsync("work", first.Id, first.Version, new() { ["done_on"] = "2018-01-01", ["village"] = "v2", ["code"] = "new" }));
        var where = new FilterReader(db.Ledger("work").Fields).Read("done_on eq 2018-01-01 and tags/any(t: t eq '甲')").Filter;

        var (streamed, versions) = (new List<StoredRecord>(), new List<StoredRecord>());
        await new RecordArchive(db.Store).StreamAsync(TestDatabase.Town, db.Ledger("work"), new DateOnly(2018, 6, 1), where, some =>
        {
            streamed.AddRange(some);
            return Task.CompletedTask;
        });
        await new RecordArchive(db.Store).VersionsAsync(TestDatabase.Town, db.Ledger("work"), new DateOnly(2018, 6, 1), where, versions.Add);
        Assert.Equal((Many / 100) - 1, streamed.Count);
        Assert.Equal((Many / 100, first.Id), (versions.Count, Assert.Single(versions, v => v.Gone is not null).Id));
    }
}
