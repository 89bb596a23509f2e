using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Shizhang.IntegrationTests.Cli;

namespace Shizhang.IntegrationTests.Web;

/// <summary>What holds of every page: its weight, its headers, its forms.</summary>
[Collection(DemoCollection.Name)]
public class PageTests(DemoFixture demo)
{
    private const int MostFirst = 100_000;
    private const int MostLater = 30_000;

    /// <summary>Pages without a parameter, and some with: the record with most on it is a finding.</summary>
    internal static async Task<List<string>> PagesAsync(Site site, Visitor visitor)
    {
        var pages = site.Endpoints.Select(e => "/" + e.RoutePattern.RawText!.TrimStart('/')).Where(p => !p.Contains('{', StringComparison.Ordinal) && p is not ("/healthz" or "/frame" or "/sign-out" or "/drafts/discard" or "/sign-in" or "/units/establishment") && !p.StartsWith("/api", StringComparison.Ordinal) && !p.StartsWith("/odata", StringComparison.Ordinal) && !p.StartsWith("/openapi", StringComparison.Ordinal)).ToHashSet(StringComparer.Ordinal);
        var report = site.Catalog.Reports.Keys.First();
        pages.UnionWith(["/figures/disputes", "/figures/dispute_success_rate?from=2016-01-01&to=2018-12-31", $"/reports/{report}?from=2016-01-01&to=2018-12-31", $"/reports/{report}?from=2016-01-01&to=2018-12-31&figure=disputes", $"/reports/{report}/issue?from=2016-01-01&to=2018-12-31", $"/findings/sheets/{site.Catalog.Sheets.Keys.First()}", "/ledgers/dispute/import", "/ledgers/dispute/clear", "/admin/accounts/wenmi", "/findings?from=2016-01-01&to=2018-12-31"]);
        foreach (var ledger in (string[])["dispute", "finding", "party_meeting"])
        {
            pages.UnionWith([$"/ledgers/{ledger}", $"/ledgers/{ledger}?all=true", $"/ledgers/{ledger}/new"]);
            var list = await visitor.GetAsync($"/ledgers/{ledger}?all=true");
            if (Regex.Match(list.Text, $"href=\"(/ledgers/{ledger}/\\d+)\"") is { Success: true } match)
            {
                pages.UnionWith([match.Groups[1].Value, match.Groups[1].Value + "/edit"]);
            }
        }

        return [.. pages.Order(StringComparer.Ordinal)];
    }

    [Fact]
    public async Task Every_page_is_light_on_the_first_visit_and_after()
    {
        var site = await demo.SiteAsync();
        foreach (var account in (string[])["village_cadre", "justice_office", "party_government_office", "supervision_office", "wenmi"])
        {
            using var visitor = await site.SignedInAsync(account);
            foreach (var page in await PagesAsync(site, visitor))
            {
                var (status, later, text) = await WeighAsync(visitor, page);
                // A download is no page.
                if (status != HttpStatusCode.OK || !text.TrimStart('\uFEFF', '\r', '\n', ' ').StartsWith("<!doctype", StringComparison.OrdinalIgnoreCase))
                {
                    continue;
                }

                Assert.True(later <= MostLater, $"{account} {page}: {later} bytes");
                var first = later;
                foreach (Match file in Regex.Matches(text, "(?:href|src)=\"(/[^\"]+\\.(?:css|js|svg)\\?v=[^\"]+)\""))
                {
                    first += (await WeighAsync(visitor, file.Groups[1].Value)).Bytes;
                }

                Assert.True(first > later && first <= MostFirst, $"{account} {page}: {first} bytes on the first visit");
            }
        }
    }

    [Theory]
    [InlineData("wenmi", "/alerts?on=9999-12-31")]
    [InlineData("wenmi", "/alerts?on=0001-01-01T00:00")]
    [InlineData("wenmi", "/api/figures?asOf=9999-12-31")]
    [InlineData("wenmi", "/api/figures?asOf=0001-01-01T07:00")]
    [InlineData("wenmi", "/api/figures?from=0001-01-01&to=9999-12-31")]
    [InlineData("wenmi", "/figures?from=0001-01-01&to=9999-12-31")]
    [InlineData("wenmi", "/units?on=9999-12-31")]
    [InlineData("audit_admin", "/admin/journal?until=9999-12-31&since=0001-01-01")]
    public async Task A_day_outside_the_years_of_the_site_breaks_nothing(string account, string address)
    {
        using var visitor = await (await demo.SiteAsync()).SignedInAsync(account);

        var answer = await visitor.GetAsync(address);

        Assert.Equal(address.StartsWith("/api", StringComparison.Ordinal) ? HttpStatusCode.UnprocessableEntity : HttpStatusCode.OK, answer.Status);
    }

    [Fact]
    public async Task An_address_without_such_a_handler_or_ledger_is_none_by_any_method()
    {
        var site = await demo.SiteAsync();
        using var writer = await site.SignedInAsync("wenmi");
        using var security = await site.SignedInAsync("security_admin");
        foreach (var (visitor, address, page) in new[]
        {
            (writer, "/units", "/units"), (writer, "/account", "/account"), (security, "/admin/accounts/wenmi", "/admin/accounts/wenmi"), (writer, "/issues/x", "/units"),
            (writer, "/ledgers/dispute?handler=Nope", "/units"), (writer, "/ledgers/nope?handler=Forget", "/units"), (writer, "/ledgers/nope?handler=Save", "/units"), (writer, "/problem/404?handler=Nope", "/units"),
        })
        {
            var answer = await visitor.PostAsync(address, [("x", "y")], page);
            Assert.True(answer.Status == HttpStatusCode.NotFound || address.StartsWith("/problem", StringComparison.Ordinal), $"{address}: {answer.Status}");
            Assert.Contains("没有这一页", answer.Read);
        }

        Assert.Equal(HttpStatusCode.BadRequest, (await writer.SendAsync(new HttpRequestMessage(HttpMethod.Delete, "/units"))).Status);
    }

    [Fact]
    public async Task A_form_that_cannot_be_read_is_refused_in_a_sentence()
    {
        using var visitor = await (await demo.SiteAsync()).SignedInAsync("village_cadre");

        var large = await visitor.PostAsync("/ledgers/dispute/new", [("kind", new string('x', 5_000_000))]);
        var nul = await visitor.PostAsync("/ledgers/dispute/new", [("kind", "邻\0里")]);
        var quoted = new HttpRequestMessage(HttpMethod.Post, "/audit") { Content = new StringContent("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"b.txt\"\r\n\r\nx\r\n--b--\r\n") };
        quoted.Content.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=b");
        var name = await visitor.SendAsync(quoted);

        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (large.Status, nul.Status, name.Status));
        Assert.All((Answer[])[large, nul, name], a => Assert.Contains("<h1>", a.Text));
    }

    [Fact]
    public async Task An_unknown_address_is_none_for_whoever_is_signed_in_and_says_nothing_to_nobody()
    {
        var site = await demo.SiteAsync();
        using var visitor = await site.SignedInAsync("wenmi");
        using var nobody = site.Visitor();

        var unknown = await visitor.GetAsync("/nope");
        Assert.Equal(HttpStatusCode.NotFound, unknown.Status);
        Assert.Contains("没有这一页", unknown.Read);
        Assert.Equal("/sign-in?back=%2Fnope", new Uri((await nobody.GetAsync("/nope")).To!).PathAndQuery);
        Assert.Equal("/sign-in?back=%2Funits", new Uri((await nobody.GetAsync("/units")).To!).PathAndQuery);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await visitor.SendAsync(new HttpRequestMessage(HttpMethod.Delete, "/frame"))).Status);
    }

    [Fact]
    public async Task The_state_of_the_machine_is_told_to_HEAD_as_to_GET()
    {
        using var visitor = (await demo.SiteAsync()).Visitor();

        var head = await visitor.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/healthz"));

        Assert.Equal((HttpStatusCode.OK, ""), (head.Status, head.Text));
        Assert.Equal("ok", (await visitor.GetAsync("/healthz")).Text.Trim('"'));
    }

    [Fact]
    public async Task Every_answer_forbids_scripts_and_styles_that_are_not_files_of_ours_and_has_none()
    {
        var site = await demo.SiteAsync();
        using var visitor = await site.SignedInAsync("justice_office");
        foreach (var path in (await PagesAsync(site, visitor)).Append("/sign-in").Append("/nowhere").Append("/site.css").Append("/healthz"))
        {
            var answer = await visitor.GetAsync(path);
            var policy = Assert.Single(answer.Message.Headers.GetValues("Content-Security-Policy"));
            Assert.Contains("script-src 'self'", policy);
            Assert.Contains("frame-ancestors 'none'", policy);
            Assert.DoesNotContain("unsafe", policy);
            Assert.Equal("nosniff", Assert.Single(answer.Message.Headers.GetValues("X-Content-Type-Options")));
            Assert.DoesNotMatch(@"(?i)<[^>]*\sstyle=", answer.Text);
            Assert.DoesNotMatch(@"(?i)<[^>]*\son[a-z]+=", answer.Text);
            Assert.DoesNotMatch(@"(?i)<script(?![^>]*\ssrc=)", answer.Text);
            Assert.DoesNotMatch(@"(?i)(src|href)=""(https?:)?//", answer.Text);
        }
    }

    [Fact]
    public async Task Every_form_that_changes_something_carries_its_token()
    {
        var site = await demo.SiteAsync();
        var forms = 0;
        foreach (var account in (string[])["justice_office", "supervision_office", "wenmi", "security_admin"])
        {
            using var visitor = await site.SignedInAsync(account);
            foreach (var path in await PagesAsync(site, visitor))
            {
                foreach (Match form in Regex.Matches((await visitor.GetAsync(path)).Text, "<form[^>]*method=\"post\".*?</form>", RegexOptions.Singleline))
                {
                    forms++;
                    Assert.True(form.Value.Contains("__RequestVerificationToken", StringComparison.Ordinal), $"{account} {path}: {form.Value[..Math.Min(200, form.Value.Length)]}");
                }
            }
        }

        Assert.True(forms > 50, $"{forms}");
    }

    private static async Task<(HttpStatusCode Status, int Bytes, string Text)> WeighAsync(Visitor visitor, string path)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("br"));
        var answer = await visitor.SendAsync(request);
        var bytes = await answer.Message.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        if (!answer.Message.Content.Headers.ContentEncoding.Contains("br"))
        {
            return (answer.Status, bytes.Length, answer.Text);
        }

        await using var brotli = new System.IO.Compression.BrotliStream(new MemoryStream(bytes), System.IO.Compression.CompressionMode.Decompress);
        using var reader = new StreamReader(brotli);
        return (answer.Status, bytes.Length, await reader.ReadToEndAsync(TestContext.Current.CancellationToken));
    }
}
