namespace Shizhang.Core.Auditing.Checks;

/// <summary>Comparing numbers that were each rounded to their own digits.</summary>
internal static class Arithmetic
{
    /// <summary>True when a sum of rounded parts may be the rounded total.</summary>
    public static bool SumsTo(Claim total, IReadOnlyList<Claim> parts)
    {
        var sum = parts.Sum(p => p.Value);
        return Math.Abs(sum - total.Value) <= Slack(total, parts);
    }

    /// <summary>How far rounding alone can move a sum from its total: nothing for whole counts.</summary>
    public static decimal Slack(Claim total, IReadOnlyList<Claim> parts)
    {
        var isRounded = total.Step != 1 || parts.Any(p => p.Step != 1);
        return isRounded && parts.Select(p => p.Step).Append(total.Step).Max() is var step && (step != 1 || total.Unit is "%")
            ? (parts.Sum(p => p.Step) + total.Step) / 2
            : 0;
    }

    /// <summary>True when a stated percentage can come from a ratio of rounded numbers.</summary>
    public static bool IsPercent(Claim percent, Claim part, Claim whole, decimal offset = 0)
    {
        if (whole.Value == 0)
        {
            return false;
        }

        var stated = Math.Abs(percent.Value) + offset;
        var (low, high) = (
            (part.Value - (part.Step / 2)) / (whole.Value + (whole.Step / 2)) * 100,
            whole.Value - (whole.Step / 2) is > 0 and var least ? (part.Value + (part.Step / 2)) / least * 100 : decimal.MaxValue);
        // Whole counts are exact; what is measured was rounded.
        if (part.Step == 1 && whole.Step == 1)
        {
            low = high = part.Value / whole.Value * 100;
        }

        return high >= stated - (percent.Step / 2) && low <= stated + (percent.Step / 2);
    }

    /// <summary>True when the rounding of two figures leaves so little room that a percentage which fits them is no coincidence.</summary>
    public static bool IsTelling(Claim percent, Claim part, Claim whole)
    {
        const int mostSteps = 4;
        if (part.Step == 1 && whole.Step == 1)
        {
            return true;
        }

        var room = ((part.Step / 2) + (part.Value / whole.Value * whole.Step / 2)) / whole.Value * 2 * 100;
        return room <= percent.Step * mostSteps;
    }

    /// <summary>Number of digits that mean something: 3 for 12.4 and for 40.0, 1 for 3000.</summary>
    public static int Significant(Claim claim)
    {
        var (value, digits) = (Math.Abs(claim.Value) / (claim.Step == 0 ? 1 : claim.Step), 0);
        while (claim.Step >= 1 && value >= 1 && value % 10 == 0)
        {
            value /= 10;
        }

        for (; value >= 1; value /= 10)
        {
            digits++;
        }

        return digits;
    }

    /// <summary>A value as the writer of another would write it: 310万 beside 300万元.</summary>
    public static string Print(decimal value, Claim like)
    {
        var (scale, mark) = like.Quote.Contains('亿') ? (100_000_000m, "亿") : like.Quote.Contains('万') ? (10_000m, "万") : (1m, "");
        return Print(value / scale) + mark;
    }

    public static string Print(decimal value) => value.ToString("0.####", System.Globalization.CultureInfo.InvariantCulture);
}
