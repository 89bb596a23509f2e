using Microsoft.AspNetCore.Mvc;
using Shizhang.App.Access;
using Shizhang.App.Site;
using Shizhang.App.Texts;
using Shizhang.Storage.Accounts;

namespace Shizhang.App.Features.Administration;

[Needs(Right.Security)]
internal sealed class SessionsPage : AdministrationPage
{
    public IReadOnlyList<SignedIn> Sessions { get; private set; } = [];

    public async Task OnGetAsync() => Sessions = await new SessionArchive(Place.Store).ListAsync(Place.Town);

    public async Task<IActionResult> OnPostEndAsync(string? mark)
    {
        var archive = new SessionArchive(Place.Store);
        if ((await archive.ListAsync(Place.Town)).Find(s => LocalClock.MarkOf(s) == mark) is { } session)
        {
            await archive.EndAsync(Place.Town, Visit.Actor, session.Id);
            Notice(AppText.Of["session_ended", session.Account]);
        }

        return Go("/admin/sessions");
    }
}
