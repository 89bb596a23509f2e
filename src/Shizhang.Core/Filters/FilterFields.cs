using Shizhang.Core.Catalogs;

namespace Shizhang.Core.Filters;

/// <summary>The fields of a record that a filter reads; those of its lines are not among them.</summary>
public static class FilterFields
{
    public static IEnumerable<Field> Of(Filter? filter) => filter switch
    {
        And and => Of(and.Left).Concat(Of(and.Right)),
        Or or => Of(or.Left).Concat(Of(or.Right)),
        Comparison comparison => Of(comparison.Left).Concat(Of(comparison.Right)),
        IsNull isNull => Of(isNull.Operand),
        In list => Of(list.Operand),
        TextMatch match => Of(match.Operand),
        _ => [],
    };

    /// <summary>Every field a filter reads, those of lines among them.</summary>
    public static IEnumerable<Field> Everywhere(Filter? filter) => filter switch
    {
        And and => Everywhere(and.Left).Concat(Everywhere(and.Right)),
        Or or => Everywhere(or.Left).Concat(Everywhere(or.Right)),
        Any any => Everywhere(any.Where).Prepend(any.Child),
        _ => Of(filter),
    };

    /// <summary>The lines and choices that a filter asks.</summary>
    public static IEnumerable<Field> ChildrenOf(Filter? filter) => filter switch
    {
        And and => ChildrenOf(and.Left).Concat(ChildrenOf(and.Right)),
        Or or => ChildrenOf(or.Left).Concat(ChildrenOf(or.Right)),
        Any any => [any.Child],
        Comparison comparison => new[] { comparison.Left, comparison.Right }.OfType<ChildCount>().Select(c => c.Child),
        _ => [],
    };

    /// <summary>The fields of lines that a filter reads.</summary>
    public static IEnumerable<Field> InLinesOf(Filter? filter) => filter switch
    {
        And and => InLinesOf(and.Left).Concat(InLinesOf(and.Right)),
        Or or => InLinesOf(or.Left).Concat(InLinesOf(or.Right)),
        Any any => Of(any.Where),
        _ => [],
    };

    private static IEnumerable<Field> Of(Operand operand) => operand switch
    {
        FieldOperand field => [field.Field],
        Part part => Of(part.Operand),
        _ => [],
    };
}
