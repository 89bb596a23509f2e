using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Shizhang.App.Access;
using Shizhang.App.Features.Drafts;
using Shizhang.App.Site;

namespace Shizhang.App.Features.SignIn;

[AllowAnonymous]
[EnableRateLimiting(RateLimits.SignIn)]
internal sealed class SignInPage(SignInWork signIn, DraftWork drafts) : SitePage
{
    public override Room Room => Room.None;

    [BindProperty(SupportsGet = true)]
    public string? Back { get; set; }

    [BindProperty]
    public string? Name { get; set; }

    public string? Refusal { get; private set; }

    public bool WantsCode { get; private set; }

    public IActionResult OnGet() => Visit.Access is null ? Page() : Go("/");

    public async Task<IActionResult> OnPostAsync(string? password, string? code)
    {
        var outcome = await signIn.SignInAsync(Name?.Trim() ?? "", password ?? "", code, Visit.Actor.Address, Request.Headers.UserAgent.FirstOrDefault());
        if (outcome.Session is not { } session)
        {
            (Refusal, WantsCode) = (outcome.Refusal, outcome.WantsCode);
            return Page();
        }

        await SessionCookie.SignInAsync(HttpContext, session);
        return Go(drafts.Return(HttpContext, session.Account, Url.IsLocalUrl(Back) ? Back : null) ?? "/");
    }
}
