using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Shizhang.App.Features.Workplaces;
using Shizhang.Storage.Desks;

namespace Shizhang.App.Features.Drafts;

/// <summary>Keeps what was typed when it could not be written: encrypted, for one account and one form, until it is.</summary>
internal sealed class DraftWork(Workplace place, IDataProtectionProvider protection, TimeProvider clock)
{
    private const string Cookie = "sz_draft";
    private const int MostCharacters = 4_000_000;
    private static readonly TimeSpan Kept = TimeSpan.FromHours(2);

    private readonly DraftArchive _archive = new(place.Store);

    private IDataProtector Protector => protection.CreateProtector("draft");

    /// <summary>What stood in the fields of a form.</summary>
    public static Dictionary<string, string[]> Fields(IFormCollection form) => form
        .Where(f => !f.Key.StartsWith("__", StringComparison.Ordinal))
        .ToDictionary(f => f.Key, f => f.Value.Select(v => v ?? "").ToArray(), StringComparer.Ordinal);

    public async Task KeepAsync(string account, string form, Dictionary<string, string[]> fields)
    {
        var content = JsonSerializer.Serialize(fields);
        if (content.Length <= MostCharacters)
        {
            await _archive.KeepAsync(place.Town, new Draft(RandomNumberGenerator.GetHexString(16), account, form, Protector.Protect(content), clock.GetUtcNow()));
        }
    }

    /// <summary>What was typed into a form and not written; null when nothing is kept.</summary>
    public async Task<Dictionary<string, string[]>?> FindAsync(string account, string form) =>
        await _archive.FindAsync(place.Town, account, form) is { } draft ? Open(draft) : null;

    public Task RemoveAsync(string account, string form) => _archive.RemoveAsync(place.Town, account, form);

    public Task<List<Draft>> ListAsync(string account) => _archive.ListAsync(place.Town, account);

    /// <summary>Keeps a form that was sent without a session that holds: nobody's yet, found again by a cookie after signing in.</summary>
    public async Task KeepForLaterAsync(HttpContext http)
    {
        if (!HttpMethods.IsPost(http.Request.Method) || !http.Request.HasFormContentType || http.Request.Path.StartsWithSegments("/sign-in"))
        {
            return;
        }

        var nobody = $"_{RandomNumberGenerator.GetHexString(24)}";
        await KeepAsync(nobody, FormOf(http), Fields(await http.Request.ReadFormAsync()));
        http.Response.Cookies.Append(Cookie, Protector.Protect(nobody), new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax, MaxAge = Kept });
    }

    /// <summary>After signing in: the form that was kept becomes the account's; its address, or null when nothing was.</summary>
    public async Task<string?> ClaimAsync(HttpContext http, string account)
    {
        if (http.Request.Cookies[Cookie] is not { } kept)
        {
            return null;
        }

        http.Response.Cookies.Delete(Cookie);
        try
        {
            var nobody = Protector.Unprotect(kept);
            if ((await _archive.ListAsync(place.Town, nobody)).FirstOrDefault() is { } draft && Open(draft) is { } fields)
            {
                await _archive.RemoveAsync(place.Town, nobody, draft.Form);
                await KeepAsync(account, draft.Form, fields);
                return draft.Form;
            }
        }
        catch (CryptographicException)
        {
            // A cookie of another machine or time: there is nothing to bring back.
        }

        return null;
    }

    /// <summary>The address a form stands at, without the handler of one of its buttons.</summary>
    public static string FormOf(HttpContext http) => http.Request.Path.Value ?? "/";

    private Dictionary<string, string[]>? Open(Draft draft)
    {
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, string[]>>(Protector.Unprotect(draft.Content));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
