using Microsoft.AspNetCore.Mvc;
using Shizhang.App.Access;

namespace Shizhang.App.Features.Administration;

/// <summary>Recomputes the journal and every version, in the background; the page says how far it is.</summary>
[Needs(Right.Audit)]
internal sealed class VerifyPage(VerificationRun run) : AdministrationPage
{
    public const int MostShown = 200;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public VerificationRun Run => run;

    public async Task<IActionResult> OnPostAsync()
    {
        // What is done soon is shown at once; what takes longer goes on without the page.
        await Task.WhenAny(run.Start(), Task.Delay(Patience, HttpContext.RequestAborted));
        return Go("/admin/verify");
    }
}
