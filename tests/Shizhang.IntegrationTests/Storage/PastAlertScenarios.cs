using Shizhang.App.Features.Alerts;
using Shizhang.Core.Catalogs.Loading;
using Shizhang.Core.Rules;
using Shizhang.Storage;
using Shizhang.Storage.Journal;
using Shizhang.Storage.Records;
using Shizhang.Storage.Rules;

namespace Shizhang.IntegrationTests.Storage;

/// <summary>The alerts of any past day can be asked for and are what they were that day, whatever was written, set aside or defined since.</summary>
public class PastAlertScenarios
{
    private const int Days = 45;
    private static readonly DateOnly First = new(2018, 6, 2);

    public static TheoryData<Kind> Databases => [Kind.Sqlite, Kind.Postgres];

    [Theory, MemberData(nameof(Databases))]
    public async Task Asked_later_they_are_what_they_were(Kind kind)
    {
        await using var place = await TestPlace.CreateAsync(kind, Pack(3, 5, ""));
        var random = new Random(7);
        await place.AddAsync("work", new() { ["done_on"] = "2018-05-20", ["village"] = "v2", ["kind"] = "修路" });
        var seen = new List<(DateOnly Day, long Head, List<string> Alerts)>();
        var asides = 0;
        for (var day = First; day < First.AddDays(Days); day = day.AddDays(1))
        {
            place.Clock.Now = LocalTime.At(day, new TimeOnly(9, 0));

            // A rule asks for more and a deadline grows shorter; then a day becomes a holiday and a rule goes.
            if (day == First.AddDays(15) || day == First.AddDays(30))
            {
                await place.OpenAsync(day == First.AddDays(15) ? Pack(9, 3, "") : Pack(9, 3, "2018-07-04, 2018-07-05"));
            }

            await WorkAsync(place, random, day);
            var now = (await AlertList.RunAsync(place.Place, null, null)).Alerts;
            if (day.Day % 6 == 0 && now.FirstOrDefault(a => a.AsideUntil is null) is { } alert)
            {
                await new AlertEngine(place.Place.Store).SetAsideAsync(TestPlace.Town, TestPlace.Clerk, alert, day.AddDays(4), "已约定");
                asides++;
                now = (await AlertList.RunAsync(place.Place, null, null)).Alerts;
            }

            seen.Add((day, await new JournalReader(place.Place.Store.Database).HeadAsync(TestPlace.Town), Said(now)));
        }

        place.Clock.Now = LocalTime.At(First.AddDays(Days + 100), new TimeOnly(9, 0));
        var written = 0L;
        foreach (var (day, head, alerts) in seen)
        {
            Assert.Equal((day, alerts), (day, Said((await AlertList.RunAsync(place.Place, null, day.ToString("yyyy-MM-dd"))).Alerts)), Comparer);
            if (head > written && head < seen[^1].Head)
            {
                // By its number too, which is of that day when something was written then.
                Assert.Equal((day, alerts), (day, Said((await AlertList.RunAsync(place.Place, null, head.ToString())).Alerts)), Comparer);
            }

            written = head;
        }

        Assert.True(asides > 3);
        Assert.Contains(seen, s => s.Alerts.Exists(a => a.Contains("已约定", StringComparison.Ordinal)));
        Assert.All((string[])["work.deadline", "work.floor", "work.cadence", "work.coverage", "work.late_entry", "work.stale", "work.streak", "work.follow_up"], rule => Assert.Contains(seen, s => s.Alerts.Exists(a => a.StartsWith(rule + "|", StringComparison.Ordinal))));
        Assert.True(seen.Select(s => string.Join('\n', s.Alerts)).Distinct().Count() > Days / 2);
    }

    [Fact]
    public async Task A_number_before_any_pack_changed_is_answered_by_the_first()
    {
        await using var place = await TestPlace.CreateAsync(Kind.Sqlite, Pack(3, 5, ""));
        var (_, first, _) = await AlertList.RunAsync(place.Place, null, "3");
        place.Clock.Now = place.Clock.Now.AddDays(1);
        await place.OpenAsync(Pack(0, 5, ""));
        await place.AddAsync("work", new() { ["done_on"] = "2018-06-02", ["village"] = "v1" });
        Assert.Contains(first, a => a.Rule.Code == "work.floor");
        Assert.Contains((await AlertList.RunAsync(place.Place, null, "3")).Alerts, a => a.Rule.Code == "work.floor");
        Assert.DoesNotContain((await AlertList.RunAsync(place.Place, null, null)).Alerts, a => a.Rule.Code == "work.floor");
    }

    private static readonly IEqualityComparer<(DateOnly Day, List<string> Alerts)> Comparer =
        EqualityComparer<(DateOnly Day, List<string> Alerts)>.Create((a, b) => a.Day == b.Day && a.Alerts.SequenceEqual(b.Alerts), a => a.Day.GetHashCode());

    private static List<string> Said(IReadOnlyList<Alert> alerts) =>
        [.. alerts.Select(a => $"{a.Rule.Code}|{a.Rule.Message}|{a.Ledger.Code}|{a.Unit}|{a.Subject}|{a.Record}|{a.Title}|{a.Since}|{a.Due}|{a.IsProvisional}|{a.Message}|{a.Clears}|{a.AsideUntil}|{a.AsideReason}")];

    private static async Task WorkAsync(TestPlace place, Random random, DateOnly day)
    {
        var ledger = place.Ledger("work");
        var archive = new RecordArchive(place.Place.Store);
        if (random.Next(2) == 0)
        {
            await place.AddAsync("work", new()
            {
                ["done_on"] = day.AddDays(-random.Next(40)).ToString("yyyy-MM-dd"), ["village"] = random.Next(3) == 0 ? "v2" : "v1", ["kind"] = "会议",
                ["attendance"] = new[] { new Dictionary<string, object?> { ["who"] = await WhoAsync(place), ["state"] = random.Next(4) == 0 ? "到会" : "缺席" } },
            });
        }

        // A road is left alone, so that it grows stale.
        foreach (var record in (await archive.ListAsync(TestPlace.Town, ledger, day, most: 1000)).Where(r => (string?)r.Values["kind"] != "修路"))
        {
            var values = record.Values.Copy();
            switch (random.Next(12))
            {
                case 0:
                    values["done_on"] = day.AddDays(-random.Next(10));
                    break;
                case 1:
                    values["village"] = "v2";
                    break;
                case 2 when record.State == "登记":
                    Assert.IsType<Written>(await place.Place.Store.WriteAsync(TestPlace.Town, TestPlace.Clerk, new AmendRecord(ledger, record.Id, record.Version, values, "办结", null, Acts.Step("办结"))));
                    continue;
                case 3 when random.Next(3) == 0:
                    Assert.IsType<Written>(await place.Place.Store.WriteAsync(TestPlace.Town, TestPlace.Clerk, new VoidRecord(ledger, record.Id, record.Version, "录错了")));
                    continue;
                default:
                    continue;
            }

            Assert.IsType<Written>(await place.Place.Store.WriteAsync(TestPlace.Town, TestPlace.Clerk, new AmendRecord(ledger, record.Id, record.Version, values, record.State)));
        }
    }

    private static async Task<long> WhoAsync(TestPlace place)
    {
        var known = await new RecordArchive(place.Place.Store).ListAsync(TestPlace.Town, place.Ledger("person"), LocalTime.Today(place.Clock), most: 1);
        return known.Count > 0 ? known[0].Id : await place.AddAsync("person", new() { ["joined_on"] = "2018-01-01", ["village"] = "v1", ["name"] = "张三" });
    }

    private static PackFiles Pack(int atLeast, int workdays, string holidays) => new(TestPack.Files(
        ("deadlines.yaml", $$"""
            deadlines:
              finish:
                name: 办结
                from: done_on
                limits:
                  - {value: {{workdays}}, unit: workday, valid_from: 2018-01-01, basis: 规定, mark: M}

            """),
        ("calendar/2018.yaml", $"year: 2018\nbasis: 通知\nholidays: [{(holidays.Length > 0 ? holidays : "2018-10-01")}]\nworkdays: []\n"),
        ("ledgers/base/work.yaml", TestPack.Work
            .Replace("by: [办公室]}", "by: [办公室], within: finish}", StringComparison.Ordinal)
            .Replace("indicators:", $$"""
                rules:
                  - {rule: deadline, before: 2, message: 到期{{workdays}}}
                  - {rule: floor, indicator: works, at_least: {{atLeast}}, message: 太少}
                  - {rule: cadence, at_least: 2, per: month, each: [village], message: 本月太少}
                  - {rule: coverage, of: payments, at_least: 1, message: 没有付款}
                  - {rule: late_entry, days: 15, message: 记录太晚}
                  - {rule: stale, months: 1, where: "kind eq '修路'", message: 很久没有动}
                  - {rule: streak, lines: attendance, person: who, line_where: "state eq '缺席'", times: 3, message: 三次缺席}
                  - {rule: follow_up, ledger: work, by: after_work, within: finish, message: 没有下文}
                indicators:
                """, StringComparison.Ordinal)
            .Replace("  herd: {name: 存栏, type", "  after_work: {name: 接续, type: record, to: work}\n  herd: {name: 存栏, type", StringComparison.Ordinal))));
}
