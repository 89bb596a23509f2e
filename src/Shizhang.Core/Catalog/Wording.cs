using Shizhang.Core.Figures;

namespace Shizhang.Core.Catalogs;

/// <summary>How figures are said in prose: units of measure, words for about/over/nearly, other names of indicators.</summary>
public sealed record Wording(
    IReadOnlyDictionary<string, Measure> Measures,
    IReadOnlyDictionary<string, Bound> Bounds,
    IReadOnlyDictionary<string, IReadOnlyList<string>> IndicatorNames);

/// <summary>A unit of measure with its English word.</summary>
public sealed record Measure(string Name, string? En);
