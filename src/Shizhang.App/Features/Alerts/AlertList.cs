using Shizhang.App.Access;
using Shizhang.App.Features.Figures;
using Shizhang.App.Features.Workplaces;
using Shizhang.App.Texts;
using Shizhang.Core.Catalogs;
using Shizhang.Core.Filters;
using Shizhang.Core.Rules;
using Shizhang.Storage.Figures;
using Shizhang.Storage.Rules;

namespace Shizhang.App.Features.Alerts;

/// <summary>The alerts of a moment, or the sentence that says what is wrong with what was asked.</summary>
internal sealed record OpenedAlerts(FigureScope? Scope, IReadOnlyList<Alert> Alerts, string? Refusal);

/// <summary>What the rules find, by unit: by the pack, the calendar and what was set aside at the moment asked.</summary>
internal static class AlertList
{
    /// <summary>
    /// All of a unit, or with <paramref name="access"/> what is there for an account. <paramref name="day"/> is the day clocks are
    /// read on when no past moment is asked for; today when it is left out.
    /// </summary>
    public static async Task<OpenedAlerts> RunAsync(Workplace workplace, string? unit, string? asOf, AccessRules? access = null, DateOnly? day = null)
    {
        Figures.Moment? moment = null;
        if (asOf is not null && (moment = await Frame.MomentAsync(workplace, asOf)) is null)
        {
            return new OpenedAlerts(null, [], AppText.Of["bad_as_of", asOf]);
        }

        var catalog = await workplace.CatalogAtAsync(moment?.Time);
        var engine = new AlertEngine(workplace.Store, catalog);
        if (await engine.ScopeAsync(workplace.Town, unit, moment?.Number, moment is null ? day : moment.Day) is not { } scope)
        {
            return new OpenedAlerts(null, [], AppText.Of["unit_unknown", unit]);
        }

        var alerts = access is null ? await engine.RunAsync(scope) : await RunAsync(engine, scope, catalog, access);
        return new OpenedAlerts(scope, [.. alerts.OrderBy(a => a.Unit, StringComparer.Ordinal).ThenBy(a => a.Since).ThenBy(a => a.Rule.Code, StringComparer.Ordinal).ThenBy(a => a.Record)], null);
    }

    // What is kept from an account is not looked at for it, so that nothing of it shows in an alert.
    private static async Task<IEnumerable<Alert>> RunAsync(AlertEngine engine, FigureScope scope, Catalog catalog, AccessRules access)
    {
        var rules = catalog.Ledgers.Values.Where(access.Reads)
            .SelectMany(ledger => ledger.Rules.Where(r => r.Indicators.All(i => access.Reads(i, scope.Unit))).Select(r => (ledger, About(r, access.Visible(ledger)))));
        return (await engine.RunAsync(scope, [.. rules])).Where(a => access.Units(a.Ledger)?.Contains(a.Unit) is not false);
    }

    private static Rule About(Rule rule, Filter? visible) => visible is null ? rule : rule with { Where = rule.Where is { } where ? new And(where, visible) : visible };
}
