using System.Text.RegularExpressions;
using Shizhang.App.Access;
using Shizhang.App.Features.Workplaces;
using Shizhang.App.Texts;
using Shizhang.Core;
using Shizhang.Storage.Accounts;
using Shizhang.Storage.Records;

namespace Shizhang.App.Features.Administration;

/// <summary>A new password, to be shown once; or why there is none.</summary>
internal sealed record GivenPassword(string? Password, string? Refusal);

/// <summary>Accounts are made and changed here, for the command and for the page. Who may ask is decided before.</summary>
internal sealed partial class AccountWork(Workplace place, SignInWork signIn)
{
    private const int MostDisplay = 60;

    private readonly AccountArchive _archive = new(place.Store);

    public static bool IsName(string name) => Name().IsMatch(name);

    public async Task<GivenPassword> AddAsync(Actor actor, Account account)
    {
        var refusal = !Name().IsMatch(account.Name) ? AppText.Of["user_bad_name", account.Name]
            : await _archive.FindAsync(place.Town, account.Name) is not null ? AppText.Of["user_there", account.Name]
            : await RefusalAsync(account);
        if (refusal is not null)
        {
            return new GivenPassword(null, refusal);
        }

        await _archive.AddAsync(place.Town, actor, account);
        return new GivenPassword(await ResetAsync(actor, account.Name), null);
    }

    /// <summary>What people call it, its roles, its person, whether it may act; null when it was changed.</summary>
    public async Task<string?> AmendAsync(Actor actor, Account account)
    {
        if ((await RefusalAsync(account) ?? await LastAsync(account)) is { } refusal)
        {
            return refusal;
        }

        await _archive.AmendAsync(place.Town, actor, account);
        return null;
    }

    /// <summary>A new password that must be changed at the first sign-in; open sessions end.</summary>
    public async Task<string> ResetAsync(Actor actor, string name)
    {
        var password = SignInWork.NewPassword();
        await signIn.SetPasswordAsync(actor, name, password, mustChange: true);
        return password;
    }

    private async Task<string?> RefusalAsync(Account account)
    {
        if (account.Display.Trim().Length is 0 or > MostDisplay)
        {
            return AppText.Of["user_bad_display", MostDisplay];
        }

        var tree = await UnitReader.ReadAsync(place.Store, place.Town);
        return AccessRules.RefusalToGrant(place.Catalog, tree, account.Grants);
    }

    // Somebody must be left who can let others in.
    private async Task<string?> LastAsync(Account account)
    {
        var before = await _archive.ListAsync(place.Town);
        return before.Exists(Secures) && !before.Select(a => a.Name == account.Name ? account : a).Any(Secures) ? AppText.Of["user_last_security"] : null;
    }

    private bool Secures(Account account) => !account.IsDisabled && account.Grants.Any(g => place.Catalog.Roles.GetValueOrDefault(g.Role)?.Administers == Core.Catalogs.Administration.Security);

    [GeneratedRegex("^[a-z][a-z0-9_.-]{1,39}$", RegexOptions.None, Patterns.MostMilliseconds)]
    private static partial Regex Name();
}
