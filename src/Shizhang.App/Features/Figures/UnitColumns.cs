using Shizhang.Core.Catalogs;
using Shizhang.Core.Figures;
using Shizhang.Core.Records;

namespace Shizhang.App.Features.Figures;

/// <summary>What the units in the columns of a matrix have of its totals, and what lies elsewhere.</summary>
internal static class UnitColumns
{
    /// <summary>The kind whose units have most of what the rows count, each row weighing the same; null when none has anything.</summary>
    public static string? Fullest(IReadOnlyList<MatrixRow> rows, IReadOnlyList<Unit> units)
    {
        var shares = units.Index().GroupBy(u => u.Item.Kind, u => u.Index)
            .Select(g => (Kind: g.Key, Share: rows.Where(r => Adds(r.Indicator) && r.Whole.Figure.Value is not (null or 0)).Sum(r => g.Sum(i => r.Cells[i].Value ?? 0) / r.Whole.Figure.Value!.Value)))
            .ToList();
        return shares.Count > 0 && shares.MaxBy(s => s.Share) is { Share: > 0 } fullest ? fullest.Kind : null;
    }

    /// <summary>The total less the columns: other kinds of units, and the unit itself. Nothing of a share or of different values, which do not add.</summary>
    public static Figure Elsewhere(MatrixRow row) =>
        row.Whole.Figure with { Value = Adds(row.Indicator) && row.Whole.Figure.Value is { } total ? total - row.Cells.Sum(c => c.Value ?? 0) : null };

    private static bool Adds(Indicator indicator) => indicator.Calculation switch
    {
        Question question => question.Aggregate != Aggregate.Distinct,
        Total total => total.Parts.All(Adds),
        Difference difference => Adds(difference.Minuend) && Adds(difference.Subtrahend),
        _ => false,
    };
}
