using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Shizhang.App.Features.Workplaces;
using Shizhang.App.Site;
using Shizhang.Core.Catalogs.Loading;
using Shizhang.Storage;
using Shizhang.Storage.Accounts;
using Shizhang.Storage.Records;

namespace Shizhang.Bench;

/// <summary>Records posted at eight connections, against a bare endpoint that takes the same JSON and inserts the same rows with the same group commit.</summary>
internal static class PostBench
{
    private const int Connections = 8;
    private const int Rounds = 3;
    private const string Secret = "sz_bench_bench_bench_bench";
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(4);

    public static async Task RunAsync(Target target)
    {
        var folder = Directory.CreateTempSubdirectory("shizhang-bench-").FullName;
        var address = new WorkplaceAddress(folder, null, BenchPack.Town);
        var place = new Workplace(address, target.Database, target.Store, new PackFiles(BenchPack.Files), BenchPack.Town, "某镇");
        await new TokenArchive(target.Store).AddAsync(BenchPack.Town, new Actor("bench"), new Token("bench", TokenArchive.HashOf(Secret), new Grant("office", "t"), LocalTime.Today(TimeProvider.System).AddDays(1)));
        await using var ours = SiteHost.Build(place, new SiteAddress("http://127.0.0.1:0", Proxies: ["127.0.0.1"]), TimeProvider.System);
        await ours.StartAsync();
        await using var connection = await target.ConnectAsync();
        var (a, b) = (new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            a.Add(await RateAsync(ours.Urls.First() + "/api/ledgers/work/records"));
            using var insert = new BareInsert(target, connection, (round + 1) * 100_000_000L);
            await using var group = new BareGroup(insert);
            await using var bare = Bare(group);
            await bare.StartAsync();
            b.Add(await RateAsync(bare.Urls.First() + "/records"));
            await bare.StopAsync();
        }

        await ours.StopAsync();
        Directory.Delete(folder, recursive: true);
        var (mine, theirs) = (a.Order().ElementAt(1), b.Order().ElementAt(1));
        Console.WriteLine($"(y) {target.Name}: POST of a record at {Connections} connections: {mine:n0}/s, bare endpoint {theirs:n0}/s: {mine / theirs:0.00}x (at least 0.5x)");
    }

    private static WebApplication Bare(BareGroup group)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var number = 0L;
        app.MapPost("/records", async (Work work) =>
        {
            await group.WriteAsync(Interlocked.Increment(ref number));
            return TypedResults.Created($"/records/{number}", new { number, work.Village });
        });
        return app;
    }

    private static async Task<double> RateAsync(string address)
    {
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = Connections });
        var (posted, started) = (0L, Stopwatch.GetTimestamp());
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(c => Task.Run(async () =>
        {
            for (long n = c; Stopwatch.GetElapsedTime(started) < Time; n += Connections)
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent(Body(n), Encoding.UTF8, "application/json") };
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Secret);

                // From many addresses, so that the limit of requests from one is not what is measured.
                request.Headers.Add("X-Forwarded-For", $"10.2.0.{n % 40}");
                request.Headers.Add("X-Forwarded-Proto", "https");
                using var answer = await http.SendAsync(request);
                if (!answer.IsSuccessStatusCode)
                {
                    throw new InvalidOperationException(await answer.Content.ReadAsStringAsync());
                }

                Interlocked.Increment(ref posted);
            }
        })));
        return posted / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static string Body(long n) =>
        $$"""{"done_on":"2018-05-03","village":"v{{n % 12}}","kind":"修路","result":"完成","people":{{n % 40}},"cost":1234.56,"note":"办理情况说明","payments":[{"paid_on":"2018-06-01","amount":617.28},{"paid_on":"2018-07-01","amount":617.28}]}""";

    /// <summary>What the bare endpoint reads.</summary>
    private sealed record Work(string Village, string Kind, string Result, long People, decimal Cost, string Note, List<Payment> Payments);

    private sealed record Payment(DateOnly? PaidOn, decimal Amount);
}
