namespace Shizhang.Core.Auditing.Checks;

/// <summary>What was left in or left open in the writing: placeholders, marks that never open or close.</summary>
internal static class WritingChecks
{
    private static readonly (char Open, char Close)[] Marks = [('“', '”'), ('《', '》'), ('(', ')'), ('「', '」'), ('『', '』')];

    public static void Run(AuditContext context)
    {
        Placeholders(context);
        UnpairedMarks(context);
    }

    private static void Placeholders(AuditContext context)
    {
        var text = context.Text;
        (int Start, int End)? name = null;
        var names = 0;
        for (var at = 0; at < text.Length; at++)
        {
            var end = at;
            while (text[end] is '*' or '×' or '_' or '＿' or '＊' or 'X' && text[end] == text[at])
            {
                end++;
            }

            if (end - at < 2 || (text[at] == 'X' && (char.IsAsciiLetterOrDigit(text[at - 1]) || char.IsAsciiLetterOrDigit(text[end]))))
            {
                at = Math.Max(at, end - 1);
                continue;
            }

            var unit = Lexicon.Of["units"].StartingAt(text.Span, end);
            if (unit > 0 && text[end] is not ('村' or '家') || text[end] == '年')
            {
                context.Raise("placeholder", true, at, end + Math.Max(unit, 1), null, null, [], "audit_placeholder", text.Text[at..(end + Math.Max(unit, 1))]);
            }
            else
            {
                names++;
                name ??= (at, end);
            }

            at = end - 1;
        }

        if (name is var (start, stop))
        {
            context.Raise("placeholder", true, start, stop, null, names, [], "audit_placeholder_names", names);
        }
    }

    private static void UnpairedMarks(AuditContext context)
    {
        var text = context.Text;
        foreach (var (open, close) in Marks)
        {
            var opened = new Stack<int>();
            for (var at = 0; at <= text.Length; at++)
            {
                var c = text[at];
                if (c == open)
                {
                    opened.Push(at);
                }
                else if (c == close && !opened.TryPop(out _) && !IsListMark(text, at))
                {
                    context.Raise("marks", true, at, at + 1, null, null, [], "audit_mark_close", text.Text[at]);
                }
                else if (c is '\n' or '\0')
                {
                    foreach (var left in opened)
                    {
                        context.Raise("marks", true, left, left + 1, null, null, [], "audit_mark_open", text.Text[left]);
                    }

                    opened.Clear();
                }
            }
        }
    }

    // 1) and 一） number a list.
    private static bool IsListMark(PlainText text, int at) => text[at] == ')' && (char.IsAsciiLetterOrDigit(text[at - 1]) || NumeralReader.IsChinese(text[at - 1])) && (at < 2 || text[at - 2] is '\n' or ' ' or '　' or '。' or '；' or '\0');
}
