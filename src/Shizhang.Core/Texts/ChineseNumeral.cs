using System.Globalization;

namespace Shizhang.Core.Texts;

/// <summary>Counting numbers as headings write them.</summary>
public static class ChineseNumeral
{
    /// <summary>一 to 九十九; other numbers in Arabic digits.</summary>
    public static string Of(int n)
    {
        const string digits = "〇一二三四五六七八九";
        return n switch
        {
            < 1 or > 99 => n.ToString(CultureInfo.InvariantCulture),
            < 10 => $"{digits[n]}",
            < 20 => n == 10 ? "十" : $"十{digits[n % 10]}",
            _ => $"{digits[n / 10]}十{(n % 10 == 0 ? "" : digits[n % 10])}",
        };
    }
}
