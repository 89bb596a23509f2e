using Shizhang.Core.Filters;

namespace Shizhang.Core.Catalogs;

/// <summary>What must hold in a ledger; one record type per kind of DESIGN 4's closed list.</summary>
public abstract record Rule
{
    /// <summary>Its name in the pack, by which a record keeps it and an alert is told from others: <c>ledger.kind</c> when none is given.</summary>
    public string Code { get; init; } = "";

    public string Message { get; init; } = "";
    public string? MessageEn { get; init; }

    /// <summary>What it says, in the reader's language.</summary>
    public string Said => Texts.Text.Choose(Message, MessageEn);

    public SourceLine Source { get; init; }

    /// <summary>Which records the rule is about; null for all.</summary>
    public Filter? Where { get; init; }

    /// <summary>The indicators it holds against something; none when it looks at records.</summary>
    public IEnumerable<Indicator> Indicators => this switch
    {
        QuotaRule quota => [quota.Approved, quota.InPost],
        BalanceRule balance => [balance.Total, .. balance.Parts],
        BoundRule bound => [bound.Indicator],
        _ => [],
    };
}

/// <summary>A step is overdue, or due within <see cref="Before"/> days; <see cref="Step"/> null means every step with a deadline.</summary>
public sealed record DeadlineRule(Step? Step, int Before) : Rule;

/// <summary>At least <see cref="AtLeast"/> records in each period for each unit of the kinds named.</summary>
public sealed record CadenceRule(int AtLeast, Cadence Per, IReadOnlyList<string> Each) : Rule;

/// <summary>The same person stands in <see cref="Times"/> consecutive lines that <see cref="LineWhere"/> selects.</summary>
public sealed record StreakRule(Field Lines, Field Person, Filter LineWhere, int Times) : Rule;

/// <summary>In post above approved, or below it (vacant), per value of <see cref="By"/>.</summary>
public sealed record QuotaRule(Indicator Approved, Indicator InPost, Field? By) : Rule;

/// <summary>The parts add up to the total, or at most to it.</summary>
public sealed record BalanceRule(IReadOnlyList<Indicator> Parts, Indicator Total, bool AtMost, decimal Tolerance) : Rule;

/// <summary>An indicator stays at or above <see cref="AtLeast"/>, at or below <see cref="AtMost"/>.</summary>
public sealed record BoundRule(Indicator Indicator, decimal? AtLeast, decimal? AtMost) : Rule;

/// <summary>Each record has at least <see cref="AtLeast"/> lines of a field.</summary>
public sealed record CoverageRule(Field Of, int AtLeast) : Rule;

/// <summary>A record wants one in <see cref="Ledger"/> that refers to it through <see cref="By"/>, in time.</summary>
public sealed record FollowUpRule(Ledger Ledger, Field By, Deadline Within) : Rule;

/// <summary>A fact not confirmed for so many months.</summary>
public sealed record StaleRule(int Months) : Rule;

/// <summary>Recorded more than so many days after it happened.</summary>
public sealed record LateEntryRule(int Days) : Rule;

public enum Cadence
{
    Week,
    Month,
    Quarter,
    HalfYear,
    Year,
}
