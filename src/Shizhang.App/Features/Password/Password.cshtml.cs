using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Shizhang.App.Access;
using Shizhang.App.Site;
using Shizhang.App.Texts;

namespace Shizhang.App.Features.Password;

[Needs(Right.Account)]
internal sealed class PasswordPage(SignInWork signIn) : SitePage
{
    public override Room Room => Room.None;

    public string? Refusal { get; private set; }

    public async Task<IActionResult> OnPostAsync(string? old, string? password, string? again)
    {
        Refusal = password != again ? AppText.Of["password_differ"] : await signIn.ChangePasswordAsync(Visit.Actor, Visit.Credential!, old ?? "", password ?? "");
        if (Refusal is not null)
        {
            return Page();
        }

        // The new password ended every session; whoever set it goes on without signing in again.
        var outcome = await signIn.SignInAsync(Access.Account.Name, password!, null, Visit.Actor.Address, Request.Headers.UserAgent.FirstOrDefault());
        if (outcome.Session is not { } session)
        {
            await HttpContext.SignOutAsync();
            return Go("/sign-in");
        }

        await SessionCookie.SignInAsync(HttpContext, session);
        Notice(AppText.Of["password_changed"]);
        return Go("/");
    }
}
