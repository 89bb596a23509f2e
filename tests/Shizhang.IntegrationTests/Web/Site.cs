using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Shizhang.App.Features.Workplaces;
using Shizhang.App.Site;
using Shizhang.Core.Catalogs;

namespace Shizhang.IntegrationTests.Web;

/// <summary>A clock that runs as the machine's does, and can be set forward.</summary>
internal sealed class ForwardClock : TimeProvider
{
    public TimeSpan Ahead { get; set; }

    public override DateTimeOffset GetUtcNow() => TimeProvider.System.GetUtcNow() + Ahead;
}

/// <summary>The site over a folder of data, in this process, on a port of its own.</summary>
internal sealed class Site : IAsyncDisposable
{
    // Each visitor comes from an address of their own, as from behind a proxy: the limit of sign-ins counts addresses.
    private static int s_visitors;
    private readonly WebApplication _app;

    private Site(WebApplication app, Workplace place, ForwardClock clock) => (_app, Place, Clock) = (app, place, clock);

    public Workplace Place { get; }

    public ForwardClock Clock { get; }

    public string Address => _app.Urls.First();

    public Catalog Catalog => Place.Catalog;

    public IEnumerable<RouteEndpoint> Endpoints => ((IEndpointRouteBuilder)_app).DataSources.SelectMany(s => s.Endpoints).OfType<RouteEndpoint>();

    public static async Task<Site> OpenAsync(string folder)
    {
        var clock = new ForwardClock();
        var (place, refusal) = await Workplace.OpenAsync(new WorkplaceAddress(folder, null, null), clock);
        var app = SiteHost.Build(place ?? throw new InvalidOperationException(refusal), new SiteAddress("http://127.0.0.1:0", Proxies: ["127.0.0.1"]), clock);
        await app.StartAsync();
        return new Site(app, place, clock);
    }

    public Visitor Visitor() => new(new Uri(Address), $"10.0.{Interlocked.Increment(ref s_visitors) / 250}.{s_visitors % 250}");

    public async Task<Visitor> SignedInAsync(string account)
    {
        var visitor = Visitor();
        await visitor.SignInAsync(account);
        return visitor;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        await Place.DisposeAsync();
    }
}
