namespace Shizhang.Core.Figures;

/// <summary>
/// How a figure compares with an earlier one. The difference of two percentages is in percentage points (百分点); otherwise
/// growth is in %, and undefined over a base that is zero or negative (rules of statistics: print a dash). Spans that share days
/// compare a good part with itself: no growth either.
/// </summary>
public readonly record struct Growth(decimal? Percent, decimal? Points)
{
    public static Growth Between(Figure now, Figure before)
    {
        if (now.Value is not { } current || before.Value is not { } earlier || now.Period.Overlaps(before.Period))
        {
            return default;
        }

        if (now.Indicator.IsPercent)
        {
            return new Growth(null, current - earlier);
        }

        return earlier > 0 ? new Growth((current - earlier) / earlier * 100, null) : default;
    }
}
