using Shizhang.App.Features.Workplaces;
using Shizhang.Core.Catalogs;
using Shizhang.Core.Figures;
using Shizhang.Storage.Figures;

namespace Shizhang.App.Features.Figures;

/// <summary>An indicator over the whole and in each column; every cell is computed for itself, none by adding.</summary>
internal sealed record MatrixRow(FigureRow Whole, IReadOnlyList<Figure> Cells)
{
    public Indicator Indicator => Whole.Figure.Indicator;
}

/// <summary>Indicators down, parts of a period or units across.</summary>
internal static class Matrix
{
    /// <summary>The rows of some indicators; <paramref name="columns"/> are scopes of the same moment.</summary>
    public static async Task<IReadOnlyList<MatrixRow>> ComputeAsync(Workplace place, FigureScope whole, IReadOnlyList<FigureScope> columns, IReadOnlyList<Indicator> indicators)
    {
        var period = whole.Period;
        FigureScope[] scopes = [whole, whole.During(period.YearBefore()), whole.During(period.Previous()), .. columns];
        var figures = indicators.Count == 0 ? [] : await new FigureEngine(place.Store).ComputeAsync(scopes, indicators);
        return [.. indicators.Select((_, i) => new MatrixRow(new FigureRow(figures[0][i], figures[1][i], figures[2][i]), [.. figures.Skip(3).Select(f => f[i])]))];
    }
}
