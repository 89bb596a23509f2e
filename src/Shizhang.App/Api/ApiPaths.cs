using Microsoft.AspNetCore.Authentication.Cookies;
using Shizhang.App.Site;

namespace Shizhang.App.Api;

/// <summary>The addresses that programs use, and by what they prove themselves there: a token, or the session of a signed-in person.</summary>
internal static class ApiPaths
{
    /// <summary>The scheme that chooses between the two.</summary>
    public const string Scheme = "site";

    private static readonly PathString[] Roots = ["/api", "/odata", "/openapi"];

    public static bool Has(HttpContext http) => Array.Exists(Roots, r => http.Request.Path.StartsWithSegments(r));

    /// <summary>
    /// An address that is none, or not by that method, is no question of rights: whoever is known is told so. Nobody is asked who
    /// they are, there as everywhere.
    /// </summary>
    public static Task TellUnknownAsync(HttpContext http, RequestDelegate next)
    {
        if (http.GetEndpoint() is RouteEndpoint || http.RequestServices.GetRequiredService<Visit>().Access is null)
        {
            return next(http);
        }

        // What routing puts in the place of an endpoint knows its answer: 405, 415.
        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return http.GetEndpoint()?.RequestDelegate?.Invoke(http) ?? Task.CompletedTask;
    }

    public static string SchemeOf(HttpContext http) =>
        Has(http) && http.Request.Headers.Authorization.Count > 0 ? TokenAuthentication.Scheme : CookieAuthenticationDefaults.AuthenticationScheme;
}
