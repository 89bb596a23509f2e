using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Shizhang.App.Demo;
using Shizhang.App.Features.Workplaces;
using Shizhang.App.Site;
using Shizhang.IntegrationTests.Cli;
using Shizhang.Storage;
using Shizhang.Storage.Accounts;
using Shizhang.Storage.Records;

namespace Shizhang.IntegrationTests.Web;

/// <summary>The site over a copy of the demo, listening on this machine alone.</summary>
public sealed partial class DemoSite(DemoFixture demo) : IAsyncLifetime
{
    private WebApplication _app = null!;

    internal Workplace Place { get; private set; } = null!;

    public Uri Root { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var (place, refusal) = await Workplace.OpenAsync(new WorkplaceAddress(demo.CopyFolder(), null, null), TimeProvider.System);
        Assert.Null(refusal);
        Place = place!;
        _app = SiteHost.Build(Place, new SiteAddress("http://127.0.0.1:0"), TimeProvider.System);
        await _app.StartAsync();
        Root = new Uri(_app.Urls.Single());
    }

    /// <summary>A program with a token of a role at a unit.</summary>
    public async Task<HttpClient> ProgramAsync(string role, string unit = DemoFixture.Town, int days = 30)
    {
        var secret = $"sz_{Guid.NewGuid():N}";
        var token = new Token(secret[3..15], TokenArchive.HashOf(secret), new Grant(role, unit), LocalTime.Today(TimeProvider.System).AddDays(days));
        await new TokenArchive(Place.Store).AddAsync(Place.Town, new Actor("security_admin"), token);
        var program = Nobody();
        program.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        return program;
    }

    public HttpClient Nobody() => new(new HttpClientHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = false }) { BaseAddress = Root };

    /// <summary>A browser in which somebody of the demo has signed in.</summary>
    public async Task<HttpClient> BrowserAsync(string name, string password = DemoFolder.Password)
    {
        var browser = Nobody();
        var signedIn = await PostAsync(browser, "/sign-in", ("name", name), ("password", password));
        Assert.Equal(HttpStatusCode.Redirect, signedIn.StatusCode);
        return browser;
    }

    /// <summary>Sends a form as its page would: with the token that stands in it.</summary>
    public static async Task<HttpResponseMessage> PostAsync(HttpClient browser, string address, params (string Name, string Value)[] fields)
    {
        var token = await FormTokenAsync(browser, address.Split("?handler")[0]);
        var form = fields.Append(("__RequestVerificationToken", token)).Select(f => KeyValuePair.Create(f.Item1, f.Item2));
        return await browser.PostAsync(address, new FormUrlEncodedContent(form), TestContext.Current.CancellationToken);
    }

    public static async Task<string> FormTokenAsync(HttpClient browser, string address)
    {
        var token = FormToken().Match(await browser.GetStringAsync(address, TestContext.Current.CancellationToken)).Groups[1].Value;
        Assert.NotEmpty(token);
        return token;
    }

    internal static async Task<JsonElement> JsonAsync(HttpResponseMessage response, HttpStatusCode expected = HttpStatusCode.OK)
    {
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.StatusCode == expected, $"{response.StatusCode}: {text}");
        return JsonDocument.Parse(text).RootElement.Clone();
    }

    internal static async Task<JsonElement> GetAsync(HttpClient client, string address, HttpStatusCode expected = HttpStatusCode.OK) =>
        await JsonAsync(await client.GetAsync(address, TestContext.Current.CancellationToken), expected);

    internal static Task<HttpResponseMessage> SendAsync(HttpClient client, HttpMethod method, string address, object body, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, address) { Content = JsonContent.Create(body) };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await Place.DisposeAsync();
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex FormToken();
}
