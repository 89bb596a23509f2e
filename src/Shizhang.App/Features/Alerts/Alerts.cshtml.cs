using Microsoft.AspNetCore.Mvc;
using Shizhang.App.Access;
using Shizhang.App.Features.Records;
using Shizhang.App.Features.Steps;
using Shizhang.App.Features.Workbench;
using Shizhang.App.Site;
using Shizhang.Core.Catalogs;
using Shizhang.Core.Rules;
using Shizhang.Storage.Records;

namespace Shizhang.App.Features.Alerts;

/// <summary>What the rules find at the unit looked at, today or on a past day.</summary>
[Needs(Right.Business)]
internal sealed class AlertsPage(VisitorAlerts alerts, RuleWatch watch) : SitePage
{
    private const int MostInGroup = 15;
    private const int MostInOne = 300;

    public override Room Room => Room.Alerts;

    /// <summary>unit, rule or ledger.</summary>
    [BindProperty(SupportsGet = true)]
    public string By { get; set; } = "rule";

    /// <summary>overdue, due, other, aside, mine (what the workbench offers) or others (the rest of it); anything else is all that is not set aside.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Show { get; set; }

    /// <summary>A past day (or any moment a command takes); null is now.</summary>
    [BindProperty(SupportsGet = true)]
    public string? On { get; set; }

    /// <summary>One group alone.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Group { get; set; }

    public string? Refusal { get; private set; }

    /// <summary>The day clocks are read on.</summary>
    public DateOnly Day { get; private set; }

    public IReadOnlyDictionary<AlertTiming, int> Counts { get; private set; } = new Dictionary<AlertTiming, int>();

    /// <summary>Of those not set aside, the steps the visitor may take.</summary>
    public int MineCount { get; private set; }

    public IReadOnlyList<IGrouping<string, Alert>> Groups { get; private set; } = [];

    /// <summary>Records that were opened again just now, because a rule they keep no longer holds.</summary>
    public IReadOnlyList<RecordKey> Reopened { get; private set; } = [];

    public int Most => Group is null ? MostInGroup : MostInOne;

    public async Task<IActionResult> OnGetAsync()
    {
        By = By is "unit" or "ledger" ? By : "rule";
        On = string.IsNullOrWhiteSpace(On) ? null : On;
        Reopened = On is null ? await watch.LookAsync() : [];
        var open = await alerts.OfAsync(Visit, On);
        (Refusal, Day) = (open.Refusal, open.Scope?.Today ?? Visit.Day);
        MineCount = open.Alerts.Count(a => a.AsideUntil is null && DeskAlerts.IsMine(Access, a));
        Counts = open.Alerts.GroupBy(a => AlertTimings.Of(a, Day)).ToDictionary(g => g.Key, g => g.Count());
        var shown = open.Alerts.Where(IsShown).GroupBy(KeyOf, StringComparer.Ordinal).Where(g => Group is null || g.Key == Group);
        Groups = [.. shown.OrderBy(g => g.Min(a => AlertTimings.Of(a, Day))).ThenByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal)];
        return Page();
    }

    public string Address(string? by = null, string? show = null, string? group = null) =>
        "/alerts" + QueryString.Create(new Dictionary<string, string?>(StringComparer.Ordinal) { ["by"] = by ?? By, ["show"] = show ?? Show, ["on"] = On, ["group"] = group }.Where(p => !string.IsNullOrEmpty(p.Value)));

    public string NameOf(IGrouping<string, Alert> group) => By switch
    {
        "unit" => UnitOf(group.First()),
        "ledger" => RecordView.NameOf(group.First().Ledger),
        _ => Said(group.First()),
    };

    public string UnitOf(Alert alert) => Access.Tree.Find(alert.Unit)?.Name ?? alert.Unit;

    public static string Said(Alert alert) => alert.Rule.Said;

    /// <summary>Where it is put right besides its record: a form for the record that is wanted; null when there is none for the visitor.</summary>
    public (Ledger Ledger, string Address)? FormOf(Alert alert) => alert.Rule switch
    {
        FollowUpRule rule when Access.Records(rule.Ledger) => (rule.Ledger, $"/ledgers/{rule.Ledger.Code}/new?{rule.By.Code}={Uri.EscapeDataString($"#{alert.Record}")}"),
        CadenceRule when Access.RefusalToRecord(alert.Ledger, alert.Unit) is null => (alert.Ledger, $"/ledgers/{alert.Ledger.Code}/new?{alert.Ledger.Unit.Code}={alert.Unit}"),
        _ => null,
    };

    private string KeyOf(Alert alert) => By switch
    {
        "unit" => alert.Unit,
        "ledger" => alert.Ledger.Code,
        _ => alert.Rule.Code,
    };

    private bool IsShown(Alert alert) => AlertTimings.Of(alert, Day) is var timing && Show switch
    {
        "overdue" => timing == AlertTiming.Overdue,
        "due" => timing == AlertTiming.Due,
        "other" => timing == AlertTiming.Other,
        "aside" => timing == AlertTiming.Aside,
        "mine" or "others" => timing != AlertTiming.Aside && DeskAlerts.IsMine(Access, alert) == (Show == "mine"),
        _ => timing != AlertTiming.Aside,
    };
}
