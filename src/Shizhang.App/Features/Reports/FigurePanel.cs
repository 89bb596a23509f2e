using Shizhang.App.Site;
using Shizhang.Core.Figures;
using Shizhang.Core.Reports;
using Shizhang.Storage.Figures;
using Shizhang.Storage.Issues;

namespace Shizhang.App.Features.Reports;

/// <summary>
/// What stands behind a figure of a report: <see cref="Records"/> are the first it counts, null when the visitor does not read its
/// ledgers. It is compared with the last issue of the report or, in an issued one, with what is counted now.
/// </summary>
internal sealed record FigurePanel(Figure Figure, IReadOnlyList<CountedLine>? Records, string UnitName, string Measure, string Close)
{
    public const int MostRecords = 8;

    public LastFigure? Last { get; init; }

    public Figure? Now { get; init; }

    public static async Task<FigurePanel> OfAsync(Visit visit, FigureScope scope, Figure figure, string close) => new(
        figure, await CountedView.FirstAsync(visit, scope, figure.Indicator, MostRecords), scope.Tree.Find(scope.Unit)?.Name ?? visit.Place.TownName,
        figure.Indicator.MeasureShown, close);
}

/// <summary>The same figure as it was issued last; <see cref="Figure"/> is null when that report did not have it.</summary>
internal sealed record LastFigure(IssuedLine Issue, IssuedFigure? Figure)
{
    /// <summary>The last issue of a report for a unit, with what it froze; null when there is none.</summary>
    public static async Task<(IssuedLine Line, IssuedReport Report)?> IssueAsync(Visit visit, string report, string unit)
    {
        var archive = new IssueArchive(visit.Place.Store);
        return (await archive.HeadsAsync(visit.Place.Town, report)).Find(l => l.Head.Unit == unit) is { } line && await archive.FindAsync(visit.Place.Town, line.Id) is { } issued
            ? (line, issued)
            : null;
    }

    public static async Task<LastFigure?> OfAsync(Visit visit, string report, Figure figure) =>
        await IssueAsync(visit, report, figure.Unit) is var (line, issued) ? new LastFigure(line, issued.Figures.FirstOrDefault(f => f.Indicator == figure.Indicator.Code)) : null;
}
