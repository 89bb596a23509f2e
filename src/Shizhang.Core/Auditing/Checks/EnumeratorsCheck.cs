namespace Shizhang.Core.Auditing.Checks;

/// <summary>抓好三项工作：一是…。二是…。三是…: as many are told as were announced, sentences or paragraphs apart.</summary>
internal static class EnumeratorsCheck
{
    private const string Kind = "list_count";
    private const string Digits = "一二三四五六七八九十";
    private const string Counts = "两三四五六七八九十";
    private const int Longest = 2000;
    private const int LongestLead = 16;
    private const int MostOff = 2;

    public static void Run(AuditContext context)
    {
        var text = context.Text;
        for (var at = 1; at < text.Length - 4; at++)
        {
            if (text[at] is '个' or '项' or '条' or '大' or '点' && Counts.IndexOf(text[at - 1], StringComparison.Ordinal) is >= 0 and var index && !NumeralReader.IsChinese(text[at - 2]) && text[at - 2] != '第' && Lead(text, at) is { } first)
            {
                Judge(context, at - 1, index + 2, first);
            }
        }
    }

    /// <summary>Where the first enumerator stands after the words of the announcement; null when they lead to none.</summary>
    private static int? Lead(PlainText text, int at)
    {
        var end = Math.Min(text.Length, at + LongestLead);
        var words = text.Span[at..end];
        var colon = words.IndexOf(':');
        return colon > 0 && words[..colon].IndexOfAny("，。；、\n") < 0 && text[at + colon + 1] == '一' && text[at + colon + 2] == '是' ? at + colon + 1 : null;
    }

    private static void Judge(AuditContext context, int start, int stated, int first)
    {
        var text = context.Text;
        var (told, last) = (1, first);
        for (var at = first + 2; at < Math.Min(text.Length - 1, first + Longest); at++)
        {
            if (text[at + 1] != '是' || text[at - 1] is not ('。' or '；' or '，' or ':' or '\n' or ' ' or '　'))
            {
                continue;
            }

            if (text[at] == '一')
            {
                break;
            }

            if (told < Digits.Length && text[at] == Digits[told])
            {
                told++;
                last = at;
            }
        }

        if (told < 2 || Math.Abs(told - stated) > MostOff)
        {
            return;
        }

        var end = Math.Min(last + 2, text.Length);
        context.FoundAt(Kind, told == stated, start, end, stated, told);
        if (told != stated)
        {
            context.Raise(Kind, true, start, first, stated, told, [], "audit_list", text.Text[start..(start + 2)], told);
        }
    }
}
