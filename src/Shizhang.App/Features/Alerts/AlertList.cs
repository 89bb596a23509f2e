using Shizhang.App.Features.Figures;
using Shizhang.App.Features.Workplaces;
using Shizhang.App.Texts;
using Shizhang.Core.Rules;
using Shizhang.Storage.Figures;
using Shizhang.Storage.Rules;

namespace Shizhang.App.Features.Alerts;

/// <summary>The alerts of a moment, or the sentence that says what is wrong with what was asked.</summary>
internal sealed record OpenedAlerts(FigureScope? Scope, IReadOnlyList<Alert> Alerts, string? Refusal);

/// <summary>What the rules find, by unit: by the pack, the calendar and what was set aside at the moment asked.</summary>
internal static class AlertList
{
    public static async Task<OpenedAlerts> RunAsync(Workplace workplace, string? unit, string? asOf)
    {
        Moment? moment = null;
        if (asOf is not null && (moment = await Frame.MomentAsync(workplace, asOf)) is null)
        {
            return new OpenedAlerts(null, [], AppText.Of["bad_as_of", asOf]);
        }

        var engine = new AlertEngine(workplace.Store, await workplace.CatalogAtAsync(moment?.Time));
        if (await engine.ScopeAsync(workplace.Town, unit, moment?.Number, moment?.Day) is not { } scope)
        {
            return new OpenedAlerts(null, [], AppText.Of["unit_unknown", unit]);
        }

        var alerts = await engine.RunAsync(scope);
        return new OpenedAlerts(scope, [.. alerts.OrderBy(a => a.Unit, StringComparer.Ordinal).ThenBy(a => a.Since).ThenBy(a => a.Rule.Code, StringComparer.Ordinal).ThenBy(a => a.Record)], null);
    }
}
