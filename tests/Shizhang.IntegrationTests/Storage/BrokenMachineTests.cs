using Microsoft.Data.Sqlite;
using Shizhang.Core.Figures;
using Shizhang.Storage;
using Shizhang.Storage.Figures;
using Shizhang.Storage.Journal;
using Shizhang.Storage.Records;

namespace Shizhang.IntegrationTests.Storage;

/// <summary>Locked, damaged and full: each says which, and nothing is half written.</summary>
public class BrokenMachineTests
{
    private static readonly Dictionary<string, object?> Inputs = new() { ["done_on"] = "2018-05-03", ["village"] = "v1" };

    [Fact]
    public async Task A_locked_file_is_waited_for_and_then_named()
    {
        await using var db = await TestDatabase.CreateAsync(Kind.Sqlite);
        await using (var other = new SqliteConnection($"Data Source={db.File};Pooling=False"))
        {
            await other.OpenAsync(TestContext.Current.CancellationToken);
            await using var hold = other.CreateCommand();
            hold.CommandText = "BEGIN IMMEDIATE";
            await hold.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

            var e = await Assert.ThrowsAsync<StorageException>(() => db.WriteAsync("work", Inputs));
            Assert.Equal("database_locked", e.Code);

            // Readers are not held up by a writer.
            var engine = new FigureEngine(db.Store);
            Assert.NotNull(await engine.ScopeAsync(TestDatabase.Town, Period.Year(2018)));
        }

        Assert.IsType<Written>(await db.WriteAsync("work", Inputs));
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_named()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("shizhang-test-").FullName, "shizhang.db");
        await File.WriteAllTextAsync(file, string.Concat(Enumerable.Repeat("这不是数据库。", 500)), TestContext.Current.CancellationToken);
        await using var database = Database.Sqlite(file);
        var e = await Assert.ThrowsAsync<StorageException>(() => Shizhang.Storage.Schema.PackShelf.LatestAsync(database));
        Assert.Equal("database_corrupt", e.Code);
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }

    [Fact]
    public async Task A_full_disk_refuses_the_write_and_keeps_what_was_acknowledged()
    {
        // A real file system that is really full: a few megabytes of memory.
        var mount = Directory.CreateTempSubdirectory("shizhang-full-").FullName;
        Assert.SkipUnless(await Run("mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", mount), "a small file system can be mounted by root only");
        try
        {
            await using var database = Database.Sqlite(Path.Combine(mount, "shizhang.db"));
            await using var store = (await Store.OpenAsync(database, TestPack.Load(TestPack.Files()), TestPack.Files(), TimeProvider.System)).Store!;
            await store.AddTownAsync(TestDatabase.Town, "某镇");
            var unit = store.Catalog.Units;
            var acknowledged = 0L;
            StorageException? full = null;
            for (var i = 0; full is null && i < 20_000; i++)
            {
                var values = Core.Records.RecordReader.Read(unit, new Dictionary<string, object?> { ["code"] = $"u{i}", ["name"] = new string('长', 180), ["kind"] = "village", ["parent"] = i == 0 ? null : "u0", ["valid_from"] = "2010-01-01" }).Values!;
                try
                {
                    acknowledged = Assert.IsType<Written>(await store.WriteAsync(TestDatabase.Town, TestDatabase.Clerk, new CreateRecord(unit, values))).Version;
                }
                catch (StorageException e)
                {
                    full = e;
                }
            }

            Assert.Contains(full?.Code, (string[])["database_full", "database_io"]);
            var result = await new Verification(store).RunAsync(TestDatabase.Town);
            Assert.Empty(result.Damages);
            Assert.Equal(acknowledged, result.Head);
        }
        finally
        {
            await Run("umount", mount);
            Directory.Delete(mount);
        }
    }

    private static async Task<bool> Run(string command, params string[] arguments)
    {
        try
        {
            using var process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(command, arguments) { RedirectStandardError = true, UseShellExecute = false })!;
            await process.WaitForExitAsync();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
