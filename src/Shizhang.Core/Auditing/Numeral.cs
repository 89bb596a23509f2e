namespace Shizhang.Core.Auditing;

/// <summary>
/// A number as written: where, its value with 万 and 亿 applied, one unit of its last digit, whether it said 余 or 多, and
/// whether a fraction made it a share (百分之五 is 5 %).
/// </summary>
internal readonly record struct Numeral(int Start, int End, decimal Value, decimal Step, bool IsChinese, bool IsOver, bool HasMultiplier, NumeralKind Kind);

internal enum NumeralKind
{
    Plain,

    /// <summary>百分之…, 五成: in %.</summary>
    Percent,

    /// <summary>千分之….</summary>
    Permille,

    /// <summary>三分之一: a fraction without unit.</summary>
    Fraction,
}
