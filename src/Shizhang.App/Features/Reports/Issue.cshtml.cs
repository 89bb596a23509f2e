using Microsoft.AspNetCore.Mvc;
using Shizhang.App.Access;
using Shizhang.App.Site;
using Shizhang.App.Texts;
using Shizhang.Core.Catalogs;
using Shizhang.Core.Figures;
using Shizhang.Core.Reports;
using Shizhang.Storage.Figures;
using Shizhang.Storage.Issues;

namespace Shizhang.App.Features.Reports;

/// <summary>Shows what an issue will freeze, and freezes it when somebody who may signs for it.</summary>
[Needs(Right.Business)]
internal sealed class IssuePage(TimeProvider clock) : SitePage
{
    public override Room Room => Room.Reports;

    public ReportTemplate Template { get; private set; } = null!;

    public FigureScope Scope { get; private set; } = null!;

    public ReportDocument? Document { get; private set; }

    public List<string> Refusals { get; } = [];

    /// <summary>The document number as typed.</summary>
    public string? Number { get; private set; }

    public bool MayIssue => Access.Issues && Document is not null;

    public string Hash { get; private set; } = "";

    public string Digest => IssueWork.DigestOf(Document!);

    public int Sentences => Core.Reports.Sentences.Of(Document!).Count;

    public IReadOnlyList<Figure> Figures { get; private set; } = [];

    public IssuedLine? Last { get; private set; }

    /// <summary>What the last issue froze, by indicator.</summary>
    public IReadOnlyDictionary<string, IssuedFigure> Before { get; private set; } = new Dictionary<string, IssuedFigure>();

    public string UnitName => Scope.Tree.Find(Scope.Unit)?.Name ?? Place.TownName;

    public async Task<IActionResult> OnGetAsync(string code)
    {
        if (!await LoadAsync(code))
        {
            return Nothing();
        }

        if (Access.RefusalToIssue() is { } denied)
        {
            Refusals.Add(denied);
        }

        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string code, string? seen, string? number)
    {
        if (!await LoadAsync(code))
        {
            return Nothing();
        }

        if (Access.RefusalToIssue() is { } denied)
        {
            Refusals.Add(denied);
        }
        else if (Document is not null && seen != Digest)
        {
            // Somebody recorded in between, or the frame was changed in another window: what is signed is what was seen.
            Refusals.Add(AppText.Of["issue_changed_since_seen"]);
        }

        Number = number;
        var (numbered, wrong) = Document is null ? default : await IssueWork.NumberedAsync(Place, Document, number);
        Refusals.AddRange(wrong is null ? [] : [wrong]);
        if (Refusals.Count > 0)
        {
            return Page();
        }

        var id = await IssueWork.IssueAsync(Place, Visit.Actor, Template, numbered!, Scope, clock);
        Notice(AppText.Of["issued_as", id]);
        return Go($"/issues/{id}");
    }

    private async Task<bool> LoadAsync(string code)
    {
        if (Place.Catalog.Reports.GetValueOrDefault(code) is not { } template)
        {
            return false;
        }

        (Template, Scope) = (template, await Visit.ScopeAsync());
        (Document, var refusal) = await ReportWork.ComputeAsync(Place, Template, Scope);
        if (refusal is not null)
        {
            Refusals.Add(refusal);
            return true;
        }

        Figures = [.. Document!.Figures.Select(f => f.Figure).DistinctBy(f => f.Indicator.Code)];
        Hash = await IssueWork.HashAsync(Place, Scope.AsOf);
        if (await LastFigure.IssueAsync(Visit, code, Scope.Unit) is var (line, issued))
        {
            (Last, Before) = (line, issued.Figures.ToDictionary(f => f.Indicator, StringComparer.Ordinal));
        }

        return true;
    }
}
