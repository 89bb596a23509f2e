using Shizhang.Core.Filters;
using Shizhang.Storage.Desks;
using Shizhang.Storage.Journal;
using Shizhang.Storage.Records;

namespace Shizhang.IntegrationTests.Storage;

/// <summary>What programs ask, on every database: once is once, groups add up to their records, the journal is searched.</summary>
public class AnswerScenarios
{
    private static readonly DateOnly Today = new(2018, 12, 31);

    public static TheoryData<Kind> Databases => [Kind.Sqlite, Kind.Postgres];

    [Theory, MemberData(nameof(Databases))]
    public async Task One_key_makes_one_record_however_often_and_together_it_is_asked(Kind kind)
    {
        await using var db = await TestDatabase.CreateAsync(kind);
        var archive = new AnswerArchive(db.Store);
        var head = await new JournalReader(db.Store.Database).HeadAsync(TestDatabase.Town);
        CreateRecord Ask() => new(db.Ledger("work"), db.Values("work", Work("v1", 3)), "登记");

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => archive.WriteAsync(TestDatabase.Town, TestDatabase.Clerk, Ask(), new AskedOnce("k", "d"))));
        var otherwise = await archive.WriteAsync(TestDatabase.Town, TestDatabase.Clerk, Ask(), new AskedOnce("k", "other"));

        Assert.Equal([new Written(head + 1, head + 1)], outcomes.Distinct());
        Assert.IsType<KeyTaken>(otherwise);
        Assert.Equal(head + 1, await new JournalReader(db.Store.Database).HeadAsync(TestDatabase.Town));
        Assert.Equal(new Answer("d", "work", head + 1, head + 1), await archive.FindAsync(TestDatabase.Town, TestDatabase.Clerk, "k"));
        Assert.Null(await archive.FindAsync(TestDatabase.Town, new Actor("another"), "k"));
        Assert.Empty((await new Verification(db.Store).RunAsync(TestDatabase.Town)).Damages);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task An_amendment_keeps_the_record_it_was_about_and_a_refused_one_leaves_no_answer(Kind kind)
    {
        await using var db = await TestDatabase.CreateAsync(kind);
        var archive = new AnswerArchive(db.Store);
        var id = await db.AddAsync("work", Work("v1", 3));
        AmendRecord Amend(long version) => new(db.Ledger("work"), id, version, db.Values("work", Work("v2", 4)), "登记");

        Assert.IsType<Conflict>(await archive.WriteAsync(TestDatabase.Town, TestDatabase.Clerk, Amend(id + 7), new AskedOnce("a", "d")));
        Assert.Null(await archive.FindAsync(TestDatabase.Town, TestDatabase.Clerk, "a"));
        var written = Assert.IsType<Written>(await archive.WriteAsync(TestDatabase.Town, TestDatabase.Clerk, Amend(id), new AskedOnce("a", "d")));

        Assert.Equal(new Answer("d", "work", id, written.Version), await archive.FindAsync(TestDatabase.Town, TestDatabase.Clerk, "a"));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task An_answer_older_than_its_time_goes_when_others_come_and_its_key_is_new_again(Kind kind)
    {
        await using var db = await TestDatabase.CreateAsync(kind);
        var archive = new AnswerArchive(db.Store);
        async Task<Written> AskAsync(string key, string digest = "d") =>
            Assert.IsType<Written>(await archive.WriteAsync(TestDatabase.Town, TestDatabase.Clerk, new CreateRecord(db.Ledger("work"), db.Values("work", Work("v1", 3)), "登记"), new AskedOnce(key, digest)));
        for (var i = 0; i < 5; i++)
        {
            await AskAsync($"old{i}");
        }

        db.Clock.Now += AnswerArchive.Kept;
        Assert.NotNull(await archive.FindAsync(TestDatabase.Town, TestDatabase.Clerk, "old4"));
        await AskAsync("same day");
        Assert.Equal(5, await OldAsync());

        db.Clock.Now += TimeSpan.FromSeconds(1);
        Assert.Equal(0, await OldAsync());
        var again = await AskAsync("old4", "another");
        Assert.Equal(new Answer("another", "work", again.Id, again.Version), await archive.FindAsync(TestDatabase.Town, TestDatabase.Clerk, "old4"));
        await AskAsync("new");
        await AskAsync("newer");

        // Seen with the clock of before, what is gone is gone and no longer only too old.
        db.Clock.Now -= TimeSpan.FromSeconds(1);
        Assert.Equal(1, await OldAsync());
        Assert.NotNull(await archive.FindAsync(TestDatabase.Town, TestDatabase.Clerk, "same day"));

        async Task<int> OldAsync()
        {
            var found = 0;
            for (var i = 0; i < 5; i++)
            {
                found += await archive.FindAsync(TestDatabase.Town, TestDatabase.Clerk, $"old{i}") is null ? 0 : 1;
            }

            return found;
        }
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Groups_hold_exact_numbers_of_every_kind(Kind kind)
    {
        await using var db = await TestDatabase.CreateAsync(kind);
        var ledger = db.Ledger("work");
        await db.AddAsync("work", Work("v1", 3, ("cost", "0.10"), ("length", "1.5"), ("open", true)));
        await db.AddAsync("work", Work("v1", 4, ("cost", "0.20"), ("done_on", "2018-05-09")));
        await db.AddAsync("work", Work("v2", null, ("cost", "7.00"), ("open", false)));
        async Task<List<object?[]>> ReadAsync(string apply)
        {
            var read = new ApplyReader(ledger).Read(apply);
            Assert.Null(read.Refusal);
            return await new RecordGroups(db.Store).ReadAsync(TestDatabase.Town, new PageRequest(ledger, Today) { Where = read.Apply!.Where }, read.Apply);
        }

        var groups = await ReadAsync("groupby((village),aggregate($count as n,cost with sum as cost,length with max as far,done_on with min as first,people with sum as people,open with countdistinct as kinds))");
        var filtered = await ReadAsync("filter(contains(village,'v') and cost lt 1)/aggregate(cost with sum as cost,people with max as most)");

        Assert.Equal([["v1", 2L, 0.30m, 1.5m, new DateOnly(2018, 5, 3), 7m, 1L], ["v2", 1L, 7.00m, null, new DateOnly(2018, 5, 3), null, 1L]], groups);
        Assert.Equal([[0.30m, 4L]], filtered);
        Assert.Equal([[null, 0L]], await ReadAsync("filter(cost gt 100)/aggregate(cost with sum as cost,$count as n)"));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Pages_by_number_skip_and_go_on(Kind kind)
    {
        await using var db = await TestDatabase.CreateAsync(kind);
        var ids = new List<long>();
        for (var i = 0; i < 9; i++)
        {
            ids.Add(await db.AddAsync("work", Work("v1", i)));
        }

        var pager = new RecordPager(db.Store);
        var request = new PageRequest(db.Ledger("work"), Today) { ById = true, Ascending = true, Most = 3 };
        var skipped = await pager.ReadAsync(TestDatabase.Town, request with { Skip = 2 });
        var next = await pager.ReadAsync(TestDatabase.Town, request with { After = (null, skipped.Records[^1].Id) });

        Assert.Equal(ids[2..5], skipped.Records.Select(r => r.Id));
        Assert.Equal(ids[5..8], next.Records.Select(r => r.Id));
        Assert.Equal(9, await pager.CountAsync(TestDatabase.Town, request, long.MaxValue - 1));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task The_journal_is_searched_and_the_database_describes_itself(Kind kind)
    {
        await using var db = await TestDatabase.CreateAsync(kind);
        var id = await db.AddAsync("work", Work("v1", 3));
        var written = await db.Store.WriteAsync(TestDatabase.Town, new Actor("chief"), new AmendRecord(db.Ledger("work"), id, id, db.Values("work", Work("v1", 3)), "办结", null, Acts.Step("办结")));
        var search = new JournalSearch(db.Store.Database);

        var steps = await search.FindAsync(TestDatabase.Town, new JournalQuery { Act = Acts.AnyStep, Actor = "chief", Ledger = "work", Record = id });
        var before = await search.FindAsync(TestDatabase.Town, new JournalQuery { Record = id, Ledger = "work", Before = ((Written)written).Version });

        Assert.Equal([((Written)written).Version], steps.Select(l => l.Line.Seq));
        Assert.Equal([id], before.Select(l => l.Line.Seq));
        var (name, bytes) = await db.Store.Database.DescribeAsync();
        Assert.StartsWith(kind == Kind.Sqlite ? "SQLite 3" : "PostgreSQL ", name, StringComparison.Ordinal);
        Assert.True(bytes > 10_000);
    }

    private static Dictionary<string, object?> Work(string village, int? people, params (string Field, object Value)[] more)
    {
        var inputs = new Dictionary<string, object?> { ["done_on"] = "2018-05-03", ["village"] = village, ["people"] = people };
        foreach (var (field, value) in more)
        {
            inputs[field] = value;
        }

        return inputs;
    }
}
