using Microsoft.Playwright;
using Shizhang.App.Demo;
using Shizhang.IntegrationTests.Web;

namespace Shizhang.IntegrationTests.Browser;

/// <summary>Debian's Chromium, driven by Playwright; nothing is downloaded.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    private const string Program = "/usr/bin/chromium";

    // Long enough for a machine that is busy: a page that never comes is a failure, a slow one is not.
    private const int Patience = 90_000;
    private static readonly string[] Arguments =
        ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--lang=zh-CN"];

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;
    private int _people;

    private Chromium(IPlaywright playwright, IBrowser browser) => (_playwright, _browser) = (playwright, browser);

    public static async Task<Chromium> OpenAsync()
    {
        Assert.SkipUnless(File.Exists(Program), $"{Program} is missing: tests in a browser are left out");
        Environment.SetEnvironmentVariable("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        Assertions.SetDefaultExpectTimeout(Patience);
        var playwright = await Playwright.CreateAsync();
        return new Chromium(playwright, await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Program, Args = Arguments, Timeout = Patience }));
    }

    /// <summary>A page of somebody with cookies of their own, signed in through the form when an account is named.</summary>
    public async Task<IPage> PageAsync(Site site, string? account, int width = 1366, int height = 768, ColorScheme scheme = ColorScheme.Light, bool scripts = true)
    {
        var context = await _browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = site.Address, ViewportSize = new ViewportSize { Width = width, Height = height }, ColorScheme = scheme, Locale = "zh-CN", TimezoneId = "Asia/Shanghai",
            JavaScriptEnabled = scripts, ExtraHTTPHeaders = [KeyValuePair.Create("X-Forwarded-For", $"10.9.0.{Interlocked.Increment(ref _people) % 250}")],
        });
        context.SetDefaultTimeout(Patience);
        var page = await context.NewPageAsync();
        if (account is not null)
        {
            await page.GotoAsync("/sign-in");
            await page.FillAsync("[name=name]", account);
            await page.FillAsync("[name=password]", DemoFolder.Password);
            await page.Keyboard.PressAsync("Enter");
            await page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));
        }

        return page;
    }

    /// <summary>Clicks what leads to another page and waits until that one is whole: a click by itself returns while it is still coming.</summary>
    public static async Task ClickThroughAsync(IPage page, string selector)
    {
        var loaded = new TaskCompletionSource();
        page.Load += Loaded;
        await page.ClickAsync(selector);
        await loaded.Task.WaitAsync(TimeSpan.FromMilliseconds(Patience));
        page.Load -= Loaded;

        void Loaded(object? sender, IPage from) => loaded.TrySetResult();
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
