using Shizhang.Core.Filters;
using Shizhang.Storage.Accounts;
using Shizhang.Storage.Records;

namespace Shizhang.IntegrationTests.Storage;

/// <summary>Lists of more records than are counted, and what requests keep of a town, the same on every database.</summary>
public class LongListScenarios
{
    private const int Many = RecordPager.MostCounted + 500;
    private static readonly DateOnly Today = new(2018, 12, 31);

    public static TheoryData<Kind> Databases => [Kind.Sqlite, Kind.Postgres];

    [Theory, MemberData(nameof(Databases))]
    public async Task A_list_too_long_to_sort_is_by_date_and_its_filter_finds_what_a_plain_read_finds(Kind kind)
    {
        await using var db = await TestDatabase.CreateAsync(kind);
        var ledger = db.Ledger("work");

        // Meetings are the earliest days only, so that the last days hold none of them.
        await db.Store.WriteAsync(TestDatabase.Town, TestDatabase.Clerk, [.. Enumerable.Range(0, 3 * Many).Select(i => (RecordWrite)new CreateRecord(ledger, db.Values("work", new()
        {
            ["done_on"] = new DateOnly(2017, 1, 1).AddDays(i / 100), ["village"] = i % 3 == 0 ? "v2" : "v1", ["kind"] = i < Many ? "会议" : "修路", ["people"] = i % 7,
        }), "登记"))]);
        var pager = new RecordPager(db.Store);
        PageRequest Ask(string filter) => new(ledger, Today) { Where = new FilterReader(ledger.Fields).Read(filter).Filter, Units = ["v1", "v2"] };

        var sorted = await pager.OpenAsync(TestDatabase.Town, Ask("people lt 7") with { Sort = ledger.Fields["people"] });
        Assert.Equal((ledger.Date, RecordPager.MostCounted + 1L), (sorted.Sort, sorted.Count));
        Assert.Equal(Ids(await pager.ReadAsync(TestDatabase.Town, Ask("people lt 7"))), Ids(sorted.Page));

        foreach (var filter in (string[])["kind eq '修路' and people ne 3", "kind eq '会议'"])
        {
            var (request, seen) = (Ask(filter), 0);
            for (var page = await pager.OpenAsync(TestDatabase.Town, request); seen < 4; seen++, page = await pager.OpenAsync(TestDatabase.Town, request))
            {
                Assert.Equal(Ids(await pager.ReadAsync(TestDatabase.Town, request)), Ids(page.Page));
                Assert.True(page.Page.HasMore);
                var last = page.Page.Records[^1];
                request = request with { After = (last.Values[ledger.Date], last.Id) };
            }
        }

        var few = await pager.OpenAsync(TestDatabase.Town, Ask("kind eq '会议' and done_on le 2017-01-02") with { Sort = ledger.Fields["people"], Ascending = true });
        Assert.Equal((ledger.Fields["people"], 200L), (few.Sort, few.Count));
        Assert.Equal(few.Page.Records.Select(r => (long)r.Values["people"]!).Order(), few.Page.Records.Select(r => (long)r.Values["people"]!));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_requests_keep_of_a_town_follows_whoever_writes(Kind kind)
    {
        await using var db = await TestDatabase.CreateAsync(kind);
        var (standing, tokens) = (new TownStanding(db.Store, TestDatabase.Town), new TokenArchive(db.Store));
        var first = await standing.ReadAsync();
        await db.AddAsync("work", new() { ["done_on"] = "2018-05-03", ["village"] = "v1" });
        var afterWork = await standing.ReadAsync();
        await db.AddAsync("unit", new() { ["code"] = "v77", ["name"] = "新村", ["kind"] = "village", ["parent"] = first.Tree.Root!.Code, ["valid_from"] = "2018-01-01" });
        var afterUnit = await standing.ReadAsync();
        await tokens.AddAsync(TestDatabase.Town, TestDatabase.Clerk, new Token("excel", TokenArchive.HashOf("s"), new Grant("office", "t"), Today));
        var afterToken = await standing.ReadAsync();
        await tokens.EndAsync(TestDatabase.Town, TestDatabase.Clerk, "excel");

        Assert.Same(first.Tree, afterWork.Tree);
        Assert.Equal((first.Head + 1, first.Head + 1, first.Head + 2, first.Head + 3), (afterWork.Head, afterWork.Recorded, afterToken.Recorded, afterToken.Head));
        Assert.Equal((null, "新村"), (afterWork.Tree.Find("v77")?.Name, afterUnit.Tree.Find("v77")?.Name));
        Assert.Equal("excel", afterToken.Tokens[TokenArchive.HashOf("s")].Name);
        Assert.Empty((await standing.ReadAsync()).Tokens);
    }

    private static IEnumerable<long> Ids(RecordPage page) => page.Records.Select(r => r.Id);
}
