using System.Text.Json;
using Shizhang.Core.Filters;
using Shizhang.Core.Records;
using Shizhang.Storage.Accounts;
using Shizhang.Storage.Records;

namespace Shizhang.IntegrationTests.Cli;

/// <summary>Problems found, answered and closed by somebody else; closed ones stay checked.</summary>
[Collection(DemoCollection.Name)]
public class FindingTests(DemoFixture demo)
{
    private static readonly DateOnly Today = new(2018, 12, 31);

    [Fact]
    public async Task The_coverage_table_shows_what_nothing_answers()
    {
        var ran = await Shell.ShizhangAsync("coverage", "--data", demo.Folder, "--format", "json", "--lang", "en");
        Assert.True(ran.Code == 0, ran.Errors);
        var rows = JsonDocument.Parse(ran.Output).RootElement.EnumerateArray().ToList();
        Assert.Equal(15, rows.Count);
        Assert.Equal(["3.1", "3.2", "3.3", "5.1", "6.1", "6.2", "7.1", "7.2"], Without("measures"));
        Assert.Equal(["3.1", "3.2", "7.1", "7.2"], Without("causes"));
        Assert.Equal(4, rows.SelectMany(r => r.GetProperty("causes").EnumerateArray()).Select(c => c.GetString()).Distinct().Count());
        Assert.Contains("none of its 3 problems has", ran.Errors);

        IEnumerable<string> Without(string field) => rows
            .Where(r => r.GetProperty(field).GetArrayLength() == 0 && r.GetProperty("missing").EnumerateArray().Any(m => m.GetString() == field))
            .Select(r => r.GetProperty("title").GetString()!.Split(' ')[0]);
    }

    [Fact]
    public async Task Nobody_closes_what_is_incomplete_or_their_own_and_all_that_is_missing_is_said_at_once()
    {
        var folder = demo.CopyFolder();
        var (id, version, owner) = await FindAsync(folder, "2.1");
        var bare = await StepAsync(folder, id, "销号", "leader");
        Assert.Equal(2, bare.Code);
        Assert.All((string[])["监察室", "验收人", "完成情况", "销号日期"], w => Assert.Contains(w, bare.Errors));

        var own = await StepAsync(folder, id, "销号", "supervision_office", "--set", $"verifier={owner}", "--set", "result=已完成", "--set", "closed_on=2018-12-28");
        Assert.Equal(2, own.Code);
        Assert.Contains("验收人不能是", own.Errors);
        var undone = await StepAsync(folder, id, "销号", "supervision_office", "--set", "result=未完成", "--set", "closed_on=2018-12-28");
        Assert.Contains("没有完成的问题不能销号", undone.Errors);

        var stale = await StepAsync(folder, id, "退回", "supervision_office", "--reason", "材料不全", "--version-seen", "1");
        Assert.Equal(2, stale.Code);
        Assert.Equal((id, version), (await FindAsync(folder, "2.1")) is var now ? (now.Id, now.Version) : default);

        var returned = await StepAsync(folder, id, "退回", "supervision_office", "--reason", "材料不全", "--version-seen", $"{version}");
        Assert.True(returned.Code == 0, returned.Errors);
        var again = await StepAsync(folder, id, "提交验收", "leader");
        Assert.Contains("佐证材料", again.Errors);
        var note = Path.Combine(folder, "补充说明.txt");
        await File.WriteAllTextAsync(note, "补充说明", TestContext.Current.CancellationToken);
        Assert.Equal(0, (await StepAsync(folder, id, "提交验收", "leader", "--evidence", note)).Code);
        var verify = await Shell.ShizhangAsync("verify", "--data", folder);
        Assert.True(verify.Code == 0, verify.Output);
    }

    [Fact]
    public async Task A_step_changes_neither_who_may_not_take_it_nor_what_it_does_not_ask()
    {
        var folder = demo.CopyFolder();
        var (id, _, owner) = await FindAsync(folder, "2.1");
        var (database, store) = await DemoFixture.OpenAsync(folder);
        await using (database)
        await using (store)
        {
            var accounts = new AccountArchive(store);
            await accounts.AmendAsync(DemoFixture.Town, new Actor("security_admin"), (await accounts.FindAsync(DemoFixture.Town, "inspector"))! with { Person = owner });
        }

        string[] closing = ["--set", $"verifier={owner + 2}", "--set", "result=已完成", "--set", "closed_on=2018-12-28"];
        var own = await StepAsync(folder, id, "销号", "inspector", closing);
        Assert.Contains("承担“责任人”的人不能再办", own.Errors);
        var another = await StepAsync(folder, id, "销号", "inspector", [.. closing, "--set", $"owner={owner + 1}"]);
        Assert.Equal(2, another.Code);
        Assert.Contains("不能改“责任人”", another.Errors);

        // Whoever may not amend the finding does not do so by a step; what the step asks is theirs to fill in.
        var rewritten = await StepAsync(folder, id, "退回", "leader", "--reason", "材料不全", "--set", "title=另一件事");
        Assert.Equal(2, rewritten.Code);
        Assert.Contains("不包括修改“问题”", rewritten.Errors);
        Assert.Equal("待验收", await StateAsync(folder, id));
    }

    [Fact]
    public async Task A_closed_finding_is_opened_again_when_the_rule_it_keeps_breaks()
    {
        var folder = demo.CopyFolder();
        var (id, _, _) = await FindAsync(folder, "1.1");
        Assert.Equal("已销号", await StateAsync(folder, id));
        Assert.DoesNotContain("finding/", (await Shell.ShizhangAsync("alerts", "--data", folder)).Errors);

        var (database, store) = await DemoFixture.OpenAsync(folder);
        await using (database)
        await using (store)
        {
            var ledger = store.Catalog.Ledgers["committee_meeting"];
            var (values, refusals) = RecordReader.Read(ledger, new Dictionary<string, object?>
            {
                ["unit"] = DemoFixture.Town,
                ["kind"] = "党委会",
                ["held_on"] = store.Clock.GetUtcNow().ToString("yyyy-01-01"),
                ["agenda"] = new List<Dictionary<string, object?>> { new() { ["subject"] = "没有时限的事", ["kind"] = "重大决策", ["decision"] = "同意" } },
                ["due"] = 9,
                ["present"] = 9,
            });
            Assert.True(values is not null, string.Join(' ', refusals));
            Assert.IsType<Written>(await store.WriteAsync(DemoFixture.Town, new Actor("party_government_office"), new CreateRecord(ledger, values)));
        }

        var alerts = await Shell.ShizhangAsync("alerts", "--data", folder);
        Assert.Contains($"finding/{id}", alerts.Errors);
        Assert.Equal("整改中", await StateAsync(folder, id));
        Assert.DoesNotContain($"finding/{id}", (await Shell.ShizhangAsync("alerts", "--data", folder)).Errors);
    }

    [Fact]
    public async Task The_progress_report_counts_what_is_done_and_its_parts_fit()
    {
        var figures = await DemoFixture.FiguresAsync(demo.Folder);
        Assert.Equal(figures["findings"].Value, figures["findings_closed"].Value + figures["findings_mostly_done"].Value + figures["findings_open"].Value);
        Assert.Equal(15m, figures["findings"].Value);
        Assert.Equal(6.67m, Math.Round(figures["findings_rate"].Value!.Value, 2, MidpointRounding.AwayFromZero));
        var file = Path.Combine(demo.CopyFolder(), "整改情况报告.md");
        var ran = await Shell.ShizhangAsync(["report", "rectification_report", .. DemoFixture.ThreeYears, "-o", file, "--data", demo.Folder]);
        Assert.True(ran.Code == 0, ran.Errors);
        Assert.Contains("[6.67%]", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
    }

    private static Task<Ran> StepAsync(string folder, long id, string step, string user, params string[] more) =>
        Shell.ShizhangAsync(["step", $"finding/{id}", step, "--as", user, "--data", folder, .. more]);

    private static async Task<(long Id, long Version, long Owner)> FindAsync(string folder, string number)
    {
        var (database, store) = await DemoFixture.OpenAsync(folder);
        await using (database)
        await using (store)
        {
            var ledger = store.Catalog.Ledgers["finding"];
            var where = new Comparison(ComparisonOperator.Equal, new FieldOperand(ledger.Fields["number"]), new Literal(number), NullMatches: false);
            var found = Assert.Single(await new RecordArchive(store).ListAsync(DemoFixture.Town, ledger, Today, where));
            return (found.Id, found.Version, (long)found.Values["owner"]!);
        }
    }

    private static async Task<string?> StateAsync(string folder, long id)
    {
        var (database, store) = await DemoFixture.OpenAsync(folder);
        await using (database)
        await using (store)
        {
            return (await new RecordArchive(store).FindAsync(DemoFixture.Town, store.Catalog.Ledgers["finding"], id))!.State;
        }
    }
}
