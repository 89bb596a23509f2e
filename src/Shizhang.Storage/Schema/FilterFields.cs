using Shizhang.Core.Catalogs;
using Shizhang.Core.Filters;

namespace Shizhang.Storage.Schema;

/// <summary>The fields of a record that a filter reads; those of its lines are not among them.</summary>
internal static class FilterFields
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

    private static IEnumerable<Field> Of(Operand operand) => operand switch
    {
        FieldOperand field => [field.Field],
        Part part => Of(part.Operand),
        _ => [],
    };
}
