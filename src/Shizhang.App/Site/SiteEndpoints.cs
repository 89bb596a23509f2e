using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Shizhang.App.Access;
using Shizhang.App.Features.Workplaces;
using Shizhang.Storage.Accounts;
using Shizhang.Storage.Journal;

namespace Shizhang.App.Site;

/// <summary>Small addresses that are no pages: the frame, the language, signing out, the state of the machine.</summary>
internal static class SiteEndpoints
{
    private static readonly CookieOptions Year = new() { HttpOnly = true, SameSite = SameSiteMode.Lax, MaxAge = TimeSpan.FromDays(365), IsEssential = true };

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapMethods("/healthz", [HttpMethods.Get, HttpMethods.Head], HealthAsync).AllowAnonymous();
        app.MapGet("/frame", Frame).WithMetadata(new NeedsAttribute(Right.Account));
        MapLanguage(app);
        Features.Records.FindEndpoint.Map(app);
        Features.Drafts.DiscardEndpoint.Map(app);
        Features.Exports.ExportEndpoints.Map(app);
        app.MapPost("/sign-out", SignOutAsync).WithMetadata(new NeedsAttribute(Right.Account));
    }

    public static void MapLanguage(IEndpointRouteBuilder app) => app.MapGet("/language/{language}", Language).AllowAnonymous();

    /// <summary>Reads the head of the journal, so that a broken database is not called healthy.</summary>
    private static async Task<Ok<string>> HealthAsync(Workplace place)
    {
        await new JournalReader(place.Store.Database).HeadAsync(place.Town);
        return TypedResults.Ok("ok");
    }

    private static RedirectHttpResult Frame(HttpContext http, string? from, string? to, string? unit, string? back)
    {
        http.Response.Cookies.Append(Visit.FrameCookie, $"{from}~{to}~{unit}", Year);
        return Back(back);
    }

    private static RedirectHttpResult Language(HttpContext http, string language, string? back)
    {
        http.Response.Cookies.Append(LanguageChoice.Cookie, language == "en" ? "en" : "zh", Year);
        return Back(back);
    }

    private static async Task<RedirectHttpResult> SignOutAsync(HttpContext http, Visit visit, Microsoft.AspNetCore.Antiforgery.IAntiforgery antiforgery)
    {
        if (await antiforgery.IsRequestValidAsync(http) && visit.Session is { } session)
        {
            await new SessionArchive(visit.Place.Store).EndAsync(visit.Place.Town, visit.Actor, session.Id);
            await http.SignOutAsync();
        }

        return TypedResults.LocalRedirect("/sign-in");
    }

    /// <summary>Only to this site: an address from outside is no way back.</summary>
    public static RedirectHttpResult Back(string? back) => TypedResults.LocalRedirect(RedirectHttpResult.IsLocalUrl(back) ? back! : "/");
}
