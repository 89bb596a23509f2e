namespace Shizhang.App.Site;

/// <summary>Whoever was given a password chooses their own before anything else.</summary>
internal sealed class PasswordFirst(RequestDelegate next)
{
    private static readonly string[] Open = ["/password", "/sign-out", "/language", "/problem", "/healthz"];

    public Task InvokeAsync(HttpContext http, Visit visit)
    {
        if (visit.Credential is { MustChange: true } && !Array.Exists(Open, p => http.Request.Path.StartsWithSegments(p)))
        {
            http.Response.Redirect("/password");
            return Task.CompletedTask;
        }

        return next(http);
    }
}
