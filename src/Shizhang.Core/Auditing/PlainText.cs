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
    }

    public string Text { get; }

    public ReadOnlySpan<char> Span => _plain;

    public char this[int at] => at >= 0 && at < _plain.Length ? _plain[at] : '\0';

    public int Length => _plain.Length;

    private static char Plain(string text, int at)
    {
        var c = text[at];
        return c switch
        {
            >= '０' and <= '９' => (char)(c - '０' + '0'),
            '．' => '.',
            // A comma between full-width digits is a thousands mark; elsewhere it is punctuation.
            '，' when IsWideDigit(text, at - 1) && IsWideDigit(text, at + 1) => ',',
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

    private static bool IsWideDigit(string text, int at) => at >= 0 && at < text.Length && text[at] is >= '０' and <= '９';
}
