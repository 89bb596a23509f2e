using Shizhang.App.Features.Workplaces;
using Shizhang.App.Texts;
using Shizhang.Core.Catalogs;
using Shizhang.Core.Reports;
using Shizhang.Storage;
using Shizhang.Storage.Figures;

namespace Shizhang.App.Features.Reports;

/// <summary>A report computed for a scope, or the sentence that says why not.</summary>
internal sealed record ComputedReport(ReportDocument? Document, string? Refusal);

/// <summary>Computes reports: all figures of a template in one moment, then its text.</summary>
internal static class ReportWork
{
    public static async Task<ComputedReport> ComputeAsync(Workplace workplace, ReportTemplate template, FigureScope scope)
    {
        var catalog = workplace.Catalog;
        var indicators = ReportRenderer.CodesOf(template, catalog).Select(c => catalog.Indicators[c]).ToList();
        var figures = await new FigureEngine(workplace.Store).ComputeAsync(scope, indicators);
        var unitName = scope.Tree.Find(scope.Unit)?.Name ?? workplace.TownName;
        var (document, refusal) = ReportRenderer.Render(template, catalog, figures, new ReportFrame(scope.Period, workplace.TownName, unitName));
        var today = LocalTime.Today(workplace.Store.Clock);
        return new ComputedReport(document is null ? null : document with { Formalities = document.Formalities with { Date = today } }, refusal);
    }

    /// <summary>The template of a code; null, with a sentence, when there is none.</summary>
    public static (ReportTemplate? Template, string? Refusal) Find(Catalog catalog, string code) =>
        catalog.Reports.TryGetValue(code, out var template)
            ? (template, null)
            : (null, AppText.Of["report_unknown", code, string.Join('、', catalog.Reports.Keys)]);
}
