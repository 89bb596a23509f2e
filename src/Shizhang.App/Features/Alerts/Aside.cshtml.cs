using Microsoft.AspNetCore.Mvc;
using Shizhang.App.Access;
using Shizhang.App.Site;
using Shizhang.App.Texts;
using Shizhang.Core.Rules;

namespace Shizhang.App.Features.Alerts;

/// <summary>One alert, to be set aside with a reason until a day.</summary>
[Needs(Right.Business)]
internal sealed class AsidePage(VisitorAlerts alerts) : SitePage
{
    public override Room Room => Room.Alerts;

    public Alert Alert { get; private set; } = null!;

    public DateOnly Day { get; private set; }

    [BindProperty]
    public string? Until { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    public string? Refusal { get; private set; }

    public async Task<IActionResult> OnGetAsync(string id)
    {
        if (await FindAsync(id) is null)
        {
            return Nothing();
        }

        Refusal = Access.RefusalToAnswer(Alert.Ledger, Alert.Unit);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string id)
    {
        if (await FindAsync(id) is not { } open)
        {
            return Nothing();
        }

        var outcome = await AsideWork.TakeAsync(Place, Access, Visit.Actor, open, new AskedAside(id, Until, Reason));
        if (outcome.Alert is null)
        {
            Refusal = outcome.Refusal;
            return Page();
        }

        Notice(AppText.Of["alert_set_aside", outcome.Alert.Title, outcome.Alert.Message, outcome.Until.ToString("yyyy-MM-dd")]);
        return Go($"/alerts?unit={Visit.Unit}");
    }

    private async Task<OpenedAlerts?> FindAsync(string id)
    {
        var open = await alerts.OfAsync(Visit, null);
        if (open.Alerts.FirstOrDefault(a => a.Id == id) is not { } found)
        {
            return null;
        }

        (Alert, Day) = (found, open.Scope!.Today);
        return open;
    }
}
