using System.Net;
using System.Text.RegularExpressions;
using Shizhang.App.Demo;

namespace Shizhang.IntegrationTests.Web;

/// <summary>What came back: the status, where it leads, the text.</summary>
internal sealed record Answer(HttpStatusCode Status, string? To, string Text, HttpResponseMessage Message)
{
    /// <summary>The text as a reader sees it: characters that were encoded are themselves again.</summary>
    public string Read => WebUtility.HtmlDecode(Text);
}

/// <summary>Somebody with a browser without scripts: keeps cookies, follows nothing by itself, sends forms with their token.</summary>
internal sealed partial class Visitor : IDisposable
{
    private readonly HttpClient _http;

    public Visitor(Uri site, string address)
    {
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = Cookies }) { BaseAddress = site };
        _http.DefaultRequestHeaders.Add("X-Forwarded-For", address);
    }

    public CookieContainer Cookies { get; } = new();

    public Task<Answer> GetAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Get, path));

    /// <summary>Sends a form with the token of the page it stands on (<paramref name="page"/>, else the address itself).</summary>
    public async Task<Answer> PostAsync(string path, IEnumerable<(string Name, string Value)> fields, string? page = null, bool token = true)
    {
        var form = fields.Select(f => KeyValuePair.Create(f.Name, f.Value)).ToList();
        if (token && await GetAsync(page ?? path) is { } answer && Token().Match(answer.Text) is { Success: true } match)
        {
            form.Add(KeyValuePair.Create("__RequestVerificationToken", match.Groups[1].Value));
        }

        return await SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(form) });
    }

    public Task<Answer> TrySignInAsync(string name, string password, string back = "") =>
        PostAsync("/sign-in", [("name", name), ("password", password), ("back", back)]);

    public async Task SignInAsync(string name, string password = DemoFolder.Password)
    {
        var answer = await TrySignInAsync(name, password);
        Assert.True(answer.Status == HttpStatusCode.Found, $"{name}: {answer.Status} {answer.Read}");
    }

    public async Task<Answer> SendAsync(HttpRequestMessage request)
    {
        var message = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        return new Answer(message.StatusCode, message.Headers.Location?.OriginalString, await message.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), message);
    }

    public void Dispose() => _http.Dispose();

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
