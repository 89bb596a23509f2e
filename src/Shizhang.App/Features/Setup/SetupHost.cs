using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.DataProtection;
using Shizhang.App.Site;

namespace Shizhang.App.Features.Setup;

/// <summary>A site with one page, for data that is not there yet; it ends when the data is made, and the site proper takes its place.</summary>
internal static class SetupHost
{
    private const string PagePath = "/Setup/Setup";

    public static WebApplication Build(SetupDesk desk, SiteAddress address)
    {
        var builder = SiteHost.CreateBuilder(address);
        builder.Services.AddSingleton(desk).AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        builder.Services.AddSingleton<IDataProtectionProvider, EphemeralDataProtectionProvider>();
        builder.Services.AddRazorPages(o =>
        {
            o.RootDirectory = "/Features";
            o.Conventions.AddFolderRouteModelConvention("/", page =>
            {
                if (page.ViewEnginePath != PagePath)
                {
                    page.Selectors.Clear();
                }
            });
        });
        var app = builder.Build();
        app.UseMiddleware<PageHeaders>();
        app.UseStaticFiles();
        app.UseMiddleware<LanguageChoice>();
        app.UseRouting();
        app.MapRazorPages();
        app.MapGet("/", () => TypedResults.LocalRedirect("/setup"));
        SiteEndpoints.MapLanguage(app);
        return app;
    }
}
