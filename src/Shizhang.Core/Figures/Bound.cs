namespace Shizhang.Core.Figures;

/// <summary>How a figure is said: exactly, or with one of the words of DESIGN 6.</summary>
public enum Bound
{
    Exact,

    /// <summary>约, 左右: within 5%.</summary>
    About,

    /// <summary>余, 多: at least it, and less than one unit of its last non-zero digit more.</summary>
    Over,

    /// <summary>超过, 突破: more than it.</summary>
    MoreThan,

    /// <summary>以上, 不少于, 至少.</summary>
    AtLeast,

    /// <summary>近: less than it, by at most one unit of its last non-zero digit.</summary>
    Nearly,

    /// <summary>不足, 低于.</summary>
    Under,

    /// <summary>以内, 不超过.</summary>
    AtMost,
}
