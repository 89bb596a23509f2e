using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Shizhang.App.Features.Workplaces;
using Shizhang.App.Site;
using Shizhang.Storage.Desks;

namespace Shizhang.App.Features.Drafts;

/// <summary>Keeps what was typed when it could not be written: encrypted, for one account and one form, until it is or a week has passed.</summary>
internal sealed class DraftWork(Workplace place, IDataProtectionProvider protection, TimeProvider clock)
{
    /// <summary>The version of a record that its form was opened on.</summary>
    public const string VersionField = "__version";

    private const string Cookie = "sz_left";
    private const int MostCharacters = 1_000_000;
    private static readonly TimeSpan Kept = TimeSpan.FromDays(7);
    private static readonly TimeSpan Left = TimeSpan.FromHours(12);
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly DraftArchive _archive = new(place.Store);

    private IDataProtector Protector => protection.CreateProtector("draft");

    /// <summary>What stood in the fields of a form, and what it was opened on.</summary>
    public static Dictionary<string, string[]> Fields(IFormCollection form) => form
        .Where(f => f.Key != "__RequestVerificationToken")
        .ToDictionary(f => f.Key, f => f.Value.Select(v => v ?? "").ToArray(), StringComparer.Ordinal);

    public async Task KeepAsync(string account, string form, Dictionary<string, string[]> fields)
    {
        var content = JsonSerializer.Serialize(fields, Json);
        if (content.Length <= MostCharacters)
        {
            var now = clock.GetUtcNow();
            await _archive.KeepAsync(place.Town, new Draft(RandomNumberGenerator.GetHexString(16), account, form, Protector.Protect(content), now), now - Kept);
        }
    }

    /// <summary>What was typed into a form and not written; null when nothing is kept.</summary>
    public async Task<KeptForm?> FindAsync(string account, string form) =>
        await _archive.FindAsync(place.Town, account, form) is { } draft ? Open(draft) : null;

    public Task RemoveAsync(string account, string form) => _archive.RemoveAsync(place.Town, account, form);

    /// <summary>All that an account has not finished, the newest first.</summary>
    public async Task<List<KeptForm>> ListAsync(string account) => [.. (await _archive.ListAsync(place.Town, account)).Select(Open).OfType<KeptForm>()];

    /// <summary>
    /// A session ended under a request: what was typed is kept for the account it was of, and a cookie says whose it was and where
    /// they were. With no session nobody is known, and nothing is kept.
    /// </summary>
    public async Task LeaveAsync(HttpContext http, string? account)
    {
        if (account is null)
        {
            return;
        }

        var form = "";
        if (HttpMethods.IsPost(http.Request.Method) && http.Request.HasFormContentType && IsKept(http) && (await ReadableForm.ReadAsync(http.Request)).Form is { } typed)
        {
            form = FormOf(http);
            await KeepAsync(account, form, Fields(typed));
        }

        http.Response.Cookies.Append(Cookie, Protector.Protect($"{account}\n{form}"), new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax, MaxAge = Left });
    }

    /// <summary>
    /// After signing in: where to go on. Whoever was here before finds the form that was kept, else the address they wanted; for
    /// somebody else neither is meant.
    /// </summary>
    public string? Return(HttpContext http, string account, string? back)
    {
        if (http.Request.Cookies[Cookie] is not { } cookie)
        {
            return back;
        }

        http.Response.Cookies.Delete(Cookie);
        try
        {
            return Protector.Unprotect(cookie).Split('\n') is not [var left, var form] || left != account ? null : form.Length > 0 ? form : back;
        }
        catch (CryptographicException)
        {
            // A cookie of another machine or time says nothing.
            return back;
        }
    }

    /// <summary>The address a form stands at, without the handler of one of its buttons.</summary>
    public static string FormOf(HttpContext http) => http.Request.Path.Value ?? "/";

    public static bool IsKept(HttpContext http) => http.GetEndpoint()?.Metadata.GetMetadata<KeepsFormAttribute>() is not null;

    private KeptForm? Open(Draft draft)
    {
        try
        {
            return clock.GetUtcNow() - draft.At > Kept ? null
                : JsonSerializer.Deserialize<Dictionary<string, string[]>>(Protector.Unprotect(draft.Content)) is { } fields ? new KeptForm(draft.Form, fields, draft.At)
                : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
