using System.Data.Common;
using System.Diagnostics;
using Shizhang.Core.Records;
using Shizhang.Storage.Records;

namespace Shizhang.Bench;

/// <summary>Records written per second by eight writers, against bare prepared INSERTs of the same rows with the same group commit.</summary>
internal static class WriteBench
{
    private const int Writers = 8;
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(4);

    public static async Task RunAsync(Target target)
    {
        await using var connection = await target.ConnectAsync();
        var (ours, bare) = (new List<double>(), new List<double>());
        for (var round = 0; round < 3; round++)
        {
            ours.Add(await OursAsync(target));
            bare.Add(await BareAsync(target, connection, round));
        }

        var (a, b) = (ours.Order().ElementAt(1), bare.Order().ElementAt(1));
        Console.WriteLine($"(b) {target.Name}: {Writers} writers: {a:n0} records/s, bare INSERTs {b:n0}/s: {a / b:0.00}x (at least 0.5x)");
    }

    private static async Task<double> OursAsync(Target target)
    {
        var ledger = target.Store.Catalog.Ledgers["work"];
        return await RateAsync(async number =>
        {
            var values = RecordReader.Read(ledger, Inputs(number)).Values!;
            _ = (Written)await target.Store.WriteAsync(BenchPack.Town, new Actor("bench"), new CreateRecord(ledger, values));
        });
    }

    private static async Task<double> BareAsync(Target target, DbConnection connection, int round)
    {
        using var insert = new BareInsert(target, connection, (round + 1) * 100_000_000L);
        await using var group = new BareGroup(insert);
        return await RateAsync(group.WriteAsync);
    }

    private static async Task<double> RateAsync(Func<long, Task> write)
    {
        var written = 0L;
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(w => Task.Run(async () =>
        {
            for (long n = w; Stopwatch.GetElapsedTime(started) < Time; n += Writers)
            {
                await write(n);
                Interlocked.Increment(ref written);
            }
        })));
        return written / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static Dictionary<string, object?> Inputs(long number) => new()
    {
        ["done_on"] = "2018-05-03", ["village"] = $"v{number % 12}", ["kind"] = "修路", ["result"] = "完成", ["people"] = number % 40, ["cost"] = "1234.56", ["note"] = "办理情况说明",
        ["payments"] = new[] { new Dictionary<string, object?> { ["paid_on"] = "2018-06-01", ["amount"] = "617.28" }, new() { ["paid_on"] = "2018-07-01", ["amount"] = "617.28" } },
    };
}
