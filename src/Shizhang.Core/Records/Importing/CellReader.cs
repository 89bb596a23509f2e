using System.Globalization;
using System.Text.RegularExpressions;
using Shizhang.Core.Catalogs;
using Shizhang.Core.Records.FieldTypes;

namespace Shizhang.Core.Records.Importing;

/// <summary>Reads a cell into what <see cref="RecordReader"/> takes: dates in their many forms, numbers with units, names of units and records.</summary>
/// <param name="names">What units and records are called.</param>
/// <param name="measures">Units of measure the pack knows.</param>
/// <param name="today">The century of a year of two digits is that of this day.</param>
/// <param name="is1904">Serial numbers of days count from 1904, as in workbooks of old Macs.</param>
public sealed partial class CellReader(KnownNames names, IReadOnlySet<string> measures, DateOnly today, bool is1904 = false)
{
    // Excel keeps fifteen digits of a number; what was longer has lost its end.
    private const double MostExact = 1e15;

    public Parsed Read(MappedColumn column, object? cell)
    {
        var field = column.Field;
        cell = cell is not CodedNumber coded ? cell : field.Type is IntegerType or DecimalType or DateType ? coded.Number : coded.Text;
        var text = cell is string raw ? OneLine(raw.Trim(), field) : null;
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
            DateType => new DateCell(today, is1904).Read(cell, text),
            IntegerType or DecimalType => Number(cell, text, column),
            UnitType => names.Unit(text ?? Plain(cell)),
            RecordType => names.Record(field.To!, text ?? Plain(cell)),
            IdNumberType or CreditCodeType or PhoneType => Written(cell, text is null ? null : Code(text, field.Type)),
            TextType => Written(cell, text),
            _ => Parsed.Of(text ?? cell),
        };
    }

    private Parsed Number(object cell, string? text, MappedColumn column)
    {
        if (cell is double number)
        {
            // A decimal of a double has the fifteen digits that Excel shows, not the noise behind them.
            return Math.Abs(number) < MostExact * 1000 ? Multiplied((decimal)number, column.Factor, number) : Parsed.Refuse(Texts.Text.Core["field_decimal_large", number]);
        }

        var plain = (Input.Plain(text ?? cell) ?? "").TrimStart('¥', '￥').Trim();
        var match = NumberForm().Match(plain);
        if (!match.Success || Input.Number(match.Groups[1].Value.Replace(' ', ',')) is not { } value)
        {
            return Parsed.Of(text ?? cell);
        }

        var unit = SheetWords.Bare(match.Groups[2].Value);
        return unit.Length == 0 ? Multiplied(value, column.Factor, plain)
            : FactorOf(unit, column) is { } own ? Multiplied(value, own, plain)
            : Parsed.Refuse(column.Own is { } expected && Measure.Parse(unit, measures) is not null
                ? Texts.Text.Core["import_other_measure", text, expected.Factor == 1 ? expected.Base : column.Field.Name]
                : Texts.Text.Core[column.Field.Type is IntegerType ? "field_integer" : "field_decimal", text]);
    }

    // Behind a number stands what its column is counted in, or a multiple of it; where nobody knows that, any unit of the pack.
    private decimal? FactorOf(string unit, MappedColumn column)
    {
        if (column.Own is not { } own)
        {
            return column.Field.Type is IntegerType && Measure.Parse(unit, measures) is { IsContinuous: true } ? null : SheetWords.Factor(unit, measures);
        }

        return Measure.Parse(unit, measures) is not { } said ? null
            : said.Base == own.Base ? said.In(own)
            : said.Base.Length == 0 && said.Factor >= 10_000 ? said.Factor / own.Factor
            : null;
    }

    private static Parsed Multiplied(decimal value, decimal factor, object shown)
    {
        try
        {
            return Parsed.Of(value * factor);
        }
        catch (OverflowException)
        {
            return Parsed.Refuse(Texts.Text.Core["field_decimal_large", shown]);
        }
    }

    // A cell is broken into lines where it is narrow. What takes several values or lines takes them as they are.
    private static string OneLine(string text, Field field) =>
        field.Type is NoteType or ChoicesType || !text.AsSpan().ContainsAny('\n', '\r') ? text
        : LineBreaks().Replace(text, field.Type is TextType or IntegerType or DecimalType ? " " : "");

    // People part long numbers by blanks, mark them as text with an apostrophe, and put the country before a telephone.
    private static string Code(string text, FieldType type)
    {
        var code = string.Concat((Input.Plain(text) ?? "").Where(c => !char.IsWhiteSpace(c) && !char.IsControl(c)));
        code = code.StartsWith("=\"", StringComparison.Ordinal) && code.EndsWith('"') ? code[2..^1] : code.TrimStart('\'', '\u2018', '\u2019');
        return type is PhoneType && Country().Match(code) is { Success: true } abroad ? abroad.Groups[1].Value : code;
    }

    private static Parsed Written(object cell, string? text) =>
        cell is double and (>= MostExact or <= -MostExact) || (text is not null && Scientific().IsMatch(text)) ? Parsed.Refuse(Texts.Text.Core["import_lost_digits", text ?? ((double)cell).ToString("0.##############E+0", CultureInfo.InvariantCulture)])
        : Parsed.Of(text ?? Plain(cell));

    private static string Plain(object cell) => cell switch
    {
        double number => Math.Abs(number) < MostExact * 1000 ? ((decimal)number).ToString("0.##########", CultureInfo.InvariantCulture) : number.ToString(CultureInfo.InvariantCulture),
        _ => Input.Text(cell) ?? "",
    };

    [GeneratedRegex("^([+-]?(?:[0-9]{1,3}(?:[, ][0-9]{3})+|[0-9][0-9,]*)(?:\\.[0-9]+)?) *([^0-9.,]*)$", RegexOptions.CultureInvariant, Patterns.MostMilliseconds)]
    private static partial Regex NumberForm();

    [GeneratedRegex("^[0-9](\\.[0-9]+)?[eE]\\+[0-9]{2}$", RegexOptions.CultureInvariant, Patterns.MostMilliseconds)]
    private static partial Regex Scientific();

    [GeneratedRegex("\\s*[\\n\\r]+\\s*", RegexOptions.CultureInvariant, Patterns.MostMilliseconds)]
    private static partial Regex LineBreaks();

    [GeneratedRegex("^(?:\\(?(?:\\+|00)?86\\)?-?)(1[0-9]{10})$", RegexOptions.CultureInvariant, Patterns.MostMilliseconds)]
    private static partial Regex Country();
}
