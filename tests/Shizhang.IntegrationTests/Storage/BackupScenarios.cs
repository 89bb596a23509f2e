using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Shizhang.App.Features.Backups;
using Shizhang.App.Features.Workplaces;
using Shizhang.Core;
using Shizhang.Core.Catalogs.Loading;
using Shizhang.Core.Figures;
using Shizhang.Storage.Evidence;
using Shizhang.Storage.Figures;
using Shizhang.Storage.Journal;
using Shizhang.Storage.Records;
using Shizhang.Storage.Schema;

namespace Shizhang.IntegrationTests.Storage;

/// <summary>A backup is of one moment though writes go on, and restores into either database all or not at all.</summary>
public class BackupScenarios
{
    private const int SealLength = 64;
    private static readonly Period Year = Core.Figures.Period.Year(2018);
    private static readonly PackFiles Older = new(TestPack.Files());

    // What was there only under the older pack must come back too: its reports are recounted. Digits were added and a field left empty was removed.
    private static readonly PackFiles Newer = new(TestPack.Files(("ledgers/base/work.yaml", TestPack.Work
        .Replace("length: {name: 长度, type: decimal, scale: 1, min: 0}", "length: {name: 长度, type: decimal, scale: 3, min: 0}", StringComparison.Ordinal)
        .Replace("  open: {name: 公开, type: yes_no}\n", "", StringComparison.Ordinal))));

    public static TheoryData<Kind, Kind> Ways => new() { { Kind.Sqlite, Kind.Sqlite }, { Kind.Postgres, Kind.Postgres }, { Kind.Sqlite, Kind.Postgres }, { Kind.Postgres, Kind.Sqlite } };

    public static TheoryData<Kind> Databases => [Kind.Sqlite, Kind.Postgres];

    [Theory, MemberData(nameof(Ways))]
    public async Task What_is_backed_up_while_writes_go_on_is_restored_whole(Kind from, Kind to)
    {
        await using var source = await TestPlace.CreateAsync(from, Older);
        await FillAsync(source);
        await source.OpenAsync(Newer);
        using var stop = new CancellationTokenSource();
        var writing = WriteAsync(source, stop.Token);
        var journal = new JournalReader(source.Place.Store.Database);
        var before = await journal.HeadAsync(TestPlace.Town);
        var file = source.NewFile(".zip");

        var made = await BackupWork.RunAsync(source.Place.Address, file, source.Clock);

        var after = await journal.HeadAsync(TestPlace.Town);
        await stop.CancelAsync();
        await writing;
        Assert.Null(made.Refusal);
        var town = Assert.Single(made.Manifest!.Towns);
        Assert.InRange(town.Head, before, after);
        Assert.Equal(town.Hash, Convert.ToHexStringLower((await journal.LinesAsync(TestPlace.Town, town.Head - 1, 1))[0].Hash));

        var address = await source.EmptyAsync(to);
        Assert.Null((await RestoreWork.RunAsync(address, file)).Refusal);
        var (restored, refusal) = await Workplace.OpenAsync(address, source.Clock);
        Assert.Null(refusal);
        await using (restored)
        {
            var verified = await new Verification(restored!.Store, restored.Evidence).RunAsync(TestPlace.Town);
            Assert.Empty(verified.Damages);
            Assert.Equal((town.Head, town.Hash), (verified.Head, Convert.ToHexStringLower(verified.HeadHash)));
            Assert.Equal(await FiguresAsync(source.Place, source.Place.Catalog, town.Head), await FiguresAsync(restored, restored.Catalog, null));

            // As the older pack counts, which only the restored database can tell it.
            var older = await restored.CatalogOfAsync(Older.Digest);
            Assert.Equal(await FiguresAsync(source.Place, older, 12), await FiguresAsync(restored, older, 12));
            Assert.Equal(Older.Digest, await PackShelf.InForceAsync(restored.Store.Database, source.Clock.Now.AddDays(-1)));
            Assert.Equal("<key/>", await File.ReadAllTextAsync(Path.Combine(address.Folder, "keys", "key.xml"), TestContext.Current.CancellationToken));
            Assert.Equal(2, Directory.EnumerateFiles(Path.Combine(address.Folder, "evidence"), "*", SearchOption.AllDirectories).Count());
            Assert.DoesNotContain(Directory.EnumerateFileSystemEntries(address.Folder), e => Path.GetFileName(e).StartsWith(".restoring", StringComparison.Ordinal));

            // What was restored is written on with, unique values and all.
            var ledger = restored.Catalog.Ledgers["work"];
            var values = RecordValuesOf(restored, new() { ["done_on"] = "2018-05-09", ["village"] = "v1", ["code"] = "A-1" });
            Assert.IsType<Refused>(await restored.Store.WriteAsync(TestPlace.Town, TestPlace.Clerk, new CreateRecord(ledger, values, "登记")));
            Assert.IsType<Written>(await restored.Store.WriteAsync(TestPlace.Town, TestPlace.Clerk, new CreateRecord(ledger, RecordValuesOf(restored, new() { ["done_on"] = "2018-05-09", ["village"] = "v1" }), "登记")));
        }
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Nothing_is_restored_over_anything_and_a_restore_that_fails_leaves_nothing(Kind kind)
    {
        await using var source = await TestPlace.CreateAsync(kind, Older);
        await FillAsync(source);
        var file = source.NewFile(".zip");
        Assert.Null((await BackupWork.RunAsync(source.Place.Address, file, source.Clock)).Refusal);
        Assert.NotNull((await BackupWork.RunAsync(source.Place.Address, file, source.Clock)).Refusal);

        Assert.NotNull((await RestoreWork.RunAsync(source.Place.Address, file)).Refusal);
        Assert.NotNull((await RestoreWork.RunAsync(source.Place.Address with { Folder = (await source.EmptyAsync(Kind.Sqlite)).Folder, Connection = source.Place.Address.Connection ?? TestDatabase.Server }, source.NewFile(".none"))).Refusal);
        if (kind == Kind.Postgres)
        {
            var full = await RestoreWork.RunAsync(source.Place.Address with { Folder = (await source.EmptyAsync(Kind.Sqlite)).Folder }, file);
            Assert.NotNull(full.Refusal);
        }

        // Cut off at every stage, as a failing disk would.
        var address = await source.EmptyAsync(kind);
        for (var stage = 1; ; stage += 7)
        {
            var left = stage;
            var isCut = false;
            try
            {
                Assert.Null((await RestoreWork.RunAsync(address, file, restoring: _ =>
                {
                    if (--left == 0)
                    {
                        isCut = true;
                        throw new IOException("cut off");
                    }
                })).Refusal);
                break;
            }
            catch (IOException) when (isCut)
            {
                Assert.False(Directory.Exists(address.Folder) && Directory.EnumerateFileSystemEntries(address.Folder).Any());
                Assert.NotNull((await Workplace.OpenAsync(address, source.Clock)).Refusal);
            }
        }
    }

    [Fact]
    public async Task One_byte_altered_or_cut_off_anywhere_is_refused_and_nothing_restored()
    {
        await using var source = await TestPlace.CreateAsync(Kind.Sqlite, Older);
        await FillAsync(source);
        var file = source.NewFile(".zip");
        Assert.Null((await BackupWork.RunAsync(source.Place.Address, file, source.Clock)).Refusal);
        var bytes = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        var address = await source.EmptyAsync(Kind.Sqlite);
        foreach (var at in Enumerable.Range(0, 120).Select(i => (int)((long)i * bytes.Length / 120)).Concat(Enumerable.Range(bytes.Length - 90, 90)))
        {
            bytes[at] ^= 1;
            await RefusedAsync(bytes);
            bytes[at] ^= 1;
        }

        foreach (var length in (int[])[0, 3, bytes.Length / 2, bytes.Length - 1])
        {
            await RefusedAsync(bytes[..length]);
        }

        async Task RefusedAsync(byte[] content)
        {
            var altered = source.NewFile(".zip");
            await File.WriteAllBytesAsync(altered, content);
            Assert.NotNull((await RestoreWork.RunAsync(address, altered)).Refusal);
            Assert.Empty(Directory.EnumerateFileSystemEntries(address.Folder));
            File.Delete(altered);
        }
    }

    /// <summary>What somebody makes who knows how a seal is set: each is refused by what is read, and nothing is left.</summary>
    public static TheoryData<string> Forgeries => ["outside", "rooted", "database", "larger", "fewer rows", "name", "head", "other bytes", "not a row", "newer", "huge"];

    [Theory, MemberData(nameof(Forgeries))]
    public async Task A_forged_backup_is_refused(string forgery)
    {
        await using var source = await TestPlace.CreateAsync(Kind.Sqlite, Older);
        await FillAsync(source);
        var file = source.NewFile(".zip");
        Assert.Null((await BackupWork.RunAsync(source.Place.Address, file, source.Clock)).Refusal);
        using (var archive = ZipFile.Open(file, ZipArchiveMode.Update))
        {
            Forge(archive, forgery);
        }

        Seal(file);
        var address = await source.EmptyAsync(Kind.Sqlite);
        var restored = await RestoreWork.RunAsync(address, file);

        Assert.NotNull(restored.Refusal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(address.Folder));
        Assert.False(File.Exists(Path.Combine(address.Folder, "..", "outside.txt")));
    }

    private static void Forge(ZipArchive archive, string forgery)
    {
        var manifest = JsonNode.Parse(Text(archive, "manifest.json"))!;
        var work = manifest["tables"]!.AsArray().First(t => (string)t!["name"]! == "work")!;
        var evidence = manifest["files"]!.AsArray().First(f => ((string)f!["path"]!).StartsWith("evidence", StringComparison.Ordinal))!;
        var rows = Text(archive, "tables/work.jsonl");
        switch (forgery)
        {
            case "outside":
                evidence["path"] = "../outside.txt";
                break;
            case "rooted":
                evidence["path"] = "/tmp/outside.txt";
                break;
            case "database":
                evidence["path"] = "shizhang.db-wal";
                break;
            case "larger":
                evidence["size"] = 1;
                break;
            case "fewer rows":
                work["rows"] = 1;
                break;
            case "name":
                work["name"] = "work\" (x text); DROP TABLE _town; --";
                break;
            case "head":
                manifest["towns"]![0]!["head"] = 3;
                break;
            case "other bytes":
                Replace(archive, "tables/work.jsonl", rows.Replace("2018-05-01", "2018-05-02", StringComparison.Ordinal));
                break;
            case "not a row":
                rows = "[1]\n" + rows;
                Replace(archive, "tables/work.jsonl", rows);
                (work["size"], work["sm3"]) = (Encoding.UTF8.GetByteCount(rows), Sm3.Hex(Encoding.UTF8.GetBytes(rows)));
                break;
            case "newer":
                manifest["version"] = 99;
                break;
            case "huge":
                work["size"] = 1L << 50;
                break;
            default:
                throw new ArgumentException(forgery);
        }

        Replace(archive, "manifest.json", manifest.ToJsonString());
    }

    private static string Text(ZipArchive archive, string entry)
    {
        using var reader = new StreamReader(archive.GetEntry(entry)!.Open());
        return reader.ReadToEnd();
    }

    private static void Replace(ZipArchive archive, string entry, string text)
    {
        archive.GetEntry(entry)!.Delete();
        using var writer = new StreamWriter(archive.CreateEntry(entry).Open());
        writer.Write(text);
    }

    private static void Seal(string file)
    {
        var bytes = File.ReadAllBytes(file);
        Encoding.ASCII.GetBytes(Sm3.Hex(bytes.AsSpan(0, bytes.Length - SealLength))).CopyTo(bytes, bytes.Length - SealLength);
        File.WriteAllBytes(file, bytes);
    }

    private static async Task FillAsync(TestPlace place)
    {
        var person = await place.AddAsync("person", new() { ["joined_on"] = "2018-01-01", ["village"] = "v1", ["name"] = "张\"三\"四", ["id_number"] = "11010519491231002X" });
        for (var i = 0; i < 40; i++)
        {
            await place.AddAsync("work", Work(i, person));
        }

        var record = await place.FindAsync("work", await place.AddAsync("work", new(Work(1, person)) { ["code"] = "A-1" }));
        var (first, second) = (place.NewFile(".txt"), place.NewFile(".txt"));
        await File.WriteAllTextAsync(first, "现场照片说明");
        await File.WriteAllTextAsync(second, "另一份");
        var files = new[] { (await place.Place.Evidence.KeepAsync(first)).File!, (await place.Place.Evidence.KeepAsync(second)).File! };
        Assert.IsType<Written>(await new EvidenceArchive(place.Place.Store).StepAsync(TestPlace.Town, TestPlace.Clerk, new AmendRecord(place.Ledger("work"), record.Id, record.Version, record.Values, "办结", null, Acts.Step("办结")), files));
        var gone = await place.AddAsync("work", Work(2, person));
        Assert.IsType<Written>(await place.Place.Store.WriteAsync(TestPlace.Town, TestPlace.Clerk, new VoidRecord(place.Ledger("work"), gone, gone, "录错了")));
        Directory.CreateDirectory(Path.Combine(place.Place.Address.Folder, "keys"));
        await File.WriteAllTextAsync(Path.Combine(place.Place.Address.Folder, "keys", "key.xml"), "<key/>");
        await File.WriteAllTextAsync(Path.Combine(place.Place.Address.Folder, "evidence", "half.part"), "half");
        place.Clock.Now = place.Clock.Now.AddDays(2);
    }

    private static async Task WriteAsync(TestPlace place, CancellationToken stop)
    {
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            await place.AddAsync("work", Work(i, null));
        }
    }

    private static Dictionary<string, object?> Work(int i, long? lead) => new()
    {
        ["done_on"] = $"2018-05-{(i % 28) + 1:00}", ["village"] = i % 2 == 0 ? "v1" : "v2", ["kind"] = "修路", ["length"] = $"{i}.5", ["cost"] = "1234567.89", ["people"] = i, ["tags"] = new[] { "甲", "丙" }, ["lead"] = lead,
        ["note"] = "一行\r\n二行\t“引号” \\ 𠮷", ["herd"] = i, ["payments"] = new[] { new Dictionary<string, object?> { ["paid_on"] = "2018-06-01", ["amount"] = "0.10" } },
    };

    private static Core.Records.RecordValues RecordValuesOf(Workplace place, Dictionary<string, object?> inputs) => Core.Records.RecordReader.Read(place.Catalog.Ledgers["work"], inputs).Values!;

    private static async Task<List<(string, decimal?, long)>> FiguresAsync(Workplace place, Core.Catalogs.Catalog catalog, long? asOf)
    {
        var engine = new FigureEngine(place.Store);
        var scope = (await engine.ScopeAsync(TestPlace.Town, Year, null, asOf))!;
        return [.. (await engine.ComputeAsync(scope, [.. catalog.Indicators.Values])).Select(f => (f.Indicator.Code, f.Value, f.Records))];
    }
}
