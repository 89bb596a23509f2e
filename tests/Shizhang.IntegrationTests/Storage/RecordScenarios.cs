using Shizhang.Storage.Journal;
using Shizhang.Storage.Records;

namespace Shizhang.IntegrationTests.Storage;

/// <summary>What storing records means, the same on every database.</summary>
public class RecordScenarios
{
    public static TheoryData<Kind> Databases => new(Kind.Sqlite, Kind.Postgres);

    private static Dictionary<string, object?> Road(string day = "2018-05-03", string village = "v1") => new()
    {
        ["done_on"] = day, ["village"] = village, ["kind"] = "修路", ["length"] = "12.5", ["cost"] = "1234567.89", ["people"] = 30, ["open"] = "是",
        ["tags"] = "甲、丙", ["note"] = "第一行\n第二行 '; DROP TABLE work; --",
        ["payments"] = new[] { new Dictionary<string, object?> { ["paid_on"] = "2018-06-01", ["amount"] = "0.10" }, new() { ["paid_on"] = "2018-07-01", ["amount"] = "0.20" } },
    };

    [Theory, MemberData(nameof(Databases))]
    public async Task A_record_comes_back_as_it_was_written(Kind kind)
    {
        await using var db = await TestDatabase.CreateAsync(kind);
        var id = await db.AddAsync("work", Road());

        var record = await new RecordArchive(db.Store).FindAsync(TestDatabase.Town, db.Ledger("work"), id);

        Assert.NotNull(record);
        Assert.Equal("登记", record.State);
        Assert.Equal(new DateOnly(2018, 5, 3), record.Values["done_on"]);
        Assert.Equal(12.5m, record.Values["length"]);
        Assert.Equal(1234567.89m, record.Values["cost"]);
        Assert.Equal(30L, record.Values["people"]);
        Assert.Equal(true, record.Values["open"]);
        Assert.Equal(["甲", "丙"], record.Values.ChosenOf(db.Ledger("work").Fields["tags"]));
        Assert.Contains("DROP TABLE", (string)record.Values["note"]!);
        Assert.Equal([0.10m, 0.20m], record.Values.LinesOf(db.Ledger("work").Fields["payments"]).Select(l => (decimal)l["amount"]!));
        Assert.Null(record.Values["code"]);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Only_one_unit_stands_at_the_top(Kind kind)
    {
        await using var db = await TestDatabase.CreateAsync(kind);
        static Dictionary<string, object?> Unit(string code, string? parent, string? until = null) =>
            new() { ["code"] = code, ["name"] = code, ["kind"] = "town", ["parent"] = parent, ["valid_from"] = "2010-01-01", ["valid_until"] = until };

        var refusal = Assert.Single(Assert.IsType<Refused>(await db.WriteAsync("unit", Unit("other", null))).Refusals);
        Assert.Equal(new WriteRefusal(RefusalKind.SecondTop, "parent", "town"), refusal);

        // One that was given up, or that stands below, is no second; neither is the first written again.
        Assert.IsType<Written>(await db.WriteAsync("unit", Unit("former", null, "2012-01-01")));
        var below = Assert.IsType<Written>(await db.WriteAsync("unit", Unit("below", "town")));
        var first = (await new RecordArchive(db.Store).ListAsync(TestDatabase.Town, db.Ledger("unit"), new DateOnly(2018, 6, 1))).Find(u => (string?)u.Values["code"] == "town")!;
        var renamed = Assert.IsType<Written>(await db.AmendAsync("unit", first.Id, first.Version, Unit("capital", null)));
        Assert.Equal("capital", Assert.Single(Assert.IsType<Refused>(await db.AmendAsync("unit", below.Id, below.Version, Unit("below", null))).Refusals).Value);
        Assert.Equal(RefusalKind.UnknownUnit, Assert.Single(Assert.IsType<Refused>(await db.WriteAsync("unit", Unit("low", "town"))).Refusals).Kind);

        // The top is given up first; then another takes its place, alone.
        Assert.IsType<Written>(await db.AmendAsync("unit", first.Id, renamed.Version, Unit("capital", null, "2019-01-01")));
        var both = await db.Store.WriteAsync(TestDatabase.Town, new Actor("clerk"), [.. new[] { "new", "newer" }.Select(c => new CreateRecord(db.Ledger("unit"), db.Values("unit", Unit(c, null)), null))]);
        Assert.Equal("new", Assert.Single(Assert.IsType<Refused>(both[1]).Refusals).Value);
        Assert.IsType<Written>(await db.WriteAsync("unit", Unit("new", null)));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Amending_a_stale_version_is_a_conflict_and_changes_nothing(Kind kind)
    {
        await using var db = await TestDatabase.CreateAsync(kind);
        var id = await db.AddAsync("work", Road());
        var second = Assert.IsType<Written>(await db.AmendAsync("work", id, id, Road("2018-05-04")));

        var conflict = Assert.IsType<Conflict>(await db.AmendAsync("work", id, id, Road("2018-05-05")));

        Assert.Equal(second.Version, conflict.Current);
        var record = await new RecordArchive(db.Store).FindAsync(TestDatabase.Town, db.Ledger("work"), id);
        Assert.Equal(new DateOnly(2018, 5, 4), record!.Values["done_on"]);
        Assert.Equal(2, record.Values.LinesOf(db.Ledger("work").Fields["payments"]).Count);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Voiding_keeps_every_version_and_asks_for_no_more(Kind kind)
    {
        await using var db = await TestDatabase.CreateAsync(kind);
        var id = await db.AddAsync("work", Road());
        var gone = Assert.IsType<Written>(await db.Store.WriteAsync(TestDatabase.Town, TestDatabase.Clerk, new VoidRecord(db.Ledger("work"), id, id, "录错了")));

        var archive = new RecordArchive(db.Store);
        Assert.Null(await archive.FindAsync(TestDatabase.Town, db.Ledger("work"), id));
        Assert.NotNull(await archive.FindAsync(TestDatabase.Town, db.Ledger("work"), id, gone.Version - 1));
        var version = Assert.Single(await archive.HistoryAsync(TestDatabase.Town, db.Ledger("work"), id));
        Assert.Equal(gone.Version, version.Gone);
        Assert.IsType<NotFound>(await db.AmendAsync("work", id, id, Road()));
        Assert.IsType<NotFound>(await db.Store.WriteAsync(TestDatabase.Town, TestDatabase.Clerk, new VoidRecord(db.Ledger("work"), id, id, "再来")));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Reading_as_of_a_moment_gives_the_version_of_that_moment(Kind kind)
    {
        await using var db = await TestDatabase.CreateAsync(kind);
        var id = await db.AddAsync("work", Road());
        db.Clock.Now = db.Clock.Now.AddDays(10);
        var amended = Assert.IsType<Written>(await db.AmendAsync("work", id, id, Road("2018-05-20", "v2")));

        var archive = new RecordArchive(db.Store);
        var journal = new JournalReader(db.Database);
        var before = await journal.NumberAtAsync(TestDatabase.Town, db.Clock.Now.AddDays(-1));
        Assert.Equal(id, before);
        Assert.Equal(amended.Version, await journal.NumberAtAsync(TestDatabase.Town, db.Clock.Now));
        Assert.Equal("v1", (await archive.FindAsync(TestDatabase.Town, db.Ledger("work"), id, before))!.Values["village"]);
        Assert.Equal("v2", (await archive.FindAsync(TestDatabase.Town, db.Ledger("work"), id))!.Values["village"]);
        Assert.Null(await archive.FindAsync(TestDatabase.Town, db.Ledger("work"), id, id - 1));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_unique_value_is_taken_only_while_its_record_lives(Kind kind)
    {
        await using var db = await TestDatabase.CreateAsync(kind);
        var first = await db.AddAsync("work", new(Road()) { ["code"] = "A-1" });

        var refused = Assert.IsType<Refused>(await db.WriteAsync("work", new(Road()) { ["code"] = "A-1" }));
        Assert.Equal((RefusalKind.NotUnique, "code"), (refused.Refusals[0].Kind, refused.Refusals[0].Path));

        // What was refused must not have disturbed its neighbours in the same group.
        var many = await Task.WhenAll(Enumerable.Range(0, 30).Select(i => db.WriteAsync("work", new(Road()) { ["code"] = i % 3 == 0 ? "A-1" : $"B-{i}" })));
        Assert.Equal(10, many.Count(o => o is Refused));
        Assert.Equal(20, many.OfType<Written>().Select(w => w.Id).Distinct().Count());

        await db.Store.WriteAsync(TestDatabase.Town, TestDatabase.Clerk, new VoidRecord(db.Ledger("work"), first, first, "撤"));
        Assert.IsType<Written>(await db.WriteAsync("work", new(Road()) { ["code"] = "A-1" }));
        Assert.Empty((await new Verification(db.Store).RunAsync(TestDatabase.Town)).Damages);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task References_must_exist_and_hold_what_they_refer_to(Kind kind)
    {
        await using var db = await TestDatabase.CreateAsync(kind);
        var person = await db.AddAsync("person", new() { ["joined_on"] = "2018-01-01", ["village"] = "v1", ["name"] = "张三" });

        var wrong = Assert.IsType<Refused>(await db.WriteAsync("work", new(Road()) { ["lead"] = 999, ["village"] = "v9", ["attendance"] = new[] { new Dictionary<string, object?> { ["who"] = 998, ["state"] = "到会" } } }));
        Assert.Equal(
            [(RefusalKind.UnknownRecord, "attendance[0].who"), (RefusalKind.UnknownRecord, "lead"), (RefusalKind.UnknownUnit, "village")],
            wrong.Refusals.Select(r => (r.Kind, r.Path)).OrderBy(r => r.Path, StringComparer.Ordinal));
        var kindOf = Assert.IsType<Refused>(await db.WriteAsync("work", new(Road()) { ["village"] = "town" }));
        Assert.Equal(RefusalKind.WrongUnitKind, kindOf.Refusals[0].Kind);

        var work = await db.AddAsync("work", new(Road()) { ["attendance"] = new[] { new Dictionary<string, object?> { ["who"] = person, ["state"] = "到会" } } });
        var held = Assert.IsType<Refused>(await db.Store.WriteAsync(TestDatabase.Town, TestDatabase.Clerk, new VoidRecord(db.Ledger("person"), person, person, "撤")));
        Assert.Equal((RefusalKind.StillReferred, $"work/{work}"), (held.Refusals[0].Kind, held.Refusals[0].Value));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Several_writes_are_done_all_or_not_at_all(Kind kind)
    {
        await using var db = await TestDatabase.CreateAsync(kind);
        var work = db.Ledger("work");
        var head = await new JournalReader(db.Database).HeadAsync(TestDatabase.Town);

        var outcomes = await db.Store.WriteAsync(TestDatabase.Town, TestDatabase.Clerk,
            [new CreateRecord(work, db.Values("work", Road()), "登记"), new CreateRecord(work, db.Values("work", new(Road()) { ["lead"] = 12345 }), "登记")]);

        Assert.IsType<Withheld>(outcomes[0]);
        Assert.IsType<Refused>(outcomes[1]);
        Assert.Equal(head, await new JournalReader(db.Database).HeadAsync(TestDatabase.Town));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Two_towns_never_see_each_other(Kind kind)
    {
        await using var db = await TestDatabase.CreateAsync(kind);
        await db.AddTownAsync("t2");
        var person = await db.AddAsync("person", new() { ["joined_on"] = "2018-01-01", ["village"] = "v1", ["name"] = "甲", ["id_number"] = "11010519491231002X" });
        await db.AddAsync("person", new() { ["joined_on"] = "2018-01-01", ["village"] = "v1", ["name"] = "乙", ["id_number"] = "11010519491231002X" }, "t2");

        var archive = new RecordArchive(db.Store);
        var other = Assert.Single(await archive.ListAsync("t2", db.Ledger("person"), new DateOnly(2018, 6, 1)));
        Assert.Equal("乙", other.Values["name"]);
        Assert.Equal(4, await new JournalReader(db.Database).HeadAsync("t2"));
        var refused = Assert.IsType<Refused>(await db.WriteAsync("work", new(Road()) { ["lead"] = person + 100 }, "t2"));
        Assert.Equal(RefusalKind.UnknownRecord, refused.Refusals[0].Kind);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Writers_of_two_stores_take_turns_and_see_each_others_writes(Kind kind)
    {
        await using var db = await TestDatabase.CreateAsync(kind);
        await using var second = kind == Kind.Sqlite ? Shizhang.Storage.Database.Sqlite(db.File) : Shizhang.Storage.Database.Postgres(db.Target);
        await using var other = (await Shizhang.Storage.Store.OpenAsync(second, db.Store.Catalog, TestPack.Files(), db.Clock)).Store!;

        async Task WriteAsync(Shizhang.Storage.Store store)
        {
            for (var i = 0; i < 40; i++)
            {
                Assert.IsType<Written>(await store.WriteAsync(TestDatabase.Town, TestDatabase.Clerk, new CreateRecord(db.Ledger("work"), db.Values("work", Road()), "登记")));
            }
        }

        await Task.WhenAll(WriteAsync(db.Store), WriteAsync(other));

        var result = await new Verification(db.Store).RunAsync(TestDatabase.Town);
        Assert.Empty(result.Damages);
        Assert.Equal(83, result.Lines);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task An_unknown_town_is_refused(Kind kind)
    {
        await using var db = await TestDatabase.CreateAsync(kind);
        var e = await Assert.ThrowsAsync<Shizhang.Storage.StorageException>(() => db.WriteAsync("work", Road(), "nowhere"));
        Assert.Equal("town_unknown", e.Code);
        Assert.IsType<Written>(await db.WriteAsync("work", Road()));
    }
}
