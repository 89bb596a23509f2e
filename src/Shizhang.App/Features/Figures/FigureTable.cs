using Shizhang.App.Features.Workplaces;
using Shizhang.Core.Catalogs;
using Shizhang.Core.Figures;
using Shizhang.Storage.Figures;

namespace Shizhang.App.Features.Figures;

/// <summary>A figure with, when asked for, the same a year before (同比) and in the span before (环比).</summary>
internal sealed record FigureRow(Figure Figure, Figure? YearBefore = null, Figure? Previous = null);

/// <summary>Figures of a period or of each of its parts; every part is counted for itself.</summary>
internal static class FigureTable
{
    public static async Task<IReadOnlyList<FigureRow>> ComputeAsync(Workplace workplace, FigureScope scope, IReadOnlyList<Indicator> indicators, PeriodStep? by, bool growth)
    {
        var engine = new FigureEngine(workplace.Store);
        var rows = new List<FigureRow>();
        foreach (var period in by is { } step ? scope.Period.Split(step) : [scope.Period])
        {
            Period[] asked = growth ? [period, period.YearBefore(), period.Previous()] : [period];
            var figures = await engine.ComputeAsync([.. asked.Select(scope.During)], indicators);
            rows.AddRange(indicators.Select((_, i) => growth ? new FigureRow(figures[0][i], figures[1][i], figures[2][i]) : new FigureRow(figures[0][i])));
        }

        return rows;
    }
}
