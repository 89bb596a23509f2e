using Microsoft.AspNetCore.Mvc;
using Shizhang.App.Access;
using Shizhang.App.Texts;
using Shizhang.Core.Catalogs;
using Shizhang.Core.Figures;
using Shizhang.Core.Reports;
using Shizhang.Storage.Figures;
using Shizhang.Storage.Issues;

namespace Shizhang.App.Features.Reports;

/// <summary>A figure whose records changed since the issue, with those of them that the visitor sees.</summary>
internal sealed record ChangedLine(ChangedFigure Figure, IReadOnlyList<(DifferenceKind Kind, CountedLine Line)>? Records);

/// <summary>A report as it was issued, and on demand what has become of it.</summary>
[Needs(Right.Business)]
internal sealed class IssuedPage : ReportPageBase
{
    public const int MostRecords = 20;

    public string Id { get; private set; } = "";

    public IssuedReport Issued { get; private set; } = null!;

    public Recount? Recount { get; private set; }

    public IReadOnlyList<ChangedLine> Changes { get; private set; } = [];

    public string IssuedBy { get; private set; } = "";

    public string UnitName => Access.Tree.Find(Issued.Unit)?.Name ?? Issued.Unit;

    private Catalog Pack { get; set; } = null!;

    public async Task<IActionResult> OnGetAsync(string id, string? figure, bool recount)
    {
        if (!await LoadAsync(id))
        {
            return Nothing();
        }

        if (figure is not null && Find(figure) is { } found)
        {
            Panel = await PanelAsync(found);
        }

        if (recount)
        {
            Recount = await IssueWork.RecountAsync(Place, Issued);
            Changes = await ChangesAsync(Recount);
        }

        IssuedBy = (await Accounts.NamesAsync(Place)).GetValueOrDefault(Issued.IssuedBy, Issued.IssuedBy);
        return Page();
    }

    public async Task<IActionResult> OnGetPanelAsync(string id, string? figure) =>
        await LoadAsync(id) && Find(figure) is { } found ? PanelAlone(await PanelAsync(found)) : Nothing();

    public async Task<IActionResult> OnGetFileAsync(string id, string? type)
    {
        if (!await LoadAsync(id))
        {
            return Nothing();
        }

        // A printed copy carries number and hash, so that it can be held against the journal.
        var stamp = AppText.Of["issue_stamp", Id, Issued.IssuedAt, Issued.AsOf, Issued.JournalHash];
        return FileOf(Document! with { Stamp = stamp }, Id, type, f => $"/issues/{Id}?figure={f.Figure.Indicator.Code}#panel");
    }

    private async Task<bool> LoadAsync(string id)
    {
        if (await new IssueArchive(Place.Store).FindAsync(Place.Town, id) is not { } issued || Access.Units()?.Contains(issued.Unit) is false)
        {
            return false;
        }

        (Id, Issued, Pack) = (id, issued, await Place.CatalogOfAsync(issued.Pack));
        Document = IssuedDocument.Of(issued, Pack);
        return true;
    }

    private Figure? Find(string? code) => Document!.Figures.FirstOrDefault(f => f.Figure.Indicator.Code == code)?.Figure;

    private async Task<FigurePanel> PanelAsync(Figure figure)
    {
        var engine = new FigureEngine(Place.Store);
        var then = await engine.ScopeAsync(Place.Town, figure.Period, Issued.Unit, Issued.AsOf);
        var now = await engine.ScopeAsync(Place.Town, figure.Period, Issued.Unit);
        var panel = await FigurePanel.OfAsync(Visit, then!, figure, Closed(figure.Indicator.Code));
        return now is null ? panel : panel with { Now = (await engine.ComputeAsync(now, [figure.Indicator]))[0] };
    }

    private async Task<IReadOnlyList<ChangedLine>> ChangesAsync(Recount recount)
    {
        var lines = new List<ChangedLine>();
        foreach (var change in recount.Changes)
        {
            if (!Access.Reads(change.Now.Indicator))
            {
                lines.Add(new ChangedLine(change, null));
                continue;
            }

            var shown = new List<(DifferenceKind, CountedLine)>();
            foreach (var some in change.Records.Take(MostRecords).GroupBy(r => r.Kind))
            {
                shown.AddRange((await CountedView.OfAsync(Visit, [.. some.Select(r => r.Record)], some.Key == DifferenceKind.Gone ? Issued.AsOf : null)).Select(l => (some.Key, l)));
            }

            lines.Add(new ChangedLine(change, shown));
        }

        return lines;
    }
}
