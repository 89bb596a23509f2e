using Shizhang.App.Access;
using Shizhang.App.Features.Figures;
using Shizhang.App.Features.Workplaces;
using Shizhang.App.Texts;
using Shizhang.Core.Rules;
using Shizhang.Storage.Records;
using Shizhang.Storage.Rules;

namespace Shizhang.App.Features.Alerts;

/// <summary>Setting an alert aside as somebody asks for it: which, until when, why.</summary>
internal sealed record AskedAside(string Alert, string? Until, string? Reason);

/// <summary>The alert that was set aside and until when, or why it was not.</summary>
internal sealed record AsideOutcome(Alert? Alert, DateOnly Until, string? Refusal);

/// <summary>Sets an alert aside until a day, with a reason.</summary>
internal static class AsideWork
{
    /// <param name="place">Where.</param>
    /// <param name="access">Who sets it aside.</param>
    /// <param name="actor">The same, for the journal.</param>
    /// <param name="open">The alerts they see.</param>
    /// <param name="asked">What they ask.</param>
    public static async Task<AsideOutcome> TakeAsync(Workplace place, AccessRules access, Actor actor, OpenedAlerts open, AskedAside asked)
    {
        var alert = open.Alerts.FirstOrDefault(a => a.Id == asked.Alert);
        if (alert is null || open.Scope is not { } scope)
        {
            return Refuse(open.Refusal ?? AppText.Of["alert_unknown", asked.Alert]);
        }

        if (!Frame.TryDay(asked.Until ?? "", out var until))
        {
            return Refuse(AppText.Of["bad_date", asked.Until]);
        }

        var refusal = until < scope.Today ? AppText.Of["aside_past", asked.Until, scope.Today.ToString("yyyy-MM-dd")]
            : string.IsNullOrWhiteSpace(asked.Reason) ? AppText.Of["reason_needed"]
            : access.RefusalToAnswer(alert.Ledger, alert.Unit);
        if (refusal is not null)
        {
            return Refuse(refusal);
        }

        await new AlertEngine(place.Store).SetAsideAsync(place.Town, actor, alert, until, asked.Reason!);
        return new AsideOutcome(alert, until, null);
    }

    private static AsideOutcome Refuse(string sentence) => new(null, default, sentence);
}
