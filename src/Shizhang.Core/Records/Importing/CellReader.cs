using System.Globalization;
using System.Text.RegularExpressions;
using Shizhang.Core.Records.FieldTypes;

namespace Shizhang.Core.Records.Importing;

/// <summary>Reads a cell into what <see cref="RecordReader"/> takes: dates in their many forms, numbers with units, names of units and records.</summary>
public sealed partial class CellReader(KnownNames names, IReadOnlySet<string> measures)
{
    // Excel keeps fifteen digits of a number; what was longer has lost its end.
    private const double MostExact = 1e15;
    private static readonly (double First, double Last) Serials = (DateTime.Parse("1930-01-01", CultureInfo.InvariantCulture).ToOADate(), DateTime.Parse("2100-01-01", CultureInfo.InvariantCulture).ToOADate());

    public Parsed Read(MappedColumn column, object? cell)
    {
        var field = column.Field;
        var text = cell as string is { } raw ? raw.Trim() : null;
        if (cell is null || (text is not null && (text.Length == 0 || (SheetWords.IsNothing(text) && !field.Required))))
        {
            return Parsed.Of(null);
        }

        if (cell is CellFault fault)
        {
            return Parsed.Refuse(Texts.Text.Core[fault == CellFault.Formula ? "import_formula" : "import_error"]);
        }

        if ((field.Personal || column.Lines?.Personal is true) && text?.Contains('*', StringComparison.Ordinal) is true)
        {
            return Parsed.Refuse(Texts.Text.Core["import_masked", text]);
        }

        return field.Type switch
        {
            DateType => Date(cell, text),
            IntegerType or DecimalType => Number(cell, text, column.Factor),
            UnitType => names.Unit(Plain(cell)),
            RecordType => names.Record(field.To!, Plain(cell)),
            TextType or IdNumberType or CreditCodeType or PhoneType => Written(cell, text),
            _ => Parsed.Of(text ?? cell),
        };
    }

    private static Parsed Date(object cell, string? text)
    {
        switch (cell)
        {
            case DateTime time:
                return Parsed.Of(DateOnly.FromDateTime(time));
            case double serial when serial >= Serials.First && serial < Serials.Last:
                return Parsed.Of(DateOnly.FromDateTime(DateTime.FromOADate(serial)));
        }

        var plain = (Input.Plain(text ?? cell) ?? "").Replace(" ", " ", StringComparison.Ordinal);
        plain = TimeOfDay().Replace(plain, "").Replace(" ", "", StringComparison.Ordinal);
        if (plain.Length == 8 && DateOnly.TryParseExact(plain, "yyyyMMdd", out var day))
        {
            return Parsed.Of(day);
        }

        return plain.Length is 5 && double.TryParse(plain, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= Serials.First && number < Serials.Last
            ? Parsed.Of(DateOnly.FromDateTime(DateTime.FromOADate(number)))
            : Parsed.Of(plain);
    }

    private Parsed Number(object cell, string? text, decimal factor)
    {
        if (cell is double number)
        {
            // A decimal of a double has the fifteen digits that Excel shows, not the noise behind them.
            return Math.Abs(number) < MostExact * 1000 ? Parsed.Of((decimal)number * factor) : Parsed.Refuse(Texts.Text.Core["field_decimal_large", number]);
        }

        var plain = (Input.Plain(text ?? cell) ?? "").Replace(" ", "", StringComparison.Ordinal).TrimStart('¥', '￥');
        var match = NumberForm().Match(plain);
        if (!match.Success
            || !decimal.TryParse(match.Groups[1].ValueSpan, NumberStyles.AllowLeadingSign | NumberStyles.AllowThousands | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            || SheetWords.Factor(match.Groups[2].Value, measures) is not { } own)
        {
            return Parsed.Of(plain);
        }

        try
        {
            return Parsed.Of(value * (match.Groups[2].Length > 0 ? own : factor));
        }
        catch (OverflowException)
        {
            return Parsed.Refuse(Texts.Text.Core["field_decimal_large", plain]);
        }
    }

    private static Parsed Written(object cell, string? text) =>
        cell is double and (>= MostExact or <= -MostExact) || (text is not null && Scientific().IsMatch(text)) ? Parsed.Refuse(Texts.Text.Core["import_lost_digits", text ?? ((double)cell).ToString("0.##############E+0", CultureInfo.InvariantCulture)])
        : Parsed.Of(text ?? Plain(cell));

    private static string Plain(object cell) => cell switch
    {
        double number => Math.Abs(number) < MostExact * 1000 ? ((decimal)number).ToString("0.##########", CultureInfo.InvariantCulture) : number.ToString(CultureInfo.InvariantCulture),
        _ => Input.Text(cell) ?? "",
    };

    [GeneratedRegex("^([+-]?[0-9][0-9,]*(?:\\.[0-9]+)?)([^0-9.,]*)$", RegexOptions.CultureInvariant, Patterns.MostMilliseconds)]
    private static partial Regex NumberForm();

    [GeneratedRegex("^[0-9](\\.[0-9]+)?[eE]\\+[0-9]{2}$", RegexOptions.CultureInvariant, Patterns.MostMilliseconds)]
    private static partial Regex Scientific();

    [GeneratedRegex("[ T][0-9]{1,2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]+)?)?$", RegexOptions.CultureInvariant, Patterns.MostMilliseconds)]
    private static partial Regex TimeOfDay();
}
