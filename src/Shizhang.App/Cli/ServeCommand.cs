using System.CommandLine;
using Shizhang.App.Features.Setup;
using Shizhang.App.Features.Workplaces;
using Shizhang.App.Site;
using Shizhang.App.Texts;
using Shizhang.Core.Catalogs.Loading;

namespace Shizhang.App.Cli;

/// <summary><c>serve</c>: the web application.</summary>
internal static class ServeCommand
{
    public const string DefaultUrls = "http://127.0.0.1:5080";

    public static Command Create(TimeProvider clock)
    {
        var urls = new Option<string>("--urls") { Description = AppText.Of["option_urls"], HelpName = "U", DefaultValueFactory = _ => DefaultUrls };
        var certificate = new Option<string?>("--certificate") { Description = AppText.Of["option_certificate"], HelpName = "F.pfx" };
        var password = new Option<string?>("--certificate-password") { Description = AppText.Of["option_certificate_password"], HelpName = "…" };
        var proxies = new Option<string[]>("--proxy") { Description = AppText.Of["option_proxy"], HelpName = "IP" };
        var pack = new Option<string>("--pack") { Description = AppText.Of["serve_pack"], HelpName = "DIR", DefaultValueFactory = _ => RepositoryPack.Folder };
        var workplace = new WorkplaceOptions();
        var command = new Command("serve", AppText.Of["serve"]) { urls, certificate, password, proxies, pack };
        workplace.AddTo(command);
        command.SetAction(async (parsed, cancel) =>
        {
            var address = new SiteAddress(parsed.GetRequiredValue(urls), parsed.GetValue(certificate), parsed.GetValue(password), parsed.GetValue(proxies));
            if ((Refusal(address) ?? await SetUpAsync(workplace.Address(parsed), parsed.GetRequiredValue(pack), address, clock, cancel)) is { } refusal)
            {
                return Exit.Refuse(refusal);
            }

            return cancel.IsCancellationRequested ? Exit.Done : await workplace.RunAsync(parsed, clock, async place =>
            {
                await RunAsync(place, address, clock, cancel);
                return Exit.Done;
            });
        });
        return command;
    }

    /// <summary>Where nothing is yet, a page asks for the town and its first administrators; null when there is data to serve.</summary>
    private static async Task<string?> SetUpAsync(WorkplaceAddress place, string packFolder, SiteAddress address, TimeProvider clock, CancellationToken cancel)
    {
        if (!await SetupWork.IsNeededAsync(place))
        {
            return null;
        }

        var (files, refusal) = PackFiles.Read(packFolder);
        if (files is null)
        {
            return refusal;
        }

        using var desk = new SetupDesk(place, files, clock);
        await using var app = SetupHost.Build(desk, address);
        await app.StartAsync(cancel);
        await Console.Error.WriteLineAsync(AppText.Of["setup_open", string.Join(' ', app.Urls.Select(u => u + "/setup")), desk.Code]);
        await Task.WhenAny(desk.Done, app.WaitForShutdownAsync(cancel));
        if (!desk.Done.IsCompleted)
        {
            return AppText.Of["cancelled"];
        }

        await app.StopAsync(CancellationToken.None);
        return null;
    }

    /// <summary>Serves until it is told to stop.</summary>
    public static async Task RunAsync(Workplace place, SiteAddress address, TimeProvider clock, CancellationToken cancel)
    {
        await using var app = SiteHost.Build(place, address, clock);
        await app.StartAsync(cancel);
        await Console.Error.WriteLineAsync(AppText.Of["serving", string.Join(' ', app.Urls)]);
        await app.WaitForShutdownAsync(cancel);
    }

    // Fail before serving: what cannot work is said before anybody opens a page.
    private static string? Refusal(SiteAddress address) =>
        address.Urls.Split(';').FirstOrDefault(u => !Uri.TryCreate(u.Replace("//*", "//localhost", StringComparison.Ordinal).Replace("//+", "//localhost", StringComparison.Ordinal), UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https")) is { } url ? AppText.Of["bad_url", url]
        : address.Certificate is { } file && !File.Exists(file) ? AppText.Of["file_missing", file]
        : address.Proxies?.FirstOrDefault(p => !System.Net.IPAddress.TryParse(p, out _)) is { } proxy ? AppText.Of["bad_proxy", proxy]
        : null;
}
