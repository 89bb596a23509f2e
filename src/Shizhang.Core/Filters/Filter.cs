using Shizhang.Core.Catalogs;

namespace Shizhang.Core.Filters;

/// <summary>
/// A condition on a record: our own tree, compiled once from an OData <c>$filter</c>. Negation has been pushed down to
/// the leaves, so no node negates and every leaf says itself whether an empty field matches.
/// </summary>
public abstract record Filter;

public sealed record And(Filter Left, Filter Right) : Filter;

public sealed record Or(Filter Left, Filter Right) : Filter;

/// <summary>Always or never true: <c>true</c>, <c>false</c>.</summary>
public sealed record Constant(bool Value) : Filter;

/// <summary>Left and right compared; <see cref="NullMatches"/> says whether it holds when an operand is empty.</summary>
public sealed record Comparison(ComparisonOperator Operator, Operand Left, Operand Right, bool NullMatches) : Filter;

/// <summary>The operand is empty, or (<see cref="Negated"/>) is not.</summary>
public sealed record IsNull(Operand Operand, bool Negated) : Filter;

/// <summary>The operand is one of the values, or (<see cref="Negated"/>) none of them; empty counts as none of them.</summary>
public sealed record In(Operand Operand, IReadOnlyList<Literal> Values, bool Negated) : Filter;

/// <summary>contains, startswith, endswith; an empty operand matches only when <see cref="Negated"/>.</summary>
public sealed record TextMatch(TextMatchKind Kind, Operand Operand, Literal Text, bool Negated) : Filter;

/// <summary>
/// Some line (or chosen value) of a child field fulfils <see cref="Where"/>; null asks only whether there is one.
/// In <see cref="Where"/>, <see cref="FieldOperand"/>s are the line's own; a chosen value is <see cref="ChosenValue"/>.
/// </summary>
public sealed record Any(Field Child, Filter? Where, bool Negated) : Filter;

public abstract record Operand;

/// <summary>A field of the record, or inside <see cref="Any"/> of the line.</summary>
public sealed record FieldOperand(Field Field) : Operand;

/// <summary>The state of a record whose ledger has a workflow; written <c>_state</c> in a filter.</summary>
public sealed record StateOperand : Operand
{
    public const string Name = "_state";
}

/// <summary>The value itself, inside <see cref="Any"/> over a <c>choices</c> field.</summary>
public sealed record ChosenValue : Operand;

/// <summary>How many lines or chosen values a child field has: <c>visits/$count</c>.</summary>
public sealed record ChildCount(Field Child) : Operand;

/// <summary>A value: string, long, decimal, bool or DateOnly.</summary>
public sealed record Literal(object Value) : Operand;

/// <summary>The as-of day, in Asia/Shanghai.</summary>
public sealed record Today : Operand;

/// <summary>year, month, day of a date; length of a text. A whole number.</summary>
public sealed record Part(PartKind Kind, Operand Operand) : Operand;

public enum ComparisonOperator
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

public enum TextMatchKind
{
    Contains,
    StartsWith,
    EndsWith,
}

public enum PartKind
{
    Year,
    Month,
    Day,
    Length,
}
