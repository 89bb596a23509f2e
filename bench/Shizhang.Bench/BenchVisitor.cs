using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Shizhang.App.Demo;

namespace Shizhang.Bench;

/// <summary>Somebody signed in who opens pages and sends forms; the token of a form is fetched once.</summary>
internal sealed partial class BenchVisitor : IDisposable
{
    private static int s_count;
    private readonly HttpClient _http;
    private string _token = "";

    private BenchVisitor(string site)
    {
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = new Uri(site) };

        // Addresses of their own, so that the limit of requests from one is not what is measured.
        _http.DefaultRequestHeaders.Add("X-Forwarded-For", $"10.1.0.{Interlocked.Increment(ref s_count)}");
    }

    public static async Task<BenchVisitor> SignInAsync(WebApplication app, string account)
    {
        var visitor = new BenchVisitor(app.Urls.First());
        await visitor.TakeTokenAsync("/sign-in");
        if (await visitor.PostAsync("/sign-in", [("name", account), ("password", DemoFolder.Password)]) != HttpStatusCode.Found)
        {
            throw new InvalidOperationException(account);
        }

        await visitor.TakeTokenAsync("/");
        return visitor;
    }

    public async Task<(HttpStatusCode Status, string Text)> GetAsync(string path)
    {
        using var answer = await _http.GetAsync(path);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    public async Task<HttpStatusCode> PostAsync(string path, IEnumerable<(string Name, string Value)> fields)
    {
        using var form = new FormUrlEncodedContent(fields.Append(("__RequestVerificationToken", _token)).Select(f => KeyValuePair.Create(f.Item1, f.Item2)));
        using var answer = await _http.PostAsync(path, form);
        return answer.StatusCode;
    }

    public void Dispose() => _http.Dispose();

    private async Task TakeTokenAsync(string path) => _token = Token().Match((await GetAsync(path)).Text).Groups[1].Value;

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"", RegexOptions.None, 1000)]
    private static partial Regex Token();
}
