using Shizhang.App.Texts;
using Shizhang.Core.Catalogs;
using Shizhang.Core.Records;
using Shizhang.Storage.Records;

namespace Shizhang.App.Api;

/// <summary>
/// A program that sends back what it read sends personal facts masked. Such a fact stays as it is; inside lines, which are replaced
/// whole, it cannot, and is refused, so that no mask ever takes the place of a name.
/// </summary>
internal static class MaskedInputs
{
    public static void Pass(StoredRecord record, Dictionary<string, object?> inputs, List<FieldRefusal> refusals)
    {
        foreach (var field in record.Ledger.Fields.Where(f => inputs.ContainsKey(f.Code)))
        {
            if (field.Personal && record.Values[field] is { } value && IsMask(inputs[field.Code], field, value))
            {
                inputs.Remove(field.Code);
            }
            else if (field.IsLines && inputs[field.Code] is List<Dictionary<string, object?>> lines)
            {
                refusals.AddRange(Masked(field, lines, record.Values.LinesOf(field)));
            }
        }
    }

    private static IEnumerable<FieldRefusal> Masked(Field field, List<Dictionary<string, object?>> lines, IReadOnlyList<RecordValues> current) =>
        from personal in field.Lines!.Where(f => f.Personal)
        from line in lines.Index()
        where current.Any(c => c[personal] is { } value && IsMask(line.Item.GetValueOrDefault(personal.Code), personal, value))
        select new FieldRefusal($"{field.Code}[{line.Index}].{personal.Code}", AppText.Of["masked_input"]);

    private static bool IsMask(object? input, Field field, object value) =>
        (input is List<object?> chosen ? string.Join('、', chosen) : input as string) is { } text && text.Contains('*', StringComparison.Ordinal) && text == Masking.Mask(field, value);
}
