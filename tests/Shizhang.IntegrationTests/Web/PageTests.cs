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
        var pages = site.Endpoints.Select(e => "/" + e.RoutePattern.RawText!.TrimStart('/')).Where(p => !p.Contains('{', StringComparison.Ordinal) && p is not ("/healthz" or "/frame" or "/sign-out" or "/sign-in" or "/units/establishment") && !p.StartsWith("/api", StringComparison.Ordinal) && !p.StartsWith("/odata", StringComparison.Ordinal) && !p.StartsWith("/openapi", StringComparison.Ordinal)).ToHashSet(StringComparer.Ordinal);
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
