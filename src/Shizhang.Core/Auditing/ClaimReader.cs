using Shizhang.Core.Figures;

namespace Shizhang.Core.Auditing;

/// <summary>Decides which numbers of a text are figures, with their unit, bound and subject. One pass; what is not sure is left out.</summary>
internal sealed class ClaimReader(PlainText text)
{
    private const int LongestQuoteOfNames = 20;

    private static readonly Lexicon Words = Lexicon.Of;
    private readonly QuoteMap _quotes = new(text);

    public List<Claim> Read()
    {
        var numerals = NumeralReader.Read(text);
        var units = new (int Length, bool IsFigure)[numerals.Count];
        for (var i = 0; i < numerals.Count; i++)
        {
            units[i] = UnitOf(numerals[i]);
        }

        var claims = new List<Claim>(numerals.Count);
        for (var i = 0; i < numerals.Count; i++)
        {
            if (IsFigure(numerals, units, i, out var unitFrom))
            {
                claims.Add(ClaimOf(numerals[i], units[i], unitFrom is { } from ? UnitText(numerals[from], units[from].Length) : null, claims));
            }
        }

        return claims;
    }

    /// <summary>The unit right after a number, and whether number and unit alone make a figure.</summary>
    private (int Length, bool IsFigure) UnitOf(Numeral numeral)
    {
        if (IsName(numeral))
        {
            return (0, false);
        }

        var at = UnitStart(numeral.End);
        if (numeral.Kind != NumeralKind.Plain)
        {
            return (0, true);
        }

        var length = Words["units"].StartingAt(text.Span, at);
        if ((text[at] == '岁' && IsMean(numeral)) || (text[at] == '分' && IsScore(numeral)))
        {
            return (1, true);
        }

        if (Words["not after"].StartingAt(text.Span, at) is var other && other > 0 && other >= length)
        {
            return (0, false);
        }

        if (length == 0)
        {
            return (0, false);
        }

        if (text[at + length] == '/' && Words["units"].StartingAt(text.Span, at + length + 1) is > 0 and var per)
        {
            length += 1 + per;
        }

        return (length, !numeral.IsChinese || IsCount(numeral, at + length));
    }

    // 65岁以上 says who is meant, 平均年龄41.3岁 says how old they are.
    private bool IsMean(Numeral numeral) => numeral.Step < 1 || Clause.Before(text, numeral.Start).Text.Contains("平均", StringComparison.Ordinal);

    // 得96.5分 is a score; 9时30分 is a time, and 分 begins many words.
    private bool IsScore(Numeral numeral) =>
        !numeral.IsChinese && text[numeral.Start - 1] is not ('时' or '点') && (text[numeral.End + 1] is '，' or '、' or '；' or '。' or ')' or '以' or '\n' or '\0');

    // 40 %, 7.3 万: one blank may stand before the unit; so may 以上.
    private int UnitStart(int end)
    {
        var at = text[end] == ' ' && text[end + 1] != '\n' ? end + 1 : end;
        return at + Words["at least"].StartingAt(text.Span, at);
    }

    /// <summary>A small Chinese number with a unit counts something unless it is part of a name.</summary>
    private bool IsCount(Numeral numeral, int after)
    {
        if (numeral.Value > 10 || numeral.HasMultiplier || numeral.IsOver)
        {
            return true;
        }

        // 三支一扶, 一标三实: a slogan of small numbers.
        if (NumeralReader.IsChinese(text[after]) && char.IsLetter(text[after + 1]))
        {
            return false;
        }

        // 中学一所、小学两所 counts; 建一所学校 and 同一所学校 need not.
        return numeral.Value != 1
            ? Words["names of rules"].StartingAt(text.Span, after) == 0
            : Words["one behind"].StartingAt(text.Span, numeral.End) > 0 && text[after] is '、' or '，' or '；' or '。' && char.IsLetter(text[numeral.Start - 1]);
    }

    /// <summary>Part of a name, a code, a date or an ordinal, whatever follows.</summary>
    private bool IsName(Numeral numeral)
    {
        var (before, after) = (text[numeral.Start - 1], text[numeral.End]);
        if (before is '第' or '+' or '·' or '_' or '#' or '.' or '/' || char.IsAsciiLetter(before) || after is '+' or '·' or '×' or '_')
        {
            return true;
        }

        if (before is '每' or '另' or '同' or '某' or '初' or '周' && numeral.IsChinese && numeral.Value <= 10)
        {
            return true;
        }

        if ((before is '-' or ':' && char.IsAsciiDigit(text[numeral.Start - 2]) && after is '-' or ':') || (after is '/' or ':' && char.IsAsciiDigit(text[numeral.End + 1])))
        {
            return true;
        }

        return numeral.IsChinese && numeral.Value <= 100 && numeral.Kind == NumeralKind.Plain && _quotes.LengthAround(numeral.Start) is > 0 and <= LongestQuoteOfNames;
    }

    private bool IsFigure(List<Numeral> numerals, (int Length, bool IsFigure)[] units, int i, out int? unitFrom)
    {
        unitFrom = null;
        var numeral = numerals[i];
        if (units[i].IsFigure)
        {
            return true;
        }

        if (IsName(numeral) || (units[i].Length > 0 && numeral.IsChinese))
        {
            return false;
        }

        // 20—34%, 3至5个, 22、18家: the unit stands once, after the last.
        if (i + 1 < numerals.Count && Joins(numeral.End, numerals[i + 1].Start, numeral) && Words["not after"].StartingAt(text.Span, UnitStart(numeral.End)) == 0
            && IsFigure(numerals, units, i + 1, out var next))
        {
            unitFrom = next ?? i + 1;
            return true;
        }

        if (text[numeral.Start - 1] == '∶' || text[numeral.End] == '∶')
        {
            return !numeral.IsChinese;
        }

        return numeral.HasMultiplier && Words["not after"].StartingAt(text.Span, numeral.End) == 0 && (!numeral.IsChinese || numeral.Value >= 10_000);
    }

    private bool Joins(int end, int start, Numeral numeral)
    {
        var between = text.Span[end..start];
        return between is "—" or "－" or "-" or "~" or "至" or "到" or "——" or "～"
            || (between is "、" or "和" or "与" or "及" or "、-" && (!numeral.IsChinese || numeral.Value > 10) && text[numeral.Start - 1] is not '\n' and not '\0');
    }

    private string UnitText(Numeral numeral, int length)
    {
        var at = UnitStart(numeral.End);
        return text.Text.Substring(at, length);
    }

    private Claim ClaimOf(Numeral numeral, (int Length, bool IsFigure) unit, string? borrowed, List<Claim> before)
    {
        var end = unit.Length == 0 ? numeral.End : UnitStart(numeral.End) + unit.Length;
        var name = numeral.Kind switch
        {
            NumeralKind.Percent => "%",
            NumeralKind.Permille => "‰",
            NumeralKind.Fraction => "",
            _ => borrowed ?? (unit.Length == 0 ? "" : UnitText(numeral, unit.Length)),
        };
        if (name is "" && numeral.HasMultiplier && IsAboutPeople(numeral.End))
        {
            name = "人";
        }

        name = name switch { "百分点" => "个百分点", "％" => "%", _ => name };
        var (value, step) = (numeral.Value, numeral.Step);
        var clause = Clause.Before(text, numeral.Start);
        if (name == "倍" && clause.Says(Words["growth"]) && text[numeral.Start - 1] is not ('到' or '为' or '达'))
        {
            (value, step, name) = (value * 100, step * 100, "%");
        }

        if (IsNegative(numeral.Start, clause))
        {
            value = -value;
        }

        var subject = clause.Subject(before.Count == 0 ? 0 : before[^1].End);
        return new Claim(
            numeral.Start, end, text.Text[numeral.Start..end], subject.Length > 0 ? subject : Clause.SubjectAfter(text, end), value, name, BoundOf(numeral, end), step);
    }

    private bool IsAboutPeople(int at)
    {
        var after = text.Span[at..Math.Min(at + 12, text.Length)];
        return after.Contains("人口", StringComparison.Ordinal) || Clause.Before(text, at).Text.Contains("人口", StringComparison.Ordinal);
    }

    private bool IsNegative(int start, Clause clause)
    {
        var sign = text[start - 1] == '-' && !char.IsAsciiDigit(text[start - 2]) && text[start - 2] != '%';
        return sign || (!clause.IsLevel && clause.EndsWith(Words["fall"]));
    }

    private Bound BoundOf(Numeral numeral, int end)
    {
        var span = text.Span;
        if (numeral.IsOver)
        {
            return Bound.Over;
        }

        foreach (var at in (int[])[end, numeral.End])
        {
            if (Words["at least"].StartingAt(span, at) > 0)
            {
                return Bound.AtLeast;
            }

            if (Words["at most"].StartingAt(span, at) > 0)
            {
                return Bound.AtMost;
            }

            if (Words["about after"].StartingAt(span, at) > 0)
            {
                return Bound.About;
            }
        }

        var start = numeral.Start;
        return Words["at most before"].EndingAt(span, start) > 0 ? Bound.AtMost
            : Words["at least before"].EndingAt(span, start) > 0 ? Bound.AtLeast
            : Words["about"].EndingAt(span, start) > 0 ? Bound.About
            : Words["nearly"].EndingAt(span, start) > 0 ? Bound.Nearly
            : Words["more than"].EndingAt(span, start) > 0 ? Bound.MoreThan
            : Words["under"].EndingAt(span, start) > 0 ? Bound.Under
            : Bound.Exact;
    }
}
