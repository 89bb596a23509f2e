using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Shizhang.App.Access;
using Shizhang.App.Api;
using Shizhang.App.Features.Drafts;
using Shizhang.Storage.Accounts;

namespace Shizhang.App.Site;

/// <summary>The cookie holds the number of a session and nothing else; whether it still holds, the database says at every request.</summary>
internal static class SessionCookie
{
    private const string SessionClaim = "session";

    public static void Configure(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = "sz_session";
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.ExpireTimeSpan = TimeSpan.FromHours(12);
        options.SlidingExpiration = true;
        options.LoginPath = "/sign-in";
        options.ReturnUrlParameter = "back";
        options.Events.OnValidatePrincipal = ValidateAsync;
        options.Events.OnRedirectToLogin = RefuseAsync;
        options.Events.OnRedirectToAccessDenied = context =>
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        };
    }

    public static Task SignInAsync(HttpContext http, SignedIn session) => http.SignInAsync(
        new ClaimsPrincipal(new ClaimsIdentity([new Claim(SessionClaim, session.Id), new Claim(ClaimTypes.Name, session.Account)], CookieAuthenticationDefaults.AuthenticationScheme)));

    private static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var http = context.HttpContext;
        var visit = http.RequestServices.GetRequiredService<Visit>();
        if (context.Principal?.FindFirstValue(SessionClaim) is { } session)
        {
            await visit.ResumeAsync(session, http.RequestServices.GetRequiredService<SignInWork>());
        }

        if (visit.Access is null)
        {
            context.RejectPrincipal();
        }
    }

    /// <summary>Whoever is not signed in goes there first; what they had typed is kept and comes back.</summary>
    private static async Task RefuseAsync(RedirectContext<CookieAuthenticationOptions> context)
    {
        var http = context.HttpContext;
        if (ApiPaths.Has(http))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        await http.RequestServices.GetRequiredService<DraftWork>().LeaveAsync(http, LeftBy(context));
        context.Response.Redirect(context.RedirectUri);
    }

    /// <summary>The account whose session was here, from the cookie this site sealed: also when its time is over.</summary>
    private static string? LeftBy(RedirectContext<CookieAuthenticationOptions> context) =>
        context.Options.CookieManager.GetRequestCookie(context.HttpContext, context.Options.Cookie.Name!) is { } cookie
            ? context.Options.TicketDataFormat.Unprotect(cookie)?.Principal.FindFirstValue(ClaimTypes.Name)
            : null;
}
