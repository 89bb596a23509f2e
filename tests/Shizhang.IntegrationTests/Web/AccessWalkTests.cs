using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Shizhang.App.Access;
using Shizhang.IntegrationTests.Cli;
using Shizhang.Storage;
using Shizhang.Storage.Accounts;
using Shizhang.Storage.Records;

namespace Shizhang.IntegrationTests.Web;

/// <summary>Every address of the running site, opened as every role of the pack and as nobody: the answer is the one the pack's words give.</summary>
[Collection(DemoCollection.Name)]
public class AccessWalkTests(DemoFixture demo)
{
    /// <summary>Who an address is for. What is not in this table must not be in the site.</summary>
    private enum For
    {
        Anybody,
        SignedIn,
        Business,
        Reader,
        Recorder,
        System,
        Security,
        Audit,
        BusinessOrSystem,
    }

    private static readonly Dictionary<string, For> Addresses = new(StringComparer.Ordinal)
    {
        ["/healthz"] = For.Anybody,
        ["/language/{language}"] = For.Anybody,
        ["/sign-in"] = For.Anybody,
        ["/problem/{code:int}"] = For.Anybody,
        ["/"] = For.SignedIn,
        ["/frame"] = For.SignedIn,
        ["/password"] = For.SignedIn,
        ["/sign-out"] = For.SignedIn,
        ["/drafts/discard"] = For.SignedIn,
        ["/account"] = For.SignedIn,
        ["/admin"] = For.SignedIn,
        ["/admin/accounts"] = For.Security,
        ["/admin/accounts/{name}"] = For.Security,
        ["/admin/calendar"] = For.BusinessOrSystem,
        ["/admin/deadlines"] = For.BusinessOrSystem,
        ["/admin/journal"] = For.Audit,
        ["/admin/roles"] = For.SignedIn,
        ["/admin/sessions"] = For.Security,
        ["/admin/system"] = For.System,
        ["/admin/tokens"] = For.Security,
        ["/admin/verify"] = For.Audit,
        ["/burden"] = For.BusinessOrSystem,
        ["/api/audit"] = For.Business,
        ["/api/figures"] = For.Business,
        ["/api/ledgers"] = For.Business,
        ["/api/ledgers/{ledger}/records"] = For.Recorder,
        ["/api/ledgers/{ledger}/records/{id:long}"] = For.Reader,
        ["/api/ledgers/{ledger}/records/{id:long}/steps/{step}"] = For.Reader,
        ["/odata"] = For.Business,
        ["/odata/$metadata"] = For.Business,
        ["/odata/{ledger}"] = For.Reader,
        ["/odata/{ledger}/$count"] = For.Reader,
        ["/openapi/v1.json"] = For.Business,
        ["/alerts"] = For.Business,
        ["/alerts/{id}/aside"] = For.Business,
        ["/audit"] = For.Business,
        ["/audit/{id}"] = For.Business,
        ["/figures"] = For.Business,
        ["/figures/{code}"] = For.Business,
        ["/findings"] = For.Business,
        ["/findings/coverage"] = For.Business,
        ["/findings/list"] = For.Business,
        ["/findings/sheets/{sheet}"] = For.Business,
        ["/findings/sheets/{sheet}/xlsx"] = For.Business,
        ["/issues/{id}"] = For.Business,
        ["/reports"] = For.Business,
        ["/reports/{code}"] = For.Business,
        ["/reports/{code}/issue"] = For.Business,
        ["/reports/returned"] = For.Business,
        ["/reports/returned/{id}"] = For.Business,
        ["/units"] = For.Business,
        ["/units/establishment"] = For.Business,
        ["/ledgers"] = For.Business,
        ["/ledgers/{ledger}"] = For.Reader,
        ["/ledgers/{ledger}/find"] = For.Reader,
        ["/ledgers/{ledger}/export"] = For.Reader,
        ["/ledgers/{ledger}/clear"] = For.Reader,
        ["/ledgers/{ledger}/template"] = For.Recorder,
        ["/ledgers/{ledger}/import"] = For.Recorder,
        ["/ledgers/{ledger}/{id:long}"] = For.Reader,
        ["/ledgers/{ledger}/{id:long}/steps/{step}"] = For.Reader,
        ["/ledgers/{ledger}/new"] = For.Recorder,
        ["/ledgers/{ledger}/{id:long}/edit"] = For.Recorder,
    };

    [Fact]
    public async Task No_address_is_open_that_does_not_say_what_it_asks()
    {
        var site = await demo.SiteAsync();

        var endpoints = site.Endpoints.ToList();

        Assert.True(endpoints.Count >= Addresses.Count);
        Assert.Equal(Addresses.Keys.Order(StringComparer.Ordinal), endpoints.Select(Pattern).Distinct().Order(StringComparer.Ordinal));
        foreach (var endpoint in endpoints)
        {
            var isOpen = endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null;
            Assert.True(isOpen == (Addresses[Pattern(endpoint)] == For.Anybody), $"{Pattern(endpoint)}: open to anybody is {isOpen}");
            Assert.True(isOpen || endpoint.Metadata.GetMetadata<NeedsAttribute>() is not null, $"{Pattern(endpoint)} says nothing of what it asks");
        }
    }

    [Fact]
    public async Task Nobody_is_sent_to_sign_in_and_programs_are_told_401()
    {
        var site = await demo.SiteAsync();
        using var visitor = site.Visitor();
        foreach (var (pattern, method) in Ways(site))
        {
            var (path, _) = await PathAsync(site, pattern, "dispute", null);
            var answer = await AskAsync(visitor, method, path);
            if (Addresses[pattern] == For.Anybody)
            {
                Assert.True((int)answer.Status < 500 && answer.Status is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden) && answer.To?.Contains("/sign-in", StringComparison.Ordinal) is not true, $"{path}: {answer.Status}");
            }
            else if (IsProgram(pattern))
            {
                Assert.True(answer.Status == HttpStatusCode.Unauthorized, $"{path}: {answer.Status}");
            }
            else
            {
                Assert.True(answer.Status == HttpStatusCode.Found && answer.To!.Contains("/sign-in?back=", StringComparison.Ordinal), $"{path}: {answer.Status} {answer.To}");
            }
        }
    }

    [Fact]
    public async Task Every_role_opens_what_the_pack_says_and_nothing_else()
    {
        var site = await demo.SiteAsync();
        var roles = PackRole.Township();
        var accounts = await new AccountArchive(site.Place.Store).ListAsync(DemoFixture.Town);
        Assert.Equal(roles.Count, site.Catalog.Roles.Count);
        var (walked, wrong) = (0, new List<string>());
        foreach (var role in roles)
        {
            var account = accounts.First(a => a.Grants.Count == 1 && a.Grants[0].Role == role.Code);
            using var visitor = await site.SignedInAsync(account.Name);
            foreach (var (pattern, method) in Ways(site).OrderBy(w => w.Pattern == "/sign-out"))
            {
                foreach (var ledger in pattern.Contains("{ledger}", StringComparison.Ordinal) ? LedgersOf(site, role) : [""])
                {
                    var (path, isThere) = await PathAsync(site, pattern, ledger, account);
                    var answer = await AskAsync(visitor, method, path);
                    walked++;
                    if (Wrong(Allowed(ForOf(pattern, method), role, ledger), pattern, isThere, answer) is { } why)
                    {
                        wrong.Add($"{role.Code} {method} {path}: {why}");
                    }
                }
            }
        }

        Assert.True(walked > roles.Count * Addresses.Count);
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    // Amending by a program is for those who record, reading the same address for those who read.
    private static For ForOf(string pattern, string method) => method == "PUT" ? For.Recorder : Addresses[pattern];

    private static bool Allowed(For whom, PackRole role, string ledger) => whom switch
    {
        For.Business => role.IsBusiness,
        For.Reader => role.MayRead(ledger),
        For.Recorder => role.MayRecord(ledger),
        For.System => role.Administers == "system",
        For.Security => role.Administers == "security",
        For.Audit => role.Administers == "audit",
        For.BusinessOrSystem => role.IsBusiness || role.Administers == "system",
        _ => true,
    };

    // Where there is no record for the account, or no step, the address is there for the role and has nothing to show.
    private static string? Wrong(bool isAllowed, string pattern, bool isThere, Answer answer) => (isAllowed, answer.Status) switch
    {
        (false, HttpStatusCode.Forbidden) => null,
        (true, HttpStatusCode.OK) when isThere => null,
        (true, HttpStatusCode.Found) when pattern is "/" or "/frame" or "/language/{language}" or "/sign-in" or "/sign-out" or "/drafts/discard" => null,
        (true, HttpStatusCode.NotFound) when !isThere => null,
        (true, HttpStatusCode.BadRequest) when IsProgram(pattern) => null,
        _ => $"{(isAllowed ? "allowed" : "not allowed")}, but {(int)answer.Status} {answer.To}",
    };

    private static bool IsProgram(string pattern) => pattern.StartsWith("/api", StringComparison.Ordinal) || pattern.StartsWith("/odata", StringComparison.Ordinal) || pattern.StartsWith("/openapi", StringComparison.Ordinal);

    /// <summary>A ledger the role records, one it only reads, one it does not read; and units, whose records are there for all who read them.</summary>
    private static IEnumerable<string> LedgersOf(Site site, PackRole role)
    {
        var codes = site.Catalog.Ledgers.Keys.Order(StringComparer.Ordinal).ToList();
        return new[] { codes.Find(role.MayRecord), codes.Find(c => role.MayRead(c) && !role.MayRecord(c)), codes.Find(c => !role.MayRead(c)), "unit" }.OfType<string>().Distinct(StringComparer.Ordinal);
    }

    private static IEnumerable<(string Pattern, string Method)> Ways(Site site) => site.Endpoints
        .SelectMany(e => e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods is { Count: > 0 } methods ? methods.Where(m => m is "GET" or "POST" or "PUT").Select(m => (Pattern(e), m)) : [(Pattern(e), "GET")])
        .Distinct();

    private static string Pattern(RouteEndpoint endpoint) => "/" + endpoint.RoutePattern.RawText!.Trim('/');

    private static Task<Answer> AskAsync(Visitor visitor, string method, string path) => visitor.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));

    /// <summary>An address of the pattern, with a record that the account sees where there is one.</summary>
    private static async Task<(string Path, bool IsThere)> PathAsync(Site site, string pattern, string ledger, Account? account)
    {
        var path = pattern.Replace("{ledger}", ledger, StringComparison.Ordinal).Replace("{language}", "zh", StringComparison.Ordinal).Replace("{code:int}", "404", StringComparison.Ordinal);
        var isThere = true;
        if (path.Contains("{id:long}", StringComparison.Ordinal))
        {
            var of = site.Catalog.Ledgers[ledger];
            var records = await new RecordArchive(site.Place.Store).ListAsync(DemoFixture.Town, of, LocalTime.Today(site.Clock), most: 1000);
            var rules = account is null ? null : await Accounts.RulesAsync(site.Place, account);
            var record = records.Find(r => rules?.Sees(of, r.Values) is not false);
            isThere = record is not null && (of.Workflow is not null || !path.Contains("{step}", StringComparison.Ordinal));
            path = path.Replace("{id:long}", $"{record?.Id ?? 1}", StringComparison.Ordinal).Replace("{step}", of.Workflow?.Steps.Keys.First() ?? "x", StringComparison.Ordinal);
        }

        if (path.StartsWith("/findings/sheets", StringComparison.Ordinal) || path.StartsWith("/figures/", StringComparison.Ordinal))
        {
            // Findings and figures are there for whoever reads their ledger.
            isThere = account is null || site.Catalog.Roles[account.Grants[0].Role].Reads.Contains("finding");
        }

        if (pattern == "/ledgers/{ledger}/clear")
        {
            // In clear is for whoever may see the ledger's personal facts, where it has some.
            var fields = site.Catalog.Ledgers[ledger].Fields;
            isThere = account is null || (site.Catalog.Roles[account.Grants[0].Role].Clear.Contains(ledger) && fields.Concat(fields.Where(f => f.IsLines).SelectMany(f => f.Lines!)).Any(f => f.Personal));
        }

        if (path == "/units/establishment")
        {
            // A table of posts is there for whoever reads both sides of it at the unit looked at.
            isThere = account is null || (account.Grants[0].Unit == DemoFixture.Town && new[] { "establishment", "staff" }.All(site.Catalog.Roles[account.Grants[0].Role].Reads.Contains));
        }

        // What only comes to be by use is not there: an alert, a kept text, an issue.
        isThere &= pattern is not ("/alerts/{id}/aside" or "/audit/{id}" or "/reports/returned/{id}" or "/issues/{id}");
        path = path.Replace("/figures/{code}", "/figures/findings", StringComparison.Ordinal).Replace("{code}", site.Catalog.Reports.Keys.First(), StringComparison.Ordinal)
            .Replace("{sheet}", site.Catalog.Sheets.Keys.First(), StringComparison.Ordinal).Replace("{id}", "none", StringComparison.Ordinal).Replace("{name}", "wenmi", StringComparison.Ordinal);
        Assert.DoesNotContain('{', path);
        return (path, isThere);
    }
}
