namespace Shizhang.Core.Figures;

/// <summary>When a figure said in words holds against what the records say (DESIGN 6).</summary>
public static class Bounds
{
    /// <summary>
    /// <paramref name="stated"/> as written, multipliers applied; <paramref name="step"/> one unit of the last digit it was
    /// written with (0.01亿 for 12.49亿), so that a rounded exact figure holds for what rounds to it.
    /// </summary>
    public static bool Holds(Bound bound, decimal stated, decimal step, decimal actual)
    {
        var last = LastUnit(stated);
        return bound switch
        {
            Bound.Exact => actual >= stated - (step / 2) && actual < stated + (step / 2),
            Bound.Over => actual >= stated && actual < stated + last,
            Bound.AtLeast => actual >= stated,
            Bound.MoreThan => actual > stated,
            Bound.Nearly => actual < stated && actual >= stated - last,
            Bound.Under => actual < stated,
            Bound.AtMost => actual <= stated,
            Bound.About => Math.Abs(actual - stated) <= Math.Abs(stated) * 0.05m,
            _ => throw new ArgumentOutOfRangeException(nameof(bound)),
        };
    }

    /// <summary>One unit of the last digit that is not zero: 10 for 150, 1000 for 3000, 0.1 for 2.5. 1 for 0.</summary>
    public static decimal LastUnit(decimal number)
    {
        if (number == 0)
        {
            return 1;
        }

        var unit = 1m;
        while (number % (unit * 10) == 0)
        {
            unit *= 10;
        }

        while (number % unit != 0)
        {
            unit /= 10;
        }

        return unit;
    }
}
