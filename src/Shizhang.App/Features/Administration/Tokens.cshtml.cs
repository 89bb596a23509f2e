using Microsoft.AspNetCore.Mvc;
using Shizhang.App.Access;
using Shizhang.App.Site;
using Shizhang.App.Texts;
using Shizhang.Storage.Accounts;

namespace Shizhang.App.Features.Administration;

[Needs(Right.Security)]
internal sealed class TokensPage : AdministrationPage
{
    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Role { get; set; }

    [BindProperty]
    public string? Unit { get; set; }

    [BindProperty]
    public int Days { get; set; } = TokenWork.DefaultDays;

    public string? Refusal { get; private set; }

    public IReadOnlyList<Token> Tokens { get; private set; } = [];

    public GrantInput Asked => new(Visit, Role, Unit);

    public async Task OnGetAsync() => Tokens = await new TokenArchive(Place.Store).ListAsync(Place.Town);

    public async Task<IActionResult> OnPostAsync()
    {
        var (secret, refusal) = Asked.Grants is [var grant] ? await new TokenWork(Place).AddAsync(Visit.Actor, Name?.Trim() ?? "", grant, Days) : new GivenToken(null, AppText.Of["role_unknown", "", ""]);
        if (secret is null)
        {
            Refusal = refusal;
            await OnGetAsync();
            return Page();
        }

        Notice(AppText.Of["token_made", Name!.Trim(), secret]);
        return Go("/admin/tokens");
    }

    public async Task<IActionResult> OnPostEndAsync()
    {
        await new TokenArchive(Place.Store).EndAsync(Place.Town, Visit.Actor, Name ?? "");
        Notice(AppText.Of["token_ended", Name]);
        return Go("/admin/tokens");
    }
}
