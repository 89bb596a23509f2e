using Microsoft.AspNetCore.Mvc;
using Shizhang.App.Access;
using Shizhang.App.Features.Figures;
using Shizhang.App.Site;
using Shizhang.Core.Catalogs;
using Shizhang.Core.Figures;
using Shizhang.Core.Reports;
using Shizhang.Core.Texts;
using Shizhang.Storage.Figures;

namespace Shizhang.App.Features.Reports;

[Needs(Right.Business)]
internal sealed class ReportPage(UntilRecorded kept) : ReportPageBase
{
    public ReportTemplate Template { get; private set; } = null!;

    public FigureScope Scope { get; private set; } = null!;

    public string? Refusal { get; private set; }

    public string UnitName => Scope.Tree.Find(Scope.Unit)?.Name ?? Place.TownName;

    public async Task<IActionResult> OnGetAsync(string code, string? figure)
    {
        if (!await LoadAsync(code))
        {
            return Nothing();
        }

        await ComputeAsync();
        if (figure is not null && Document?.Figures.Any(f => f.Figure.Indicator.Code == figure) is true)
        {
            Panel = await PanelAsync(figure);
        }

        return Page();
    }

    /// <summary>The panel alone, for a page that is already there.</summary>
    public async Task<IActionResult> OnGetPanelAsync(string code, string? figure)
    {
        if (!await LoadAsync(code) || !ReportRenderer.CodesOf(Template, Place.Catalog).Contains(figure))
        {
            return Nothing();
        }

        return PanelAlone(await PanelAsync(figure!));
    }

    public async Task<IActionResult> OnGetFileAsync(string code, string? type)
    {
        if (!await LoadAsync(code))
        {
            return Nothing();
        }

        await ComputeAsync();
        return Document is null ? Page() : FileOf(Document, Template.Name, type, f => FigureView.Address(f.Figure));
    }

    private async Task<bool> LoadAsync(string code)
    {
        if (Place.Catalog.Reports.GetValueOrDefault(code) is not { } template)
        {
            return false;
        }

        (Template, Scope) = (template, await Visit.ScopeAsync());
        return true;
    }

    private async Task ComputeAsync() => (Document, Refusal) = await kept.OfAsync(Visit, new Question(Template.Code, Visit.Unit, Visit.Period, Visit.Today, Text.Language), async () =>
        (await ReportWork.ComputeAsync(Place, Template, Scope), (long?)Scope.AsOf));

    private async Task<FigurePanel> PanelAsync(string code)
    {
        var figure = (await new FigureEngine(Place.Store).ComputeAsync(Scope, [Place.Catalog.Indicators[code]]))[0];
        return await FigurePanel.OfAsync(Visit, Scope, figure, Closed(code)) with { Last = await LastFigure.OfAsync(Visit, Template.Code, figure) };
    }

    private sealed record Question(string Template, string Unit, Period Period, DateOnly Today, Language Language);
}
