using Shizhang.Core.Filters;

namespace Shizhang.Core.Catalogs;

/// <summary>A named question to the ledgers, with its definition (口径) in words.</summary>
public sealed class Indicator
{
    public required string Code { get; init; }
    public required string Name { get; init; }
    public string? En { get; init; }

    /// <summary>The name as the reader's language shows it.</summary>
    public string Shown => Texts.Text.Choose(Name, En);

    /// <summary>Unit of measure as printed: 人, 件, 元, %.</summary>
    public required string Measure { get; init; }
    public string? MeasureEn { get; init; }

    /// <summary>The unit of measure as the reader's language shows it.</summary>
    public string MeasureShown => Texts.Text.Choose(Measure, MeasureEn);

    /// <summary>A number with its unit of measure: 15个, and in English apart: 15 items.</summary>
    public string Measured(string number) => number + (IsPercent ? Measure : Texts.Text.Choose(Measure, $" {MeasureShown}"));

    /// <summary>口径: in words, what is counted and by which date.</summary>
    public required string Definition { get; init; }

    /// <summary>The ledger whose file defines it. Composed indicators may ask other ledgers through their parts.</summary>
    public required Ledger Ledger { get; init; }

    public required Calculation Calculation { get; init; }

    /// <summary>Digits after the point on display; null prints what is there without trailing zeros.</summary>
    public int? Digits { get; init; }

    /// <summary>First 8 hex digits of the SM3 of the definition and of its parts: changes when either does.</summary>
    public required string Version { get; init; }

    public required SourceLine Source { get; init; }

    public bool IsPercent => Measure == "%";

    /// <summary>The questions to ledgers it is composed of; itself when it asks one.</summary>
    public IEnumerable<Indicator> Leaves => Calculation switch
    {
        Ratio ratio => ratio.Numerator.Leaves.Concat(ratio.Denominator.Leaves),
        Total total => total.Parts.SelectMany(p => p.Leaves),
        Difference difference => difference.Minuend.Leaves.Concat(difference.Subtrahend.Leaves),
        _ => [this],
    };

    public override string ToString() => Code;
}

/// <summary>How an indicator gets its value; the closed list of DESIGN 4.</summary>
public abstract record Calculation;

/// <summary>Asks one ledger: counts, adds or takes the latest of what <see cref="Where"/> selects.</summary>
public sealed record Question : Calculation
{
    public required Aggregate Aggregate { get; init; }

    /// <summary>The field added, counted distinct or taken latest; null when records or lines are counted.</summary>
    public Field? Field { get; init; }

    /// <summary>The lines field asked, when the question is about lines and not records.</summary>
    public Field? Lines { get; init; }

    /// <summary>Which records; null for all.</summary>
    public Filter? Where { get; init; }

    /// <summary>Which lines of those records; null for all. Only with <see cref="Lines"/>.</summary>
    public Filter? LineWhere { get; init; }

    public required Moment Moment { get; init; }

    /// <summary>Flow only: the field that dates a record for this question; null for the ledger's own date.</summary>
    public Field? Date { get; init; }

    /// <summary>Stock only: in force from this date on.</summary>
    public Field? From { get; init; }

    /// <summary>Stock only: until the day before this date; empty is still in force.</summary>
    public Field? Until { get; init; }
}

/// <summary>a / b, ×100 when the measure is %. No value over 0.</summary>
public sealed record Ratio(Indicator Numerator, Indicator Denominator) : Calculation;

/// <summary>The sum of its parts.</summary>
public sealed record Total(IReadOnlyList<Indicator> Parts) : Calculation;

/// <summary>The first less the second.</summary>
public sealed record Difference(Indicator Minuend, Indicator Subtrahend) : Calculation;

public enum Aggregate
{
    /// <summary>Number of records, or of lines.</summary>
    Count,

    /// <summary>Sum of a field.</summary>
    Sum,

    /// <summary>Number of different values of a field.</summary>
    Distinct,

    /// <summary>Each unit's last value, added over units.</summary>
    Latest,
}

public enum Moment
{
    /// <summary>Flow: dated within the period, both ends included.</summary>
    Within,

    /// <summary>Stock: in force on the last day of the period.</summary>
    AtEnd,
}
