using Microsoft.AspNetCore.Mvc;
using Shizhang.App.Access;
using Shizhang.App.Site;
using Shizhang.App.Texts;
using Shizhang.Storage.Accounts;

namespace Shizhang.App.Features.Administration;

[Needs(Right.Security)]
internal sealed class AccountsPage(AccountWork work) : AdministrationPage
{
    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Display { get; set; }

    [BindProperty]
    public string? Role { get; set; }

    [BindProperty]
    public string? Unit { get; set; }

    public string? Refusal { get; private set; }

    public IReadOnlyList<Account> Accounts { get; private set; } = [];

    public GrantInput Asked => new(Visit, Role, Unit);

    public string GrantName(Grant grant) => GrantInput.NameOf(Visit, grant);

    public async Task OnGetAsync() => Accounts = await new AccountArchive(Place.Store).ListAsync(Place.Town);

    public async Task<IActionResult> OnPostAsync()
    {
        var (password, refusal) = await work.AddAsync(Visit.Actor, new Account(Name?.Trim() ?? "", Display?.Trim() ?? "", Asked.Grants));
        if (password is null)
        {
            Refusal = refusal;
            await OnGetAsync();
            return Page();
        }

        Notice(AppText.Of["account_added", Name!.Trim(), password]);
        return Go("/admin/accounts");
    }
}
