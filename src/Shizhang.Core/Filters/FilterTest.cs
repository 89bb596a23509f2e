using Shizhang.Core.Records;

namespace Shizhang.Core.Filters;

/// <summary>A filter asked of one record in memory, with the same answers as in a database: an empty value matches only where a leaf says so.</summary>
public sealed class FilterTest(RecordValues record, string? state, DateOnly today)
{
    public bool Holds(Filter filter) => Holds(filter, record, null);

    private bool Holds(Filter filter, RecordValues values, string? chosen) => filter switch
    {
        And and => Holds(and.Left, values, chosen) && Holds(and.Right, values, chosen),
        Or or => Holds(or.Left, values, chosen) || Holds(or.Right, values, chosen),
        Constant constant => constant.Value,
        Comparison comparison => Compare(comparison, values, chosen),
        IsNull isNull => Value(isNull.Operand, values, chosen) is null != isNull.Negated,
        In list => OneOf(list, values, chosen),
        TextMatch match => Match(match, values, chosen),
        Any any => Exists(any, values) != any.Negated,
        _ => throw new InvalidOperationException($"No answer to {filter}."),
    };

    private bool Compare(Comparison comparison, RecordValues values, string? chosen)
    {
        if (Value(comparison.Left, values, chosen) is not { } left || Value(comparison.Right, values, chosen) is not { } right)
        {
            return comparison.NullMatches;
        }

        var order = Order(left, right);
        return comparison.Operator switch
        {
            ComparisonOperator.Equal => order == 0,
            ComparisonOperator.NotEqual => order != 0,
            ComparisonOperator.Less => order < 0,
            ComparisonOperator.LessOrEqual => order <= 0,
            ComparisonOperator.Greater => order > 0,
            _ => order >= 0,
        };
    }

    private bool OneOf(In list, RecordValues values, string? chosen) =>
        Value(list.Operand, values, chosen) is { } value ? list.Values.Any(v => Order(value, v.Value) == 0) != list.Negated : list.Negated;

    private bool Match(TextMatch match, RecordValues values, string? chosen)
    {
        if (Value(match.Operand, values, chosen) is not string text)
        {
            return match.Negated;
        }

        var wanted = (string)match.Text.Value;
        var matches = match.Kind switch
        {
            TextMatchKind.Contains => text.Contains(wanted, StringComparison.Ordinal),
            TextMatchKind.StartsWith => text.StartsWith(wanted, StringComparison.Ordinal),
            _ => text.EndsWith(wanted, StringComparison.Ordinal),
        };
        return matches != match.Negated;
    }

    private bool Exists(Any any, RecordValues values) => any.Child.IsLines
        ? values.LinesOf(any.Child).Any(line => any.Where is null || Holds(any.Where, line, null))
        : values.ChosenOf(any.Child).Any(value => any.Where is null || Holds(any.Where, values, value));

    private object? Value(Operand operand, RecordValues values, string? chosen) => operand switch
    {
        FieldOperand field => values[field.Field],
        StateOperand => state,
        ChosenValue => chosen,
        ChildCount count => (long)(count.Child.IsLines ? values.LinesOf(count.Child).Count : values.ChosenOf(count.Child).Count),
        Literal literal => literal.Value,
        Today => today,
        Part part => PartOf(part.Kind, Value(part.Operand, values, chosen)),
        _ => throw new InvalidOperationException($"No value of {operand}."),
    };

    private static object? PartOf(PartKind kind, object? value) => (kind, value) switch
    {
        (PartKind.Year, DateOnly day) => (long)day.Year,
        (PartKind.Month, DateOnly day) => (long)day.Month,
        (PartKind.Day, DateOnly day) => (long)day.Day,
        (PartKind.Length, string text) => (long)text.EnumerateRunes().Count(),
        _ => null,
    };

    private static int Order(object left, object right) => (left, right) switch
    {
        (string a, string b) => string.CompareOrdinal(a, b),
        (DateOnly a, DateOnly b) => a.CompareTo(b),
        (bool a, bool b) => a.CompareTo(b),
        _ => Number(left).CompareTo(Number(right)),
    };

    private static decimal Number(object value) => value is long whole ? whole : (decimal)value;
}
