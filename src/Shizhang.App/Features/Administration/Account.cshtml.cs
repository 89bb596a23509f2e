using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Shizhang.App.Access;
using Shizhang.App.Site;
using Shizhang.App.Texts;
using Shizhang.Storage.Accounts;

namespace Shizhang.App.Features.Administration;

[Needs(Right.Security)]
internal sealed class AccountPage(AccountWork work, SignInWork signIn) : AdministrationPage
{
    public Account Account { get; private set; } = null!;

    public bool HasTotp { get; private set; }

    public string? Refusal { get; private set; }

    public async Task<IActionResult> OnGetAsync(string name) => await LoadAsync(name) ? Page() : Nothing();

    public Task<IActionResult> OnPostGiveAsync(string name, string? role, string? unit) =>
        ChangeAsync(name, a => a with { Grants = [.. a.Grants, .. new GrantInput(Visit, role, unit).Grants] });

    public Task<IActionResult> OnPostTakeAsync(string name, string? role, string? unit) =>
        ChangeAsync(name, a => a with { Grants = [.. a.Grants.Where(g => g != new Grant(role ?? "", unit ?? ""))] });

    public Task<IActionResult> OnPostFactsAsync(string name, string? display, string? person) =>
        ChangeAsync(name, a => a with { Display = display?.Trim() ?? "", Person = long.TryParse(person, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null });

    public Task<IActionResult> OnPostEnableAsync(string name) => ChangeAsync(name, a => a with { IsDisabled = false });

    public Task<IActionResult> OnPostDisableAsync(string name) => ChangeAsync(name, a => a with { IsDisabled = true });

    public async Task<IActionResult> OnPostResetAsync(string name)
    {
        if (!await LoadAsync(name))
        {
            return Nothing();
        }

        Notice(AppText.Of["account_reset_done", name, await work.ResetAsync(Visit.Actor, name)]);
        return Go(Address);
    }

    public async Task<IActionResult> OnPostTotpAsync(string name)
    {
        if (!await LoadAsync(name))
        {
            return Nothing();
        }

        await signIn.ForgetTotpAsync(Visit.Actor, name);
        Notice(AppText.Of["account_changed", name]);
        return Go(Address);
    }

    private async Task<IActionResult> ChangeAsync(string name, Func<Account, Account> change)
    {
        if (!await LoadAsync(name))
        {
            return Nothing();
        }

        Refusal = await work.AmendAsync(Visit.Actor, change(Account));
        if (Refusal is not null)
        {
            return Page();
        }

        Notice(AppText.Of["account_changed", name]);
        return Go(Address);
    }

    private string Address => $"/admin/accounts/{Account.Name}";

    private async Task<bool> LoadAsync(string name)
    {
        if (await new AccountArchive(Place.Store).FindAsync(Place.Town, name) is not { } found)
        {
            return false;
        }

        Account = found;
        HasTotp = (await new CredentialArchive(Place.Store).FindAsync(Place.Town, name))?.TotpKey is not null;
        return true;
    }
}
