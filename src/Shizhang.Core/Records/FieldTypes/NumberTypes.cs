using Shizhang.Core.Catalogs;

namespace Shizhang.Core.Records.FieldTypes;

/// <summary>A whole number.</summary>
public sealed class IntegerType : FieldType
{
    public override string Code => "integer";

    public override StorageKind Stored => StorageKind.Integer;

    public override Parsed Parse(object? input, Field field)
    {
        if (Input.Plain(input) is not { } text)
        {
            return Parsed.Of(null);
        }

        return Input.Number(text) is { } number
            && number == decimal.Truncate(number) && number is >= long.MinValue and <= long.MaxValue
            ? Ranged.Check(number, field, (long)number)
            : Parsed.Refuse(Texts.Text.Core["field_integer", Input.Text(input)]);
    }
}

/// <summary>A number with the field's digits after the point, kept exactly.</summary>
public class DecimalType : FieldType
{
    // What a scaled whole number of 64 bits and numeric(28) both hold.
    private const decimal Largest = 9_000_000_000_000_000_000m;

    public override string Code => "decimal";

    public override StorageKind Stored => StorageKind.Decimal;

    public override Parsed Parse(object? input, Field field)
    {
        if (Input.Plain(input) is not { } text)
        {
            return Parsed.Of(null);
        }

        if (Input.Number(text) is not { } number)
        {
            return Parsed.Refuse(Texts.Text.Core["field_decimal", Input.Text(input)]);
        }

        if (decimal.Round(number, field.Scale) != number)
        {
            return Parsed.Refuse(Texts.Text.Core["field_decimal_scale", field.Scale, text]);
        }

        return Math.Abs(number) > Largest / (decimal)Math.Pow(10, field.Scale)
            ? Parsed.Refuse(Texts.Text.Core["field_decimal_large", text])
            : Ranged.Check(number, field, number);
    }
}

/// <summary>Yuan with two digits.</summary>
public sealed class MoneyType : DecimalType
{
    public const int Digits = 2;

    public override string Code => "money";
}

internal static class Ranged
{
    public static Parsed Check(decimal number, Field field, object value) =>
        number < field.Min ? Parsed.Refuse(Texts.Text.Core["field_min", field.Min])
        : number > field.Max ? Parsed.Refuse(Texts.Text.Core["field_max", field.Max])
        : Parsed.Of(value);
}
