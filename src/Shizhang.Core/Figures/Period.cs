namespace Shizhang.Core.Figures;

/// <summary>A span of days, both ends included.</summary>
public readonly record struct Period(DateOnly From, DateOnly To)
{
    /// <summary>True when it ends before it starts; such a period is refused before it is asked for.</summary>
    public bool IsBackward => To < From;

    /// <summary>Shares days with another span that is not the same.</summary>
    public bool Overlaps(Period other) => this != other && From <= other.To && other.From <= To;

    public static Period Year(int year) => new(new DateOnly(year, 1, 1), new DateOnly(year, 12, 31));

    /// <summary>Quarter 1 to 4.</summary>
    public static Period Quarter(int year, int quarter) => Months(new DateOnly(year, (quarter * 3) - 2, 1), 3);

    public static Period Month(int year, int month) => Months(new DateOnly(year, month, 1), 1);

    /// <summary>环比: the span of the same length just before. Whole months step by months, other spans by days.</summary>
    public Period Previous()
    {
        if (WholeMonths is { } months)
        {
            return Months(From.AddMonths(-months), months);
        }

        var days = To.DayNumber - From.DayNumber + 1;
        return new Period(From.AddDays(-days), From.AddDays(-1));
    }

    /// <summary>同比: the same span a year before; a month's end stays a month's end.</summary>
    public Period YearBefore() => WholeMonths is { } months ? Months(From.AddYears(-1), months) : new Period(From.AddYears(-1), To.AddYears(-1));

    /// <summary>The parts of this span by calendar month, quarter or year, first and last cut to the span.</summary>
    public IEnumerable<Period> Split(PeriodStep step)
    {
        var months = (int)step;
        var start = new DateOnly(From.Year, ((From.Month - 1) / months * months) + 1, 1);
        for (var part = Months(start, months); part.From <= To; part = Months(part.From.AddMonths(months), months))
        {
            yield return new Period(part.From < From ? From : part.From, part.To > To ? To : part.To);
        }
    }

    private int? WholeMonths => From.Day == 1 && To.AddDays(1).Day == 1
        ? ((To.Year - From.Year) * 12) + To.Month - From.Month + 1
        : null;

    private static Period Months(DateOnly from, int months) => new(from, from.AddMonths(months).AddDays(-1));

    public override string ToString() => $"{From:yyyy-MM-dd} – {To:yyyy-MM-dd}";
}

/// <summary>The length of a part in months.</summary>
public enum PeriodStep
{
    Month = 1,
    Quarter = 3,
    Year = 12,
}
