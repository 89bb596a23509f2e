using System.Globalization;
using Shizhang.Core.Catalogs;
using Shizhang.Core.Texts;

namespace Shizhang.Core.Figures;

/// <summary>A figure as prose says it, or why the words asked for do not fit it.</summary>
public readonly record struct SaidFigure(string Text, string? Refusal);

/// <summary>Prints figures: the number alone for tables, number with measure and words such as 余 or 亿 for prose.</summary>
public static class FigureWords
{
    /// <summary>What a figure prints when it has no value.</summary>
    public const string None = "—";

    private const decimal TenThousand = 10_000m;
    private const decimal HundredMillion = 100_000_000m;

    /// <summary>The number as shown: rounded half away from zero to the indicator's digits, no trailing zeros otherwise.</summary>
    public static string Number(Figure figure) => figure.Value is { } value ? Number(value, figure.Indicator.Digits) : None;

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
                return new SaidFigure("", Text.Core["report_wording", one]);
            }
        }

        var measure = figure.Indicator.Measure;
        if (figure.Value is not { } value)
        {
            return new SaidFigure(None, null);
        }

        var scaled = value / multiplier;
        var said = Rounded(scaled, bound, figure.Indicator.IsPercent);
        if (bound is Bound.Over or Bound.AtLeast or Bound.Nearly && said == scaled)
        {
            // 200余 for exactly 200 would say more than the records do; the plain number is right.
            (bound, word) = (Bound.Exact, "");
        }

        var digits = bound == Bound.Exact ? figure.Indicator.Digits ?? (unit.Length > 0 ? 4 : null) : null;
        var number = Number(said, unit.Length > 0 && figure.Indicator.Digits == 0 ? null : digits);
        return new SaidFigure(bound switch
        {
            Bound.Over when unit.Length > 0 => $"{number}{word}{unit}{measure}".Replace(word + unit, unit + word, StringComparison.Ordinal),
            Bound.Over => $"{number}{word}{measure}",
            Bound.AtLeast when word == "以上" => $"{number}{unit}{measure}{word}",
            Bound.About when word is "左右" or "上下" => $"{number}{unit}{measure}{word}",
            Bound.AtMost when word == "以内" => $"{number}{unit}{measure}{word}",
            _ => $"{word}{number}{unit}{measure}",
        }, null);
    }

    /// <summary>The number that the words make of a value: 余 goes down, 近 up, each to a digit such reports keep.</summary>
    private static decimal Rounded(decimal value, Bound bound, bool isPercent)
    {
        if (bound == Bound.Exact || value == 0)
        {
            return value;
        }

        var step = isPercent ? 1 : StepOf(Math.Abs(value));
        return bound switch
        {
            Bound.Over or Bound.AtLeast => Math.Floor(value / step) * step,
            Bound.MoreThan => (Math.Ceiling(value / step) - 1) * step,
            Bound.Nearly or Bound.AtMost => Math.Ceiling(value / step) * step,
            Bound.Under => (Math.Floor(value / step) + 1) * step,
            _ => Math.Round(value / step, MidpointRounding.AwayFromZero) * step,
        };
    }

    // Two digits from a hundred on (1213 → 1200), one below (24 → 20).
    private static decimal StepOf(decimal value)
    {
        var step = 1m;
        while (value >= step * 100)
        {
            step *= 10;
        }

        while (value < step)
        {
            step /= 10;
        }

        return value is >= 10 and < 100 ? 10 : step;
    }

    private static string Number(decimal value, int? digits)
    {
        if (digits is { } places)
        {
            value = Math.Round(value, places, MidpointRounding.AwayFromZero);
        }
        else if (value != decimal.Truncate(value))
        {
            value = Math.Round(value, 6, MidpointRounding.AwayFromZero);
        }

        return value.ToString("0.##########", CultureInfo.InvariantCulture);
    }
}
