using Microsoft.AspNetCore.Mvc;
using Shizhang.App.Access;
using Shizhang.App.Features.Alerts;
using Shizhang.App.Features.Drafts;
using Shizhang.App.Features.Figures;
using Shizhang.App.Site;
using Shizhang.Core.Catalogs;
using Shizhang.Core.Records;
using Shizhang.Core.Rules;
using Shizhang.Storage.Journal;

namespace Shizhang.App.Features.Workbench;

[Needs(Right.Account)]
internal sealed class WorkbenchPage(DraftWork drafts, VisitorAlerts alerts, UntilRecorded kept) : SitePage
{
    private const int MostSteps = 12;
    private const int MostAlerts = 8;
    private const int MostLedgers = 8;
    private const int MostTitle = 60;

    public override Room Room => Room.Workbench;

    /// <summary>Steps with a clock that the visitor may take, the most urgent first.</summary>
    public IReadOnlyList<Alert> Steps { get; private set; } = [];

    public int StepCount { get; private set; }

    public IReadOnlyList<Alert> Alerts { get; private set; } = [];

    public int AlertCount { get; private set; }

    public IReadOnlyList<RecentRecord> Recent { get; private set; } = [];

    public IReadOnlyList<Ledger> Quick { get; private set; } = [];

    public IReadOnlyList<MatrixRow> Figures { get; private set; } = [];

    public IReadOnlyList<KeptForm> Drafts { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync()
    {
        if (!Access.IsBusiness)
        {
            return Go("/admin");
        }

        var lines = await RecentRecords.LinesAsync(Visit);
        Recent = await RecentRecords.OfAsync(Visit, lines);
        Quick = [.. Lately(lines).Take(MostLedgers)];
        Drafts = await drafts.ListAsync(Access.Account.Name);
        var (mine, others) = await DeskAlerts.OfAsync(Visit, alerts);
        (StepCount, Steps) = (mine.Count, [.. mine.Take(MostSteps)]);
        (AlertCount, Alerts) = (others.Count, [.. others.Take(MostAlerts)]);
        Figures = await LineFigures.OfAsync(Visit, kept, Lately(lines));
        return Page();
    }

    /// <summary>Overdue on the day looked at, or due.</summary>
    public bool IsLate(Alert alert) => alert.Due is { } due && due < Visit.Day;

    /// <summary>The ledger a draft's form belongs to; null when it is another form.</summary>
    public Ledger? LedgerOf(KeptForm draft) => draft.Address.Split('/') is ["", "ledgers", var code, ..] ? Place.Catalog.Ledgers.GetValueOrDefault(code) : null;

    /// <summary>What tells a draft from others of its ledger: the number of its record, and what was typed of its title; nothing personal.</summary>
    public string Described(KeptForm draft, Ledger ledger)
    {
        var number = draft.Address.Split('/') is [_, _, _, var id, _, ..] ? $"#{id} " : "";
        var typed = new RecordTitle(ledger).Fields.Where(f => !f.Personal).Select(f => draft.Fields.GetValueOrDefault(f.Code) is [{ Length: > 0 } text, ..] ? Access.Tree.Find(text)?.Name ?? text : null).OfType<string>();
        var title = number + string.Join(' ', typed);
        return title.Length > MostTitle ? title[..MostTitle] + "…" : title;
    }

    // The ledgers used most lately first; those not used yet as the pack orders them.
    private IEnumerable<Ledger> Lately(IReadOnlyList<JournalLine> lines)
    {
        var used = lines.GroupBy(l => l.Ledger!, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);
        return Access.Recorded.OrderByDescending(l => used.GetValueOrDefault(l.Code));
    }
}
