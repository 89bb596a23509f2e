using Shizhang.Core.Figures;
using Shizhang.Core.Records;

namespace Shizhang.Storage.Figures;

/// <summary>
/// What a set of figures is about. <see cref="Units"/> are the unit codes of the scope, null for the whole town;
/// <see cref="AsOf"/> the journal number it is told at and <see cref="AtHead"/> whether that is the latest; <see cref="Today"/> the
/// day of that moment in Asia/Shanghai.
/// </summary>
public sealed record FigureScope(string Town, string Unit, IReadOnlyList<string>? Units, Period Period, long AsOf, bool AtHead, DateOnly Today, UnitTree Tree)
{
    /// <summary>The same unit and moment over another period: what stood below the unit is asked of its last day.</summary>
    public FigureScope During(Period period) => this with { Period = period, Units = Units is null ? null : Tree.Scope(Unit, period.To) };

    /// <summary>The same period and moment at another unit of the tree.</summary>
    public FigureScope At(string unit) => this with { Unit = unit, Units = unit == Tree.Root?.Code ? null : Tree.Scope(unit, Period.To) };
}
