using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc;
using Shizhang.App.Access;
using Shizhang.App.Features.Administration;
using Shizhang.App.Site;
using Shizhang.App.Texts;
using Shizhang.Core;
using Shizhang.Storage.Accounts;

namespace Shizhang.App.Features.MyAccount;

/// <summary>What a person may do about their own account: where it is signed in, and one-time codes.</summary>
[Needs(Right.Account)]
internal sealed partial class MyAccountPage(SignInWork signIn) : SitePage
{
    private const int KeyGroup = 4;

    public override Room Room => Room.None;

    public IReadOnlyList<SignedIn> Sessions { get; private set; } = [];

    public string? Refusal { get; private set; }

    /// <summary>The key offered for a telephone; it becomes the account's when a code proves that it arrived there.</summary>
    public string? NewKey { get; private set; }

    public bool HasTotp => Visit.Credential?.TotpKey is not null;

    public string NewKeySpaced => string.Join(' ', NewKey!.Chunk(KeyGroup).Select(c => new string(c)));

    public string KeyAddress => $"otpauth://totp/{Uri.EscapeDataString(AppText.Of["site_name"])}:{Access.Account.Name}?secret={NewKey}&issuer={Uri.EscapeDataString(AppText.Of["site_name"])}";

    public Task OnGetAsync() => LoadAsync(SignInWork.NewTotpKey());

    public async Task<IActionResult> OnPostTotpOnAsync(string? key, string? code)
    {
        if (key is null || !Key().IsMatch(key) || HasTotp)
        {
            return Go("/account");
        }

        Refusal = await signIn.SetTotpAsync(Visit.Actor, Visit.Credential!, key, code);
        return await DoneAsync("totp_on", key);
    }

    public async Task<IActionResult> OnPostTotpOffAsync(string? code)
    {
        Refusal = await signIn.SetTotpAsync(Visit.Actor, Visit.Credential!, null, code);
        return await DoneAsync("totp_off", SignInWork.NewTotpKey());
    }

    public Task<IActionResult> OnPostEndAsync(string? mark) => EndAsync(s => LocalClock.MarkOf(s) == mark);

    public Task<IActionResult> OnPostEndOthersAsync() => EndAsync(_ => true);

    private async Task<IActionResult> EndAsync(Func<SignedIn, bool> which)
    {
        await LoadAsync(null);
        var ended = Sessions.Where(s => s.Id != Visit.Session?.Id && which(s)).Select(s => s.Id).ToList();
        if (ended.Count > 0)
        {
            await new SessionArchive(Place.Store).EndAsync(Place.Town, Visit.Actor, ended);
            Notice(AppText.Of["sessions_ended", ended.Count]);
        }

        return Go("/account");
    }

    private async Task<IActionResult> DoneAsync(string done, string key)
    {
        if (Refusal is not null)
        {
            await LoadAsync(key);
            return Page();
        }

        Notice(AppText.Of[done]);
        return Go("/account");
    }

    private async Task LoadAsync(string? key)
    {
        NewKey = key;
        Sessions = [.. (await new SessionArchive(Place.Store).ListAsync(Place.Town)).Where(s => s.Account == Access.Account.Name)];
    }

    [GeneratedRegex("^[A-Z2-7]{32}$", RegexOptions.None, Patterns.MostMilliseconds)]
    private static partial Regex Key();
}
