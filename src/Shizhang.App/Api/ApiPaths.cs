using Microsoft.AspNetCore.Authentication.Cookies;

namespace Shizhang.App.Api;

/// <summary>The addresses that programs use, and by what they prove themselves there: a token, or the session of a signed-in person.</summary>
internal static class ApiPaths
{
    /// <summary>The scheme that chooses between the two.</summary>
    public const string Scheme = "site";

    private static readonly PathString[] Roots = ["/api", "/odata", "/openapi"];

    public static bool Has(HttpContext http) => Array.Exists(Roots, r => http.Request.Path.StartsWithSegments(r));

    public static string SchemeOf(HttpContext http) =>
        Has(http) && http.Request.Headers.Authorization.Count > 0 ? TokenAuthentication.Scheme : CookieAuthenticationDefaults.AuthenticationScheme;
}
