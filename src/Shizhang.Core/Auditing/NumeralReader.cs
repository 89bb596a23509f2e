namespace Shizhang.Core.Auditing;

/// <summary>Reads the numbers of a text in one pass: Arabic with commas, Chinese, mixed with 万 and 亿, fractions.</summary>
internal static class NumeralReader
{
    private const string Digits = "〇一二三四五六七八九";
    private const int LongestNumber = 24;

    public static List<Numeral> Read(PlainText text)
    {
        var numerals = new List<Numeral>();
        for (var at = 0; at < text.Length;)
        {
            var numeral = char.IsAsciiDigit(text[at]) ? Arabic(text, at) : IsChinese(text[at]) ? Chinese(text, at) : null;
            if (numeral is { } read)
            {
                numerals.Add(read);
                at = read.End;
            }
            else
            {
                at = SkipRun(text, at);
            }
        }

        return numerals;
    }

    public static bool IsChinese(char c) => DigitOf(c) >= 0 || c is '十' or '百' or '千' or '万' or '亿' or '廿';

    // A run that is no number is passed over whole, so that its tail is not taken for one.
    private static int SkipRun(PlainText text, int at)
    {
        if (!char.IsAsciiDigit(text[at]))
        {
            return at + 1;
        }

        while (char.IsAsciiDigit(text[at]))
        {
            at++;
        }

        return at;
    }

    private static Numeral? Arabic(PlainText text, int start)
    {
        var (end, value, step) = ArabicDigits(text, start);
        return end < 0 ? null : Multiplied(text, start, end, value, step, isChinese: false);
    }

    private static (int End, decimal Value, decimal Step) ArabicDigits(PlainText text, int start)
    {
        var (at, value, digits) = (start, 0m, 0);
        while (char.IsAsciiDigit(text[at]))
        {
            value = (value * 10) + (text[at++] - '0');
            if (++digits > LongestNumber)
            {
                return (-1, 0, 0);
            }

            if (text[at] == ',' && digits <= 21 && IsThousands(text, at))
            {
                at++;
            }
        }

        var step = 1m;
        if (text[at] == '.' && char.IsAsciiDigit(text[at + 1]))
        {
            at++;
            while (char.IsAsciiDigit(text[at]) && digits++ <= LongestNumber)
            {
                step /= 10;
                value += (text[at++] - '0') * step;
            }

            if (char.IsAsciiDigit(text[at]))
            {
                return (-1, 0, 0);
            }
        }

        return (at, value, step);
    }

    private static bool IsThousands(PlainText text, int comma) =>
        char.IsAsciiDigit(text[comma + 1]) && char.IsAsciiDigit(text[comma + 2]) && char.IsAsciiDigit(text[comma + 3]) && !char.IsAsciiDigit(text[comma + 4]);

    private static Numeral? Chinese(PlainText text, int start)
    {
        if (Share(text, start) is { } share)
        {
            return share;
        }

        var (end, value, step, isDigitwise) = ChineseWhole(text, start);
        if (end < 0)
        {
            return null;
        }

        if (text[end] == '点' && DigitOf(text[end + 1]) >= 0)
        {
            end++;
            step = 1;
            while (DigitOf(text[end]) is >= 0 and var digit && step > 0.000000001m)
            {
                step /= 10;
                value += digit * step;
                end++;
            }

            return Multiplied(text, start, end, value, step, isChinese: true);
        }

        if (isDigitwise && end - start > 1)
        {
            // 一九五八, 二〇一六: a year or a code, read digit by digit.
            return null;
        }

        return text[end] == '成' && value is > 0 and <= 10 && !IsWordWithCheng(text, end)
            ? new Numeral(start, end + 1, value * 10, 10, true, false, false, NumeralKind.Percent)
            : Over(text, start, end, value, step, isChinese: true, hasMultiplier: value >= 10_000);
    }

    // 三成立, 一成熟: the 成 of another word.
    private static bool IsWordWithCheng(PlainText text, int at) => text[at + 1] is '立' or '熟' or '员' or '果' or '本' or '为' or '长' or '绩' or '效' or '就' or '功';

    /// <summary>百分之X, 千分之X, X分之Y.</summary>
    private static Numeral? Share(PlainText text, int start)
    {
        if (text[start] is '百' or '千' && text[start + 1] == '分' && text[start + 2] == '之')
        {
            var from = start + 3;
            var (end, value, step) = char.IsAsciiDigit(text[from]) ? ArabicDigits(text, from) : ChineseDecimal(text, from);
            return end < 0 ? null : new Numeral(start, end, value, step, true, text[end] is '多' or '余', false, text[start] == '百' ? NumeralKind.Percent : NumeralKind.Permille);
        }

        var (below, denominator, _, _) = ChineseWhole(text, start);
        if (below < 0 || text[below] != '分' || text[below + 1] != '之' || denominator == 0)
        {
            return null;
        }

        var (above, numerator, _, _) = ChineseWhole(text, below + 2);
        return above < 0 ? null : new Numeral(start, above, numerator / denominator, 0.01m, true, false, false, NumeralKind.Fraction);
    }

    private static (int End, decimal Value, decimal Step) ChineseDecimal(PlainText text, int start)
    {
        var (end, value, step, _) = ChineseWhole(text, start);
        if (end < 0)
        {
            return (-1, 0, 0);
        }

        step = 1;
        if (text[end] == '点')
        {
            for (end++; DigitOf(text[end]) is >= 0 and var digit && step > 0.000000001m; end++)
            {
                step /= 10;
                value += digit * step;
            }
        }

        return (end, value, step);
    }

    /// <summary>一千三百八十七亿四千万 and the like; digit by digit when no 十百千万亿 stands in it.</summary>
    private static (int End, decimal Value, decimal Step, bool IsDigitwise) ChineseWhole(PlainText text, int start)
    {
        var (at, total, section, digit) = (start, 0m, 0m, -1);
        var (digits, hasUnit) = (0, false);
        for (; IsChinese(text[at]) && at - start < LongestNumber; at++)
        {
            var c = text[at];
            if (DigitOf(c) is >= 0 and var d)
            {
                if (digit >= 0 && c != '〇' && hasUnit && text[at - 1] != '〇')
                {
                    // 十五六: two digits after a unit are an estimate, not one number.
                    return (-1, 0, 1, false);
                }

                digit = d;
                digits++;
                continue;
            }

            hasUnit = true;
            switch (c)
            {
                case '十':
                    section += (digit < 0 ? 1 : digit) * 10;
                    break;
                case '廿':
                    section += 20;
                    break;
                case '百':
                    section += (digit < 0 ? 1 : digit) * 100;
                    break;
                case '千':
                    section += (digit < 0 ? 1 : digit) * 1000;
                    break;
                case '万':
                    total += (section + Math.Max(digit, 0)) * 10_000;
                    section = 0;
                    break;
                default:
                    total = (total + section + Math.Max(digit, 0)) * 100_000_000;
                    section = 0;
                    break;
            }

            digit = -1;
        }

        if (at == start || at - start >= LongestNumber || (!hasUnit && digits == 0) || (text[start] is '百' or '千' or '万' or '亿'))
        {
            return (-1, 0, 1, false);
        }

        var value = total + section + Math.Max(digit, 0);
        return (at, value, Place(text, start, at), !hasUnit && digits > 1);
    }

    /// <summary>What the last digit of a Chinese number stands for: 千万 in 四千万, 亿 in 五亿, 1 in 十二.</summary>
    private static decimal Place(PlainText text, int start, int end)
    {
        var place = 1m;
        for (var at = end - 1; at > start && DigitOf(text[at]) < 0; at--)
        {
            place *= text[at] switch { '十' => 10, '百' => 100, '千' => 1000, '万' => 10_000, '亿' => 100_000_000, _ => 1 };
        }

        return place;
    }

    private static Numeral Multiplied(PlainText text, int start, int end, decimal value, decimal step, bool isChinese)
    {
        var at = end;
        var over = false;
        if (IsOver(text, at) && text[at + 1] is '万' or '亿')
        {
            // 6000多亿, 3万多 … the mark may stand before the multiplier or after it.
            over = true;
            at++;
        }

        var multiplier = 1m;
        if (text[at] is '十' or '百' or '千' && text[at + 1] is '万' or '亿')
        {
            multiplier *= text[at] switch { '十' => 10, '百' => 100, _ => 1000 };
            at++;
        }

        while (text[at] is '万' or '亿' && multiplier <= 1_000_000_000_000m)
        {
            multiplier *= text[at] == '万' ? 10_000 : 100_000_000;
            at++;
        }

        if (multiplier == 1)
        {
            return Over(text, start, end, value, step, isChinese, hasMultiplier: false);
        }

        var read = Over(text, start, at, value * multiplier, step * multiplier, isChinese, hasMultiplier: true);
        return over ? read with { IsOver = true } : read;
    }

    private static Numeral Over(PlainText text, int start, int end, decimal value, decimal step, bool isChinese, bool hasMultiplier) => IsOver(text, end)
        ? new Numeral(start, end + 1, value, step, isChinese, true, hasMultiplier, NumeralKind.Plain)
        : new Numeral(start, end, value, step, isChinese, false, hasMultiplier, NumeralKind.Plain);

    private static bool IsOver(PlainText text, int at) => text[at] is '余' or '多' or '来' && !(text[at] == '来' && text[at + 1] is '自' or '源' or '信' or '访' or '的') && !(text[at] == '多' && text[at + 1] is '数' or '年' or '元' or '措' or '种');

    private static int DigitOf(char c) => c == '两' ? 2 : Digits.IndexOf(c, StringComparison.Ordinal);
}
