using System.Globalization;
using Shizhang.Core.Catalogs;

namespace Shizhang.Core.Records;

/// <summary>
/// How a personal fact shows to those who need not know it: 张*三, 510***…1234, 138****5678, the last four of a bank account,
/// the year of a day, otherwise the first character.
/// </summary>
public static class Masking
{
    private const int LongestName = 4;
    private const int ShortestAccount = 12;

    /// <summary>The value of a personal field, masked; several values each.</summary>
    public static string Mask(Field field, object value)
    {
        if (value is IEnumerable<string> chosen)
        {
            return string.Join('、', chosen.Select(c => Mask(field, c)));
        }

        if (value is DateOnly day)
        {
            return day.ToString("yyyy", CultureInfo.InvariantCulture) + "-**-**";
        }

        var text = value is IFormattable number ? number.ToString(null, CultureInfo.InvariantCulture) : value.ToString() ?? "";
        return field.Type.Code switch
        {
            "id_number" when text.Length > 10 => Middle(text, 6, 4),
            "phone" when text.Length == 11 && !text.Contains('-', StringComparison.Ordinal) => Middle(text, 3, 4),
            "phone" or "credit_code" => Middle(text, 0, 4),
            _ when IsAccount(text) => Middle(text, 0, 4),
            _ when IsName(text) => text.Length == 2 ? text[..1] + "*" : Middle(text, 1, 1),
            _ => First(text) + "**",
        };
    }

    private static string Middle(string text, int first, int last) =>
        text.Length <= first + last ? new string('*', text.Length) : text[..first] + new string('*', text.Length - first - last) + text[^last..];

    private static bool IsAccount(string text) => text.Length >= ShortestAccount && text.All(c => char.IsAsciiDigit(c) || c == ' ');

    private static bool IsName(string text) => text.Length is >= 2 and <= LongestName && text.All(c => c is >= '\u4e00' and <= '\u9fff');

    private static string First(string text) => text.Length == 0 ? "" : text.EnumerateRunes().First().ToString();
}
