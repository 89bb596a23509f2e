using Shizhang.Core.Catalogs;

namespace Shizhang.Core.Filters;

/// <summary>Groups of records and what is counted in each: OData <c>$apply</c> with <c>groupby</c> and <c>aggregate</c>, after an optional <c>filter</c>.</summary>
public sealed record Apply(Filter? Where, IReadOnlyList<Operand> By, IReadOnlyList<Aggregation> Aggregations);

/// <summary>A number per group; <see cref="Operand"/> is null when records are counted.</summary>
public sealed record Aggregation(AggregationKind Kind, Operand? Operand, string Alias)
{
    public Field? Field => (Operand as FieldOperand)?.Field;
}

public enum AggregationKind
{
    Count,
    Sum,
    Min,
    Max,
    CountDistinct,
}

/// <summary>An <see cref="Filters.Apply"/>, or the sentence that says what is wrong with its text.</summary>
public readonly record struct ReadApply(Apply? Apply, string? Refusal);
