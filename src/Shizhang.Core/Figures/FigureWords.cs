using System.Globalization;
using Shizhang.Core.Catalogs;
using Shizhang.Core.Texts;

namespace Shizhang.Core.Figures;

/// <summary>
/// A figure as prose says it: the text, and what it claims (<see cref="Bounds.Holds"/>); or why the words asked for are none.
/// <see cref="Stated"/> is null when the figure has no value.
/// </summary>
public readonly record struct SaidFigure(string Text, Bound Bound, decimal? Stated, decimal Step, string? Refusal)
{
    public static SaidFigure Refused(string sentence) => new("", Bound.Exact, null, 0, sentence);

    /// <summary>True when what was said holds for a value; nothing said holds for no value alone.</summary>
    public bool Holds(decimal? value) => Stated is { } stated && value is { } actual ? Bounds.Holds(Bound, stated, Step, actual) : Stated is null && value is null;
}

/// <summary>Prints figures: the number alone for tables, number with measure and words such as 余 or 亿 for prose.</summary>
public static class FigureWords
{
    /// <summary>What a figure prints when it has no value.</summary>
    public const string None = "—";

    private const int MostDigits = 6;
    private const int ScaledDigits = 4;
    private const decimal TenThousand = 10_000m;
    private const decimal HundredMillion = 100_000_000m;

    /// <summary>The number as shown: rounded half away from zero to the indicator's digits, no trailing zeros otherwise.</summary>
    public static string Number(Figure figure) => figure.Value is { } value ? Number(value, figure.Indicator.Digits ?? MostDigits) : None;

    /// <summary>Number, words and measure: <c>1040人</c>, <c>3000余人次</c>, <c>12.49亿元</c>, <c>98%以上</c>.</summary>
    public static SaidFigure Say(Figure figure, Wording wording, params ReadOnlySpan<string> words)
    {
        var (multiplier, unit, bound, word) = (1m, "", Bound.Exact, "");
        foreach (var one in words)
        {
            if (one is "万" or "亿")
            {
                (multiplier, unit) = (one == "万" ? TenThousand : HundredMillion, one);
            }
            else if (wording.Bounds.TryGetValue(one, out var known))
            {
                (bound, word) = (known, one);
            }
            else
            {
                return SaidFigure.Refused(Text.Core["report_wording", one]);
            }
        }

        var measure = figure.Indicator.Measure;
        if (figure.Value is not { } value)
        {
            return new SaidFigure(None, Bound.Exact, null, 0, null);
        }

        var scaled = value / multiplier;
        var said = Rounded(scaled, bound, figure.Indicator.IsPercent ? 1 : StepOf(Math.Abs(scaled), isWhole: unit.Length == 0));
        if (bound is Bound.Over or Bound.AtLeast or Bound.Nearly && said == scaled)
        {
            // 200余 for exactly 200 would say more than the records do; the plain number is right.
            (bound, word) = (Bound.Exact, "");
        }

        // Said in 万 or 亿, the digits of the plain number mean nothing.
        var digits = bound == Bound.Exact ? unit.Length > 0 ? ScaledDigits : figure.Indicator.Digits ?? MostDigits : MostDigits;
        var number = Number(said, digits);
        var stated = Math.Round(said, digits, MidpointRounding.AwayFromZero) * multiplier;
        var step = Pow10(-digits) * multiplier;
        return new SaidFigure(bound switch
        {
            Bound.Over => $"{number}{unit}{word}{measure}",
            Bound.AtLeast when word == "以上" => $"{number}{unit}{measure}{word}",
            Bound.About when word is "左右" or "上下" => $"{number}{unit}{measure}{word}",
            Bound.AtMost when word == "以内" => $"{number}{unit}{measure}{word}",
            _ => $"{word}{number}{unit}{measure}",
        }, bound, stated, step, null);
    }

    /// <summary>The number that the words make of a value: 余 goes down, 近 up, each to a digit such reports keep.</summary>
    private static decimal Rounded(decimal value, Bound bound, decimal step)
    {
        if (bound == Bound.Exact || value == 0)
        {
            return value;
        }

        return bound switch
        {
            Bound.Over or Bound.AtLeast => Math.Floor(value / step) * step,
            Bound.MoreThan => (Math.Ceiling(value / step) - 1) * step,
            Bound.Nearly or Bound.AtMost => Math.Ceiling(value / step) * step,
            Bound.Under => (Math.Floor(value / step) + 1) * step,
            _ => Math.Round(value / step, MidpointRounding.AwayFromZero) * step,
        };
    }

    // Two digits (1213 → 1200, 43.98万 → 44万), but one of a whole number below a hundred (24 → 20).
    private static decimal StepOf(decimal value, bool isWhole)
    {
        var step = 1m;
        while (value >= step * 100)
        {
            step *= 10;
        }

        while (!isWhole && value < step * 10)
        {
            step /= 10;
        }

        return isWhole && value is >= 10 and < 100 ? 10 : step;
    }

    private static string Number(decimal value, int digits) =>
        Math.Round(value, digits, MidpointRounding.AwayFromZero).ToString("0.##########", CultureInfo.InvariantCulture);

    private static decimal Pow10(int power)
    {
        var result = 1m;
        for (; power < 0; power++)
        {
            result /= 10;
        }

        return result;
    }
}
