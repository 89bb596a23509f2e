using System.Text.Json;
using Shizhang.Core.Catalogs;
using Shizhang.Core.Catalogs.Loading;
using Shizhang.Core.Records;
using Shizhang.Core.Texts;
using Shizhang.IntegrationTests.Storage;
using Shizhang.Storage.Accounts;
using Shizhang.Storage.Records;

namespace Shizhang.IntegrationTests.Cli;

/// <summary>Steps on the command line: refused with every reason and nothing changed; evidence kept once, and found when it is not what it was.</summary>
[Collection(DemoCollection.Name)]
public class StepTests(DemoFixture demo)
{
    private static readonly DateOnly Day = new(2018, 11, 12);

    /// <summary>A record where a step is next that wants evidence and values; the pack says which ledger that is.</summary>
    private sealed record Waiting(string Folder, Ledger Ledger, Step Step, long Id, string Account, string Stranger, IReadOnlyList<string> Sets)
    {
        public string[] Words => ["step", $"{Ledger.Code}/{Id}", Step.Name, "--data", Folder];

        /// <summary>What a step that is in order says.</summary>
        public string[] Good(params string[] evidence) => [.. Words, "--as", Account, "--reason", "有理由", .. Sets.SelectMany(s => new[] { "--set", s }), .. evidence.SelectMany(e => new[] { "--evidence", e })];
    }

    [Fact]
    public async Task By_the_wrong_role_without_evidence_or_values_every_reason_is_said_and_nothing_changed()
    {
        var waiting = await ReadyAsync();
        var before = await Shell.ShizhangAsync("verify", "--data", waiting.Folder);

        var ran = await Shell.ShizhangAsync([.. waiting.Words, "--as", waiting.Stranger]);

        Assert.Equal((2, ""), (ran.Code, ran.Output));
        Assert.Contains(Text.Core["step_evidence", waiting.Step.Evidence, 0], ran.Errors);
        Assert.Contains(waiting.Step.Name, ran.Errors);
        Assert.All(waiting.Step.Needs.Select(n => waiting.Ledger.Fields[n]).Where(f => !f.Required), f => Assert.Contains(Text.Core["step_needs", f.Name], ran.Errors));
        Assert.True(ran.Errors.Split('；').Length >= 3, ran.Errors);
        Assert.Equal(before.Output, (await Shell.ShizhangAsync("verify", "--data", waiting.Folder)).Output);
    }

    [Fact]
    public async Task On_a_stale_version_it_is_refused_and_nothing_changed()
    {
        var waiting = await ReadyAsync();
        var file = await FileAsync(waiting, "a.txt", "材料");
        var before = await Shell.ShizhangAsync("verify", "--data", waiting.Folder);

        var ran = await Shell.ShizhangAsync([.. waiting.Good(file), "--version-seen", "1"]);

        Assert.Equal((2, ""), (ran.Code, ran.Output));
        Assert.Contains(waiting.Id.ToString(), ran.Errors);
        Assert.Equal(before.Output, (await Shell.ShizhangAsync("verify", "--data", waiting.Folder)).Output);
    }

    [Fact]
    public async Task Files_that_are_no_evidence_are_refused_by_name()
    {
        var waiting = await ReadyAsync();
        var large = await FileAsync(waiting, "large.pdf", "%PDF");
        await using (var stream = File.OpenWrite(large))
        {
            stream.SetLength((100L * 1024 * 1024) + 1);
        }

        string[] files = [await FileAsync(waiting, "run.exe", "MZ"), await FileAsync(waiting, "empty.txt", ""), await FileAsync(waiting, "fake.pdf", "不是"), Path.Combine(waiting.Folder, "none.txt"), large];
        var (before, kept) = (await Shell.ShizhangAsync("verify", "--data", waiting.Folder), Files(waiting));

        var ran = await Shell.ShizhangAsync(waiting.Good(files));

        Assert.Equal((2, ""), (ran.Code, ran.Output));
        Assert.All(files, f => Assert.Contains(Path.GetFileName(f), ran.Errors));
        Assert.Equal(kept, Files(waiting));
        Assert.Equal(before.Output, (await Shell.ShizhangAsync("verify", "--data", waiting.Folder)).Output);
    }

    [Fact]
    public async Task The_same_file_is_kept_once_and_verify_finds_it_altered_or_missing()
    {
        var waiting = await ReadyAsync();
        var (one, same) = (await FileAsync(waiting, "照片.txt", "材料"), await FileAsync(waiting, "copy.txt", "材料"));
        var before = Files(waiting);
        var taken = await Shell.ShizhangAsync(waiting.Good(one, same));
        Assert.True(taken.Code == 0, taken.Errors);
        var kept = Assert.Single(Files(waiting).Except(before, StringComparer.Ordinal));
        Assert.Equal(0, (await Shell.ShizhangAsync("verify", "--data", waiting.Folder)).Code);

        await File.WriteAllTextAsync(kept, "别的", TestContext.Current.CancellationToken);
        var altered = await Shell.ShizhangAsync("verify", "--data", waiting.Folder);
        Assert.Equal(1, altered.Code);
        Assert.Contains($"{waiting.Ledger.Code}/{waiting.Id} 照片.txt", altered.Output);

        File.Delete(kept);
        var missing = await Shell.ShizhangAsync("verify", "--data", waiting.Folder);
        Assert.Equal(1, missing.Code);
        Assert.Contains($"{waiting.Ledger.Code}/{waiting.Id} copy.txt", missing.Output);
        Assert.NotEqual(altered.Output, missing.Output);
    }

    [Fact]
    public async Task A_rule_whose_indicator_was_removed_is_named_with_its_line()
    {
        var folder = Directory.CreateTempSubdirectory("shizhang-pack-").FullName;
        var source = Path.Combine(Shell.Root, "packs", "township");
        var catalog = PackReader.Read(PackFiles.Read(source).Files!).Catalog!;
        var rule = catalog.Rules.Values.Select(r => r.Rule).OfType<BoundRule>().First();
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(source, f)))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, file))!);
            var text = await File.ReadAllTextAsync(Path.Combine(source, file), TestContext.Current.CancellationToken);
            await File.WriteAllTextAsync(Path.Combine(folder, file), text.Replace($"\n  {rule.Indicator.Code}:", $"\n  {rule.Indicator.Code}_gone:", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        }

        var ran = await Shell.ShizhangAsync("pack", "check", folder);
        Assert.Equal(1, ran.Code);
        Assert.Contains(ran.Output.Split('\n'), l => l.StartsWith($"{rule.Source.File}:{rule.Source.Line}:", StringComparison.Ordinal) && l.Contains(rule.Indicator.Code, StringComparison.Ordinal));
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<string> FileAsync(Waiting waiting, string name, string text)
    {
        var folder = waiting.Folder + "-files";
        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, name);
        await File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);
        return file;
    }

    private async Task<Waiting> ReadyAsync()
    {
        var folder = demo.CopyFolder();
        var (database, store) = await DemoFixture.OpenAsync(folder);
        await using (database)
        await using (store)
        {
            var (ledger, step) = store.Catalog.Ledgers.Values.SelectMany(l => l.Workflow?.Steps.Values.Select(s => (Ledger: l, Step: s)) ?? [])
                .First(s => s.Step is { Evidence: > 0, Requires.Count: 0, NotBefore: null, NotAfter: null, Majority: null, NotBy.Count: 0 } && s.Step.Needs.Any(n => !s.Ledger.Fields[n].Required));
            var tree = await UnitReader.ReadAsync(store, DemoFixture.Town);
            var records = new Dictionary<string, long?>(StringComparer.Ordinal);
            foreach (var to in ledger.Fields.Concat(ledger.Fields.SelectMany(f => f.Lines ?? Enumerable.Empty<Field>())).Select(f => f.To).OfType<string>().Distinct(StringComparer.Ordinal))
            {
                records[to] = (await new RecordArchive(store).ListAsync(DemoFixture.Town, store.Catalog.Ledgers[to], Day, most: 1)).FirstOrDefault()?.Id;
            }

            var any = new AnyRecord(new Random(5), f => tree.Units.First(u => f.UnitKinds.Count == 0 ? u.Kind == "village" : f.UnitKinds.Contains(u.Kind)).Code, to => records[to]);
            var (values, refusals) = RecordReader.Read(ledger, any.Inputs(ledger, Day, 0));
            Assert.Empty(refusals);
            var written = Assert.IsType<Written>(await store.WriteAsync(DemoFixture.Town, new Actor("wenmi"), new CreateRecord(ledger, values!, step.From[0])));
            var accounts = await new AccountArchive(store).ListAsync(DemoFixture.Town);
            return new Waiting(folder, ledger, step, written.Id, accounts.First(a => a.Grants.Any(g => step.By.Contains(g.Role))).Name, accounts.First(a => !a.Grants.Any(g => step.By.Contains(g.Role))).Name, [.. step.Needs.Select(n => $"{n}={Word(any.Value(ledger.Fields[n], Day))}")]);
        }
    }

    private static List<string> Files(Waiting waiting) => [.. Directory.EnumerateFiles(Path.Combine(waiting.Folder, "evidence"), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    private static string Word(object? value) => value switch
    {
        bool yes => yes ? "是" : "否",
        string text => text,
        IEnumerable<string> many => string.Join('、', many),
        _ => JsonSerializer.Serialize(value),
    };
}
