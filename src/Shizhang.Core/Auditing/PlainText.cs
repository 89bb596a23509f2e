namespace Shizhang.Core.Auditing;

/// <summary>
/// A text and a plain copy of the same length, in which digits, signs and brackets are half width: what is found in the copy stands
/// at the same place in the text.
/// </summary>
internal sealed class PlainText
{
    private readonly char[] _plain;

    public PlainText(string text)
    {
        Text = text;
        _plain = text.ToCharArray();
        for (var i = 0; i < _plain.Length; i++)
        {
            _plain[i] = Plain(text, i);
        }

        MarkRatios();
    }

    public string Text { get; }

    public ReadOnlySpan<char> Span => _plain;

    public char this[int at] => at >= 0 && at < _plain.Length ? _plain[at] : '\0';

    public int Length => _plain.Length;

    /// <summary>结构为19.9:33.5:46.6 is written with any colon; 9:30 is a time unless the mark of ratios says otherwise.</summary>
    private void MarkRatios()
    {
        const int nearby = 8;
        for (var start = 0; start < _plain.Length; start++)
        {
            if (!char.IsAsciiDigit(_plain[start]))
            {
                continue;
            }

            var (end, colons, isPlain) = (start, 0, true);
            for (; char.IsAsciiDigit(this[end]) || (this[end] is '.' or ':' or '∶' && char.IsAsciiDigit(this[end + 1])); end++)
            {
                colons += this[end] == ':' ? 1 : 0;
                isPlain = isPlain && this[end] is not ('.' or '∶');
            }

            var words = Span[Math.Max(0, start - nearby)..start];
            if (colons > 0 && !(colons == 1 && isPlain) && words.IndexOfAny('比', '构', '例') >= 0)
            {
                _plain.AsSpan(start, end - start).Replace(':', '∶');
            }

            start = end;
        }
    }

    private static char Plain(string text, int at)
    {
        var c = text[at];
        return c switch
        {
            >= '０' and <= '９' => (char)(c - '０' + '0'),
            '．' => '.',
            // A comma between full-width digits is a thousands mark; elsewhere it is punctuation.
            '，' when IsWideDigit(text, at - 1) && IsWideDigit(text, at + 1) => ',',
            // Some write Chinese with the marks of English.
            ',' when !(IsDigit(text, at - 1) && IsDigit(text, at + 1)) => '，',
            ';' => '；',
            '％' => '%',
            '－' or '−' => '-',
            '～' or '〜' => '~',
            '（' => '(',
            '）' => ')',
            '：' => ':',
            '∶' => '∶',
            '○' or '〇' or '零' => '〇',
            >= 'Ａ' and <= 'Ｚ' => (char)(c - 'Ａ' + 'A'),
            >= 'ａ' and <= 'ｚ' => (char)(c - 'ａ' + 'a'),
            _ => c,
        };
    }

    private static bool IsDigit(string text, int at) => at >= 0 && at < text.Length && char.IsAsciiDigit(text[at]);

    private static bool IsWideDigit(string text, int at) => at >= 0 && at < text.Length && text[at] is >= '０' and <= '９';
}
