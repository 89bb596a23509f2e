using System.Globalization;
using Shizhang.Core.Catalogs;
using Shizhang.Core.Figures;
using Shizhang.Core.Rules;
using Shizhang.Storage.Dialects;
using Shizhang.Storage.Figures;
using Shizhang.Storage.Journal;
using Shizhang.Storage.Records;

namespace Shizhang.Storage.Rules;

/// <summary>
/// Evaluates rules at a moment. Nothing is stored, so an alert is never stale, and those of any past day can be asked for: then
/// by the rules and the calendar of the pack of that day, <paramref name="catalog"/>; the store's own when it is left out.
/// </summary>
public sealed class AlertEngine(Store store, Catalog? catalog = null)
{
    private readonly Catalog _catalog = catalog ?? store.Catalog;

    /// <summary>
    /// The frame of a question: a unit and what stands below it, at a moment; null when there is no such unit. <paramref name="day"/>
    /// is the day clocks are read on: that of the moment when it is left out.
    /// </summary>
    public async Task<FigureScope?> ScopeAsync(string town, string? unit = null, long? asOf = null, DateOnly? day = null)
    {
        var engine = new FigureEngine(store);
        var today = day ?? (await engine.ScopeAsync(town, Period.Year(LocalTime.Today(store.Clock).Year), unit, asOf))?.Today;
        return today is { } on && await engine.ScopeAsync(town, new Period(new DateOnly(on.Year, 1, 1), on), unit, asOf) is { } scope ? scope with { Today = on } : null;
    }

    /// <summary>What the rules of the pack find, in the order of ledgers and rules; those set aside carry until when.</summary>
    public Task<IReadOnlyList<Alert>> RunAsync(FigureScope scope) => RunAsync(scope, [.. _catalog.Ledgers.Values.SelectMany(l => l.Rules.Select(r => (l, r)))]);

    /// <summary>What some rules find.</summary>
    public async Task<IReadOnlyList<Alert>> RunAsync(FigureScope scope, IReadOnlyList<(Ledger Ledger, Rule Rule)> rules)
    {
        var wanted = rules.SelectMany(r => r.Rule.Indicators).Distinct().ToList();
        var figures = (await new FigureEngine(store).ComputeAsync(scope, wanted)).ToDictionary(f => f.Indicator);
        return await store.Database.ReadAsync<IReadOnlyList<Alert>>(async session =>
        {
            var frame = new RuleFrame(store, _catalog, session, scope);
            var known = new RuleFigures(frame, figures);
            var alerts = new List<Alert>();
            foreach (var (ledger, rule) in rules)
            {
                alerts.AddRange(await FindAsync(frame, known, ledger, rule));
            }

            var aside = await AsideAsync(session, scope);
            return [.. alerts.Select(a => aside.TryGetValue(a.Id, out var until) && until.Until >= scope.Today ? a with { AsideUntil = until.Until, AsideReason = until.Reason } : a)];
        });
    }

    /// <summary>Sets an alert aside until a day; the reason is journalled.</summary>
    public async Task SetAsideAsync(string town, Actor actor, Alert alert, DateOnly until, string reason)
    {
        var day = until.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        await store.EnqueueAsync(town, actor, [new SystemChange(Acts.Aside, Digest(alert.Id, day, reason), seq =>
        [
            new Statement("INSERT INTO _aside (town, seq, alert, until) VALUES ($1, $2, $3, $4)", [town, seq, alert.Id, day]),
            new Statement("INSERT INTO _reason (town, seq, reason) VALUES ($1, $2, $3)", [town, seq, reason]),
        ])]);
    }

    internal static byte[] Digest(string alert, string until, string reason) => Core.Sm3.Hash(System.Text.Encoding.UTF8.GetBytes($"{alert}\n{until}\n{reason}"));

    private static async Task<IEnumerable<Alert>> FindAsync(RuleFrame frame, RuleFigures figures, Ledger ledger, Rule rule) => rule switch
    {
        DeadlineRule deadline => await DeadlineAlerts.FindAsync(frame, ledger, deadline),
        CadenceRule cadence => await CadenceAlerts.FindAsync(frame, ledger, cadence),
        StreakRule streak => await StreakAlerts.FindAsync(frame, ledger, streak),
        CoverageRule coverage => await CoverageAlerts.FindAsync(frame, ledger, coverage),
        FollowUpRule followUp => await FollowUpAlerts.FindAsync(frame, ledger, followUp),
        StaleRule stale => await StaleAlerts.FindAsync(frame, ledger, stale),
        LateEntryRule late => await LateEntryAlerts.FindAsync(frame, ledger, late),
        QuotaRule quota => QuotaAlerts.Find(figures, ledger, quota),
        BalanceRule balance => BalanceAlerts.Find(figures, ledger, balance),
        BoundRule bound => BoundAlerts.Find(figures, ledger, bound),
        _ => throw new InvalidOperationException($"No alerts for {rule}."),
    };

    private static async Task<Dictionary<string, (DateOnly Until, string Reason)>> AsideAsync(Session session, FigureScope scope)
    {
        var aside = new Dictionary<string, (DateOnly, string)>(StringComparer.Ordinal);
        await session.ReadAsync(
            new Statement("SELECT a.alert, a.until, s.reason FROM _aside a JOIN _reason s ON s.town = a.town AND s.seq = a.seq WHERE a.town = $1 AND a.seq <= $2 ORDER BY a.seq", [scope.Town, scope.AsOf]),
            r => aside[r.GetString(0)] = (DateOnly.ParseExact(r.GetString(1), "yyyy-MM-dd", CultureInfo.InvariantCulture), r.GetString(2)));
        return aside;
    }
}
