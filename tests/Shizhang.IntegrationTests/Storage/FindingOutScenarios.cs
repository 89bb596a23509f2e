using Shizhang.Core.Reports;
using Shizhang.Storage.Desks;
using Shizhang.Storage.Issues;
using Shizhang.Storage.Records;

namespace Shizhang.IntegrationTests.Storage;

/// <summary>What pages look up besides lists, and the drafts they keep: the same on every database.</summary>
public class FindingOutScenarios
{
    private static readonly Searcher Reader = new(_ => null, _ => null, _ => []);
    private static readonly Searcher Keeper = new(_ => null, _ => null, _ => null);

    public static TheoryData<Kind> Databases => [Kind.Sqlite, Kind.Postgres];

    [Theory, MemberData(nameof(Databases))]
    public async Task A_masked_name_is_found_by_the_whole_of_it_or_what_the_mask_shows(Kind kind)
    {
        await using var db = await TestDatabase.CreateAsync(kind);
        var (person, work) = (db.Ledger("person"), db.Ledger("work"));
        var id = await db.AddAsync("person", new() { ["joined_on"] = "2018-01-01", ["village"] = "v1", ["name"] = "李瑞霖" });
        await db.AddAsync("work", new() { ["done_on"] = "2018-05-03", ["village"] = "v1", ["lead"] = id, ["attendance"] = new[] { new Dictionary<string, object?> { ["who"] = id, ["state"] = "到会" } } });
        var titles = new RecordTitles(db.Store);
        async Task IsFoundAsync(bool expected, string text, Searcher by, bool isWhole = false) =>
            Assert.True(expected == (await titles.FindAsync(TestDatabase.Town, person, text, by, isWhole, 5)).Contains(id), text);

        await IsFoundAsync(true, "李", Reader);
        await IsFoundAsync(false, "李瑞", Reader);
        await IsFoundAsync(false, "瑞", Reader);
        await IsFoundAsync(true, "李瑞霖", Reader);
        await IsFoundAsync(true, "瑞", Keeper);
        await IsFoundAsync(true, "李瑞霖", Reader, isWhole: true);
        await IsFoundAsync(false, "李", Keeper, isWhole: true);

        var counts = await new RecordReferrers(db.Store).CountAsync(TestDatabase.Town, person, id, _ => null, _ => null);
        Assert.Equal([(work.Code, "lead", 1L)], counts.Select(c => (c.Ledger.Code, c.Field.Code, c.Count)));
        Assert.Empty(await new RecordReferrers(db.Store).CountAsync(TestDatabase.Town, person, id, _ => ["v2"], _ => null));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task The_oldest_drafts_give_way_to_new_ones_of_the_same_account(Kind kind)
    {
        await using var db = await TestDatabase.CreateAsync(kind);
        var (drafts, now) = (new DraftArchive(db.Store), new DateTimeOffset(2018, 6, 1, 0, 0, 0, TimeSpan.Zero));
        Task KeepAsync(string account, int n, int size = 10) =>
            drafts.KeepAsync(TestDatabase.Town, new Draft($"{account}{n}", account, $"/form/{n}", new string('a', size), now.AddMinutes(n)), now.AddDays(-7));
        for (var n = 0; n < DraftArchive.MostDrafts + 3; n++)
        {
            await KeepAsync("one", n);
        }

        await KeepAsync("two", 1, 7_000_000);
        await KeepAsync("two", 2, 7_000_000);

        Assert.Equal(Enumerable.Range(3, DraftArchive.MostDrafts).Reverse().Select(n => $"one{n}"), (await drafts.ListAsync(TestDatabase.Town, "one")).Select(d => d.Id));
        Assert.Equal("two2", Assert.Single(await drafts.ListAsync(TestDatabase.Town, "two")).Id);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_document_number_is_found_where_it_was_given_and_not_where_it_is_quoted(Kind kind)
    {
        await using var db = await TestDatabase.CreateAsync(kind);
        var archive = new IssueArchive(db.Store);
        IssuedReport Of(string? number) => new(
            "year", "见某政发〔2018〕5号", TestDatabase.Town, "town", new DateOnly(2018, 1, 1), new DateOnly(2018, 12, 31), 1, "", "2018-12-31T09:00:00+08:00", "clerk", "", [], [],
            Formalities.None with { Number = number });
        var id = await archive.AddAsync(TestDatabase.Town, TestDatabase.Clerk, Of("某政发〔2018〕5号"));
        await archive.AddAsync(TestDatabase.Town, TestDatabase.Clerk, Of(null));

        Assert.Equal(id, await archive.UnderAsync(TestDatabase.Town, "某政发〔2018〕5号"));
        Assert.Null(await archive.UnderAsync(TestDatabase.Town, "某政发〔2018〕6号"));
        Assert.Null(await archive.UnderAsync("t2", "某政发〔2018〕5号"));
    }
}
