using System.Net;
using Shizhang.App.Features.Setup;
using Shizhang.App.Features.Workplaces;
using Shizhang.App.Site;
using Shizhang.Core.Catalogs.Loading;
using Shizhang.IntegrationTests.Cli;
using Shizhang.Storage.Accounts;
using Shizhang.Storage.Records;

namespace Shizhang.IntegrationTests.Web;

/// <summary>The first opening: with the code of the screen only, all or nothing, and never again.</summary>
public sealed class SetupTests : IDisposable
{
    private readonly string _folder = Path.Combine(Directory.CreateTempSubdirectory("shizhang-setup-").FullName, "data");

    private static (string, string)[] Form(string code, params (string Name, string Value)[] other) =>
    [
        ("code", code), ("town", "ping_an"), ("name", "平安镇"), ("name_Security", "an.quan"), ("password_Security", "Ping-An-2026"), ("again_Security", "Ping-An-2026"), .. other,
    ];

    [Fact]
    public async Task A_town_is_made_with_its_administrators_and_the_page_is_gone()
    {
        var address = new WorkplaceAddress(_folder, null, null);
        Assert.True(await SetupWork.IsNeededAsync(address));
        using var desk = new SetupDesk(address, PackFiles.Read(Path.Combine(Shell.Root, "packs", "township")).Files!, TimeProvider.System);
        await using var app = SetupHost.Build(desk, new SiteAddress("http://127.0.0.1:0"));
        await app.StartAsync(TestContext.Current.CancellationToken);
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(app.Urls.Single()) };

        // Nothing but the one page is there, and what is wrong makes nothing.
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/sign-in", TestContext.Current.CancellationToken)).StatusCode);
        await DemoSite.PostAsync(browser, "/setup", Form("AAAAAAAA"));
        await DemoSite.PostAsync(browser, "/setup", Form(desk.Code, ("name_System", "an.quan"), ("password_System", "weak"), ("again_System", "weak")));
        Assert.False(desk.Done.IsCompleted);
        Assert.False(Directory.Exists(_folder));

        await DemoSite.PostAsync(browser, "/setup", Form(desk.Code, ("name_Audit", "shen.ji"), ("password_Audit", "Ping-An-2027"), ("again_Audit", "Ping-An-2027")));
        Assert.True(desk.Done.IsCompleted);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/setup", TestContext.Current.CancellationToken)).StatusCode);
        Assert.False(await SetupWork.IsNeededAsync(address));
        Assert.NotEmpty(await SetupWork.RunAsync(address, PackFiles.Read(Path.Combine(Shell.Root, "packs", "township")).Files!, new FirstRun("other", "另一镇", [new FirstAdministrator(Shizhang.Core.Catalogs.Administration.Security, "other", "Ping-An-2028")]), TimeProvider.System));

        var (place, refusal) = await Workplace.OpenAsync(address, TimeProvider.System);
        Assert.Null(refusal);
        await using (place)
        {
            Assert.Equal(("ping_an", "平安镇"), (place!.Town, (await UnitReader.ReadAsync(place.Store, place.Town)).Root?.Name));
            var accounts = await new AccountArchive(place.Store).ListAsync(place.Town);
            Assert.Equal(["an.quan:security_admin", "shen.ji:audit_admin"], accounts.Select(a => $"{a.Name}:{a.Grants.Single().Role}").Order(StringComparer.Ordinal));
            await using var site = SiteHost.Build(place, new SiteAddress("http://127.0.0.1:0"), TimeProvider.System);
            await site.StartAsync(TestContext.Current.CancellationToken);
            using var security = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(site.Urls.Single()) };
            var signedIn = await DemoSite.PostAsync(security, "/sign-in", ("name", "an.quan"), ("password", "Ping-An-2026"));
            Assert.Equal(HttpStatusCode.Redirect, signedIn.StatusCode);
            Assert.Equal(HttpStatusCode.OK, (await security.GetAsync("/admin/accounts", TestContext.Current.CancellationToken)).StatusCode);
            Assert.NotEqual(HttpStatusCode.OK, (await security.GetAsync("/setup", TestContext.Current.CancellationToken)).StatusCode);
        }
    }

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_folder)!, recursive: true);
}
