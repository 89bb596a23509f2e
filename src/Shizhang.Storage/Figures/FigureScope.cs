using Shizhang.Core.Figures;
using Shizhang.Core.Records;

namespace Shizhang.Storage.Figures;

/// <summary>
/// What a set of figures is about. <see cref="Units"/> are the unit codes of the scope, null for the whole town;
/// <see cref="AsOf"/> the journal number it is told at and <see cref="AtHead"/> whether that is the latest; <see cref="Today"/> the
/// day of that moment in Asia/Shanghai.
/// </summary>
public sealed record FigureScope(string Town, string Unit, IReadOnlyList<string>? Units, Period Period, long AsOf, bool AtHead, DateOnly Today, UnitTree Tree);
