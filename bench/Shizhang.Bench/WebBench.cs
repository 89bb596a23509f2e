using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Shizhang.App.Demo;
using Shizhang.App.Features.Workplaces;
using Shizhang.App.Site;
using Shizhang.Core.Catalogs.Loading;

namespace Shizhang.Bench;

/// <summary>How long the server takes over a page: every page of the demo, and list, record, form and save of a ledger with a million records.</summary>
internal static partial class WebBench
{
    private const int Warm = 5;
    private const int Rounds = 60;
    private const int Million = 1_000_000;
    private static readonly string[] Readers = ["supervision_office", "party_government_office", "village_cadre", "system_admin", "security_admin", "audit_admin"];

    public static async Task RunAsync()
    {
        var root = Directory.CreateTempSubdirectory("shizhang-bench-").FullName;
        var folder = Path.Combine(root, "data");
        var (files, refusal) = PackFiles.Read(RepositoryPack.Folder);
        var (script, notBuilt) = await DemoBuilder.BuildAsync(folder, files ?? throw new InvalidOperationException(refusal), (_, _) => { });
        _ = script ?? throw new InvalidOperationException(notBuilt);
        await OnSiteAsync(folder, DemoPagesAsync);
        await ManyRecords.FillAsync(folder, Million);
        await OnSiteAsync(folder, MillionAsync);
        Directory.Delete(root, recursive: true);
    }

    private static async Task OnSiteAsync(string folder, Func<WebApplication, Workplace, Task> measure)
    {
        var (place, refusal) = await Workplace.OpenAsync(new WorkplaceAddress(folder, null, null), TimeProvider.System);
        await using var opened = place ?? throw new InvalidOperationException(refusal);
        await using var app = SiteHost.Build(place, new SiteAddress("http://127.0.0.1:0", Proxies: ["127.0.0.1"]), TimeProvider.System);
        await app.StartAsync();
        await measure(app, place);
        await app.StopAsync();
    }

    private static async Task DemoPagesAsync(WebApplication app, Workplace place)
    {
        var pages = ((IEndpointRouteBuilder)app).DataSources.SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") is not false)
            .Select(e => "/" + e.RoutePattern.RawText!.TrimStart('/'))
            .Where(p => !p.Contains('{', StringComparison.Ordinal) && p is not ("/frame" or "/sign-in"))
            .Concat(["/ledgers/dispute?all=true", "/ledgers/party_meeting?all=true", "/ledgers/dispute/new", "/ledgers/finding/new", "/ledgers/finding?all=true"])
            .Distinct(StringComparer.Ordinal).ToList();
        var times = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var account in Readers)
        {
            using var visitor = await BenchVisitor.SignInAsync(app, account);
            foreach (var page in pages.ToList())
            {
                var (status, text) = await visitor.GetAsync(page);
                if (status != HttpStatusCode.OK)
                {
                    continue;
                }

                // The first record a list leads to is measured as a page of its own, with its form.
                if (RecordLink().Match(text) is { Success: true } link)
                {
                    pages.AddRange(((string[])[link.Groups[1].Value, link.Groups[1].Value + "/edit"]).Except(pages, StringComparer.Ordinal));
                }
            }

            foreach (var page in pages)
            {
                if ((await visitor.GetAsync(page)).Status == HttpStatusCode.OK)
                {
                    times[page] = Math.Max(times.GetValueOrDefault(page), await PercentileAsync(() => visitor.GetAsync(page)));
                }
            }
        }

        Console.WriteLine($"(w) demo: {times.Count} pages, slowest p95 {times.Values.Max():0.0} ms (at most 20 ms)");
        foreach (var (page, time) in times.OrderByDescending(t => t.Value).Take(12))
        {
            Console.WriteLine($"    {time,6:0.0} ms  {page}");
        }
    }

    private static async Task MillionAsync(WebApplication app, Workplace place)
    {
        using var visitor = await BenchVisitor.SignInAsync(app, "justice_office");
        var deep = "/ledgers/dispute?all=true";
        for (var i = 0; i < 40; i++)
        {
            var (_, text) = await visitor.GetAsync(deep);
            deep = WebUtility.HtmlDecode(NextLink().Match(text).Groups[1].Value);
        }

        var record = RecordLink().Match((await visitor.GetAsync(deep)).Text).Groups[1].Value;
        (string Name, Func<Task> Ask)[] asked =
        [
            ("list", () => SeeAsync("/ledgers/dispute?all=true")),
            ("list of the year", () => SeeAsync("/ledgers/dispute")),
            ("its fortieth page", () => SeeAsync(deep)),
            ("list with a filter", () => SeeAsync("/ledgers/dispute?all=true&filter=" + Uri.EscapeDataString("kind eq '邻里'"))),
            ("list of the year with a filter that few fulfil", () => SeeAsync("/ledgers/dispute?from=2010-01-01&to=2010-12-31&filter=" + Uri.EscapeDataString("people eq 9 and kind eq '山林土地'"))),
            ("list sorted by people", () => SeeAsync("/ledgers/dispute?all=true&sort=people")),
            ("record", () => SeeAsync(record)),
            ("form", () => SeeAsync(record + "/edit")),
            ("new", () => SeeAsync("/ledgers/dispute/new")),
            ("save", async () => Expect(HttpStatusCode.Found, await visitor.PostAsync("/ledgers/dispute/new", [("village", "village_1"), ("received_on", "2018-12-01"), ("kind", "邻里"), ("people", "3")]), "save")),
        ];
        foreach (var (name, ask) in asked)
        {
            Console.WriteLine($"(x) {Million:n0} records: {name}: p95 {await PercentileAsync(ask):0.0} ms (at most 50 ms)");
        }

        async Task SeeAsync(string path) => Expect(HttpStatusCode.OK, (await visitor.GetAsync(path)).Status, path);
    }

    private static void Expect(HttpStatusCode expected, HttpStatusCode status, string what) =>
        _ = expected == status ? true : throw new InvalidOperationException($"{what}: {status}");

    private static async Task<double> PercentileAsync(Func<Task> ask)
    {
        var times = new List<double>();
        for (var i = 0; i < Warm + Rounds; i++)
        {
            var started = Stopwatch.GetTimestamp();
            await ask();
            if (i >= Warm)
            {
                times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }
        }

        return times.Order().ElementAt((int)(times.Count * 0.95));
    }

    [GeneratedRegex("<td[^>]*>\\s*<a href=\"(/ledgers/[a-z_]+/\\d+)\"", RegexOptions.None, 1000)]
    private static partial Regex RecordLink();

    [GeneratedRegex("rel=\"next\" href=\"([^\"]+)\"", RegexOptions.None, 1000)]
    private static partial Regex NextLink();
}
