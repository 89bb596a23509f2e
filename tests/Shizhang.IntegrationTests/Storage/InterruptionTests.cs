using System.Diagnostics;
using System.Globalization;
using Shizhang.Storage.Journal;
using Shizhang.Storage.Records;

namespace Shizhang.IntegrationTests.Storage;

/// <summary>A process killed while it writes loses nothing it acknowledged, and leaves nothing half written.</summary>
public class InterruptionTests
{
    private const int Kills = 50;

    public static TheoryData<Kind> Databases => new(Kind.Sqlite, Kind.Postgres);

    [Theory, MemberData(nameof(Databases))]
    public async Task Nothing_acknowledged_is_lost_when_the_writer_is_killed(Kind kind)
    {
        await using var db = await TestDatabase.CreateAsync(kind);
        await db.CloseForTestAsync();
        var random = new Random(7);
        var acknowledged = new Dictionary<long, (long Version, long Number)>();
        for (var i = 0; i < Kills; i++)
        {
            foreach (var (id, version, number) in await RunAndKillAsync(kind, db.Target, random.Next(1, 60), TimeSpan.FromMilliseconds(random.Next(5))))
            {
                acknowledged[id] = acknowledged.TryGetValue(id, out var before) && before.Version > version ? before : (version, number);
            }
        }

        await db.ReopenAsync();
        Assert.Empty((await new Verification(db.Store).RunAsync(TestDatabase.Town)).Damages);
        var archive = new RecordArchive(db.Store);
        var work = db.Ledger("work");
        var there = new Dictionary<long, StoredRecord>();
        for (var skip = 0; ; skip += 1000)
        {
            var some = await archive.ListAsync(TestDatabase.Town, work, new DateOnly(2018, 6, 1), skip: skip, most: 1000);
            some.ForEach(r => there.Add(r.Id, r));
            if (some.Count < 1000)
            {
                break;
            }
        }

        foreach (var (id, (version, number)) in acknowledged)
        {
            Assert.True(there.TryGetValue(id, out var record), $"record {id} was acknowledged and is gone");
            // A later version may have been written and killed before it was acknowledged.
            Assert.True(record.Version >= version);
            if (record.Version == version)
            {
                Assert.Equal(number, record.Values["herd"]);
                Assert.Equal((decimal)number, Assert.Single(record.Values.LinesOf(work.Fields["payments"]))["amount"]);
            }
        }
    }

    /// <summary>Kills it a moment after it has acknowledged so many writes: counted, not timed, so that a slow machine interrupts as much.</summary>
    private static async Task<List<(long Id, long Version, long Number)>> RunAndKillAsync(Kind kind, string target, int writes, TimeSpan after)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet")
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, "Shizhang.Writer.dll"), kind.ToString(), target },
        };
        using var process = Process.Start(start)!;
        var lines = new List<string>();
        while (lines.Count < writes)
        {
            lines.Add(await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("the writer ended by itself"));
        }

        await Task.Delay(after);
        process.Kill();
        await process.WaitForExitAsync();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            lines.Add(line);
        }

        // The last line may be cut off in the middle of a number, and then it says nothing.
        var complete = lines.Select(l => l.Split(' ')).Where(p => p.Length == 3).ToList();
        return complete.Take(Math.Max(0, complete.Count - 1)).Select(p => (Number(p[0]), Number(p[1]), Number(p[2]))).ToList();
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
