using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;

namespace Shizhang.App.Site;

/// <summary>How often one address may ask: enough for a room of clerks behind one router, not for somebody trying passwords.</summary>
internal static class RateLimits
{
    public const string SignIn = "sign-in";
    private const int PagesASecond = 100;
    private const int Burst = 2000;
    private const int SignInsAMinute = 30;

    public static void Configure(RateLimiterOptions options)
    {
        options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(http => RateLimitPartition.GetTokenBucketLimiter(Address(http), _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = Burst, TokensPerPeriod = PagesASecond, ReplenishmentPeriod = TimeSpan.FromSeconds(1), AutoReplenishment = true,
        }));
        options.AddPolicy(SignIn, http => HttpMethods.IsPost(http.Request.Method)
            ? RateLimitPartition.GetFixedWindowLimiter(Address(http), _ => new FixedWindowRateLimiterOptions { PermitLimit = SignInsAMinute, Window = TimeSpan.FromMinutes(1) })
            : RateLimitPartition.GetNoLimiter(""));
    }

    private static string Address(HttpContext http) => http.Connection.RemoteIpAddress?.ToString() ?? "";
}
