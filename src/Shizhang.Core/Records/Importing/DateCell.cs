using System.Globalization;
using System.Text.RegularExpressions;
using Shizhang.Core.Records.FieldTypes;

namespace Shizhang.Core.Records.Importing;

/// <summary>A day as sheets hold it: a date of Excel, a serial number, or a text in one of the forms that offices write.</summary>
internal sealed partial class DateCell(DateOnly today, bool is1904)
{
    private const string Digits = "〇一二三四五六七八九";

    // Days between the two beginnings that workbooks count from.
    private const double From1904 = 1462;

    // A year or a count in a cell with a date format looks like a day about 1905 or far ahead; people born before 1910 are few.
    private const int FirstShownYear = 1910;
    private const int MostYearsAhead = 5;
    private static readonly (double First, double Last) Serials = (new DateTime(1930, 1, 1).ToOADate(), new DateTime(2100, 1, 1).ToOADate());

    public Parsed Read(object cell, string? text)
    {
        switch (cell)
        {
            case DateTime time:
                return time.Year >= FirstShownYear && time.ToOADate() < Serials.Last ? Parsed.Of(DateOnly.FromDateTime(time))
                    : Parsed.Refuse(Texts.Text.Core["import_date_number", Number(time).ToString("0.######", CultureInfo.InvariantCulture)]);
            case double number when Serial(number) is { } serial:
                return Parsed.Of(serial);
        }

        var plain = (Input.Plain(text ?? cell) ?? "").Replace('\u00A0', ' ').Replace('○', '〇').Replace('零', '〇');
        plain = Apart().Replace(Behind().Replace(plain, ""), "$1-$2-$3").Replace(" ", "", StringComparison.Ordinal);
        plain = plain.Replace('、', '-').Replace('。', '.').Replace('号', '日').TrimEnd('.');
        plain = Written().Match(plain) is { Success: true } written ? InDigits(written) : plain;
        if (plain.Length == 8 && DateOnly.TryParseExact(plain, "yyyyMMdd", out var day))
        {
            return Parsed.Of(day);
        }

        if (plain.Length is 5 && double.TryParse(plain, NumberStyles.None, CultureInfo.InvariantCulture, out var typed) && Serial(typed) is { } counted)
        {
            return Parsed.Of(counted);
        }

        if (WithoutYear().IsMatch(plain))
        {
            return Parsed.Refuse(Texts.Text.Core["import_date_year", text]);
        }

        // A year of two digits is of this century, unless that lies ahead: 58.5.3 may be a birthday.
        if (ShortYear().Match(plain) is { Success: true } two && today.Year / 100 * 100 + int.Parse(two.Groups[1].ValueSpan, CultureInfo.InvariantCulture) is var year && year <= today.Year + MostYearsAhead)
        {
            plain = year.ToString(CultureInfo.InvariantCulture) + two.Groups[2].Value;
        }

        return DateType.Read(plain) is { } found ? Parsed.Of(found) : Parsed.Of(text ?? plain);
    }

    // Excel takes 1900 for a leap year, so its first two months are a day behind.
    private double Number(DateTime time) => time.ToOADate() - (is1904 ? From1904 : time.ToOADate() < 61 ? 1 : 0);

    private DateOnly? Serial(double number)
    {
        var serial = number + (is1904 ? From1904 : 0);
        return serial >= Serials.First && serial < Serials.Last ? DateOnly.FromDateTime(DateTime.FromOADate(serial)) : null;
    }

    private static string InDigits(Match written)
    {
        var year = string.Concat(written.Groups[1].Value.Select(c => Digits.IndexOf(c, StringComparison.Ordinal)));
        return $"{year}-{Count(written.Groups[2].Value)}-{Count(written.Groups[3].Value)}";
    }

    // 三, 十, 十三, 二十, 三十一.
    private static int Count(string written)
    {
        var ten = written.IndexOf('十', StringComparison.Ordinal);
        var ones = ten == written.Length - 1 && ten >= 0 ? 0 : Digits.IndexOf(written[^1], StringComparison.Ordinal);
        return ten < 0 ? ones : (10 * (ten == 0 ? 1 : Digits.IndexOf(written[0], StringComparison.Ordinal))) + ones;
    }

    [GeneratedRegex("[ T]*(?:(?:\\(?(?:星期|周|礼拜)[一二三四五六日天]\\)?|上午|下午|早上|中午|晚上|[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\\.[0-9]+)?)?|[0-9]{1,2}时(?:[0-9]{1,2}分)?) *)+$", RegexOptions.CultureInvariant, Patterns.MostMilliseconds)]
    private static partial Regex Behind();

    [GeneratedRegex("^([0-9]{4}) +([0-9]{1,2}) +([0-9]{1,2})$", RegexOptions.CultureInvariant, Patterns.MostMilliseconds)]
    private static partial Regex Apart();

    [GeneratedRegex("^([〇一二三四五六七八九]{4})年(十|十?[一二]|[一二三四五六七八九])月([二三]?十?[一二三四五六七八九]|[二三]?十)日$", RegexOptions.CultureInvariant, Patterns.MostMilliseconds)]
    private static partial Regex Written();

    [GeneratedRegex("^(?:[0-9]{1,2}月[0-9]{1,2}日?|[0-9]{1,2}[-./][0-9]{1,2})$", RegexOptions.CultureInvariant, Patterns.MostMilliseconds)]
    private static partial Regex WithoutYear();

    [GeneratedRegex("^([0-9]{2})((?:[-.]|年)[0-9]{1,2}(?:[-.]|月)[0-9]{1,2}日?)$", RegexOptions.CultureInvariant, Patterns.MostMilliseconds)]
    private static partial Regex ShortYear();
}
