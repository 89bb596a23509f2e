namespace Shizhang.Core.Records.FieldTypes;

/// <summary>All field types by the code they have in YAML.</summary>
public static class KnownFieldTypes
{
    public static IReadOnlyDictionary<string, FieldType> ByCode { get; } = new FieldType[]
    {
        new TextType(), new NoteType(), new IntegerType(), new DecimalType(), new MoneyType(), new DateType(), new YesNoType(),
        new ChoiceType(), new ChoicesType(), new UnitType(), new RecordType(), new LinesType(), new IdNumberType(),
        new CreditCodeType(), new PhoneType(),
    }.ToDictionary(t => t.Code, StringComparer.Ordinal);
}
