using System.Buffers;

namespace Shizhang.Core.Auditing;

/// <summary>The words of a clause that stand before a number.</summary>
internal readonly ref struct Clause
{
    private const int Longest = 60;
    private static readonly SearchValues<char> Breaks = SearchValues.Create("，,。；;！？：:\n（）()、“”");
    private readonly int _start;

    private Clause(ReadOnlySpan<char> text, int start)
    {
        Text = text;
        _start = start;
    }

    public ReadOnlySpan<char> Text { get; }

    public static Clause Before(PlainText text, int at)
    {
        var from = Math.Max(0, at - Longest);
        var window = text.Span[from..at];
        var cut = window.LastIndexOfAny(Breaks);
        return new Clause(window[(cut + 1)..], from + cut + 1);
    }

    public bool Says(WordSet words)
    {
        for (var i = 0; i < Text.Length; i++)
        {
            if (words.StartingAt(Text, i) > 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>降至19.8%, 减少到3个: the number is what it became, not by how much.</summary>
    public bool IsLevel => Text.TrimEnd("了约近超达") is [.., '至' or '到' or '为'];

    /// <summary>True when one of the words stands last, a bound such as 约 or 近 or 了 apart.</summary>
    public bool EndsWith(WordSet words)
    {
        var end = Text.Length;
        while (end > 0 && Text[end - 1] is '了' or '约' or '近' or '超' or '达' or '至')
        {
            end--;
        }

        return words.EndingAt(Text, end) > 0;
    }

    /// <summary>The noun before the number: the clause without verbs, bounds and numbers of its own; empty when none is left.</summary>
    public string Subject(int notBefore)
    {
        var from = Math.Clamp(notBefore - _start, 0, Text.Length);
        var words = Text[from..];
        var stop = Lexicon.Of["subject stop"];
        while (words.Length > 0)
        {
            if (stop.EndingAt(words, words.Length) is > 0 and var length)
            {
                words = words[..^length];
            }
            else if (words[^1] is ' ' or '　' or '了' or '的' or '-')
            {
                words = words[..^1];
            }
            else
            {
                break;
            }
        }

        while (words.Length > 0 && stop.StartingAt(words, 0) is > 0 and var leading)
        {
            words = words[leading..];
        }

        return words.Trim().ToString();
    }

    /// <summary>The noun after the unit, as in 14个行政村.</summary>
    public static string SubjectAfter(PlainText text, int end)
    {
        const int longest = 16;
        var window = text.Span[end..Math.Min(text.Length, end + longest)];
        var cut = window.IndexOfAny(Breaks);
        return (cut < 0 ? window : window[..cut]).Trim().ToString();
    }
}

/// <summary>Where quotation marks open and close: how long the quotation around a place is.</summary>
internal sealed class QuoteMap
{
    private readonly List<(int Open, int Close)> _spans = [];

    public QuoteMap(PlainText text)
    {
        var open = -1;
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '“' or '「' or '『' or '《':
                    open = i;
                    break;
                case '”' or '」' or '』' or '》' when open >= 0:
                    _spans.Add((open, i));
                    open = -1;
                    break;
                case '\n':
                    open = -1;
                    break;
            }
        }
    }

    /// <summary>Length of the quotation that holds the place; 0 when none does.</summary>
    public int LengthAround(int at)
    {
        var (low, high) = (0, _spans.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var (open, close) = _spans[middle];
            if (at < open)
            {
                high = middle - 1;
            }
            else if (at > close)
            {
                low = middle + 1;
            }
            else
            {
                return close - open - 1;
            }
        }

        return 0;
    }
}
