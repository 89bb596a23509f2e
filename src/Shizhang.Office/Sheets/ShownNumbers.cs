using System.Globalization;
using System.Text.RegularExpressions;
using ExcelDataReader;
using Shizhang.Core.Records.Importing;

namespace Shizhang.Office.Sheets;

/// <summary>Numbers whose format makes something else of them: 98%, 0012, days in the formats that only Chinese programs have.</summary>
internal sealed partial class ShownNumbers(IExcelDataReader reader, bool is1904)
{
    private const double From1904 = 1462;
    private const double LastDay = 2958466;

    public object Of(double number, int column)
    {
        if (reader.GetNumberFormatIndex(column) is >= 27 and <= 36 or >= 50 and <= 58 && number is >= 0 and < LastDay)
        {
            return DateTime.FromOADate(number + (is1904 ? From1904 : 0));
        }

        if (reader.GetNumberFormatString(column) is not { Length: > 1 } format || Math.Abs(number) > 1e15)
        {
            return number;
        }

        // A percentage is read as the text that people see, which names its unit.
        return Literals().Replace(format, "").Contains('%', StringComparison.Ordinal) ? ((decimal)number * 100).ToString("0.############", CultureInfo.InvariantCulture) + "%"
            : Code().Match(format) is { Success: true } code && number >= 0 && number == Math.Truncate(number) ? new CodedNumber(number, Shown(code, number))
            : number;
    }

    private static string Shown(Match code, double number) =>
        Plain(code.Groups[1].Value) + ((long)number).ToString(CultureInfo.InvariantCulture).PadLeft(code.Groups[2].Length, '0') + Plain(code.Groups[3].Value);

    private static string Plain(string literals) => literals.Replace("\"", "", StringComparison.Ordinal).Replace("\\", "", StringComparison.Ordinal);

    [GeneratedRegex("\"[^\"]*\"|\\\\.", RegexOptions.CultureInvariant, Core.Patterns.MostMilliseconds)]
    private static partial Regex Literals();

    [GeneratedRegex("^((?:\"[^\"]*\"|\\\\.)*)(0{2,})((?:\"[^\"]*\"|\\\\.)*)$", RegexOptions.CultureInvariant, Core.Patterns.MostMilliseconds)]
    private static partial Regex Code();
}
