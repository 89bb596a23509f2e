namespace Shizhang.Core.Auditing.Checks;

/// <summary>四个机构为：A、B、C、D: as many are listed as were announced. A last 和 may join two items or stand within one.</summary>
internal static class ListCheck
{
    private const string Kind = "list_count";
    private const int LongestLead = 40;
    private const int LongestList = 600;
    private const int LongestAspect = 10;
    private static readonly string[] Leads = ["为:", "分别是", "分别为", "是:", "包括:", "即:", "有:", ":"];

    public static void Run(AuditContext context)
    {
        for (var i = 0; i < context.Claims.Count; i++)
        {
            if (context.Claims[i] is { Value: >= 2 and <= 40, Step: 1, Bound: Figures.Bound.Exact } claim && !Comparable.IsShare(claim))
            {
                After(context, i);
            }
        }

        Quoted(context);
    }

    private static void After(AuditContext context, int i)
    {
        var claim = context.Claims[i];
        var rest = context.Between(claim.End, Math.Min(context.Text.Length, claim.End + LongestLead));
        var begin = Lead(rest);
        if (begin < 0)
        {
            return;
        }

        var from = claim.End + begin;
        var isBracket = context.Text[from - 1] == '(';
        var list = List(context, from, isBracket);
        if (list.Length == 0 || IsBegun(list))
        {
            return;
        }

        var (items, joined) = Count(list);
        if (items < 2 || HasFigures(context, i, from + list.Length, items))
        {
            return;
        }

        var stated = (int)claim.Value;
        if (stated >= items && stated <= items + joined)
        {
            context.FoundAt(Kind, true, claim.Start, from + list.Length, stated, stated);
        }
        else if (!isBracket && !list.Contains('等') && items + joined < 40)
        {
            var isSure = joined == 0;
            context.FoundAt(Kind, false, claim.Start, from + list.Length, stated, items);
            context.Raise(Kind, isSure, claim.Start, from + list.Length, stated, items, [i], "audit_list", claim.Quote, items);
        }
    }

    /// <summary>Where a list begins after its number; -1 when no list does.</summary>
    private static int Lead(ReadOnlySpan<char> rest)
    {
        var end = rest.IndexOfAny("。；\n");
        rest = end < 0 ? rest : rest[..end];
        var bracket = rest.IndexOf('(');
        foreach (var lead in Leads)
        {
            var at = rest.IndexOf(lead, StringComparison.Ordinal);
            if (at >= 0 && (bracket < 0 || at < bracket) && rest[..at].IndexOf('、') < 0)
            {
                return at + lead.Length;
            }
        }

        return bracket >= 0 && rest[..bracket].IndexOfAny("，、") < 0 ? bracket + 1 : -1;
    }

    private static ReadOnlySpan<char> List(AuditContext context, int from, bool isBracket)
    {
        var window = context.Between(from, Math.Min(context.Text.Length, from + LongestList));
        var depth = 0;
        for (var at = 0; at < window.Length; at++)
        {
            switch (window[at])
            {
                case '(':
                    depth++;
                    break;
                case ')' when depth > 0:
                    depth--;
                    break;
                case ')' when isBracket:
                    return window[..at];
                case '。' or '\n' or '+' when depth == 0:
                case '，' when depth == 0 && !isBracket:
                    return window[..at];
            }
        }

        return default;
    }

    // A list of figures is a matter of parts, unless each item has one of another kind: 3个：甲96分、乙95分、丙93分.
    private static bool HasFigures(AuditContext context, int i, int end, int items)
    {
        var inside = 0;
        for (var k = i + 1; k < context.Claims.Count && context.Claims[k].Start < end; k++)
        {
            inside += Comparable.AreLoosely(context.Claims[i], context.Claims[k]) ? items + 1 : 1;
        }

        return inside > 1 && inside != items;
    }

    /// <summary>Items set apart by 、 or ；, or counted by 一是、二是; and how many 和 in the last could join two.</summary>
    private static (int Items, int Joined) Count(ReadOnlySpan<char> list)
    {
        var counted = 0;
        var (depth, quotes, items, lastStart) = (0, 0, 1, 0);
        for (var at = 0; at < list.Length; at++)
        {
            switch (list[at])
            {
                case '(':
                    depth++;
                    break;
                case ')':
                    depth--;
                    break;
                case '“' or '《':
                    quotes++;
                    break;
                case '”' or '》':
                    quotes--;
                    break;
                case '、' or '；' when depth == 0 && quotes <= 0:
                    items++;
                    lastStart = at + 1;
                    break;
                case '是' when at > 0 && NumeralReader.IsChinese(list[at - 1]) && (at == 1 || list[at - 2] is '；' or ':' or '。' or '(' or '，'):
                    counted++;
                    break;
            }
        }

        if (counted > 1)
        {
            return (counted, 0);
        }

        var last = list[lastStart..];
        var joined = 0;
        for (var at = 0; at < last.Length; at++)
        {
            joined += last[at] is '和' or '及' or '与' ? 1 : 0;
        }

        return (items, joined);
    }

    // 三项工作：一是水、电。二是…: the sentence ends before the list does.
    private static bool IsBegun(ReadOnlySpan<char> list) => list.StartsWith("一是", StringComparison.Ordinal) && !list.Contains("二是", StringComparison.Ordinal);

    /// <summary>
    /// A、B、C“三个年” and “三大工程”：A、B、C: a name in quotes whose number counts the list beside it. Such names count what they like,
    /// so a list before it never accuses and one after it only asks.
    /// </summary>
    private static void Quoted(AuditContext context)
    {
        var text = context.Text;
        for (var at = 1; at < text.Length - 3; at++)
        {
            if (text[at] != '“' && text.Span[at..].StartsWith("个方面", StringComparison.Ordinal) && "三四五六七八九十".IndexOf(text[at - 1], StringComparison.Ordinal) is >= 0 and var aspects)
            {
                var lead = text.Span[at..Math.Min(text.Length, at + LongestAspect)].IndexOf(':');
                if (lead > 0 && text.Span[at..(at + lead)].IndexOfAny("，。；、") < 0)
                {
                    AfterName(context, at - 1, at + lead, aspects + 3);
                }
            }

            if (text[at] != '“' || text[at + 2] is not ('大' or '个' or '项' or '类' or '条') || "两三四五六七八九十".IndexOf(text[at + 1], StringComparison.Ordinal) is not (>= 0 and var n))
            {
                continue;
            }

            var close = text.Span[at..Math.Min(text.Length, at + LongestLead)].IndexOf('”');
            if (close > 0 && text[at + close + 1] == ':')
            {
                AfterName(context, at, at + close + 1, n + 2);
                continue;
            }

            var from = at - 1;
            while (from > 0 && text[from - 1] is not ('，' or '。' or '；' or ':' or '\n' or '”'))
            {
                from--;
            }

            var items = 1 + context.Between(from, at).Count('、');
            if (items == n + 2)
            {
                context.FoundAt(Kind, true, from, at + Math.Max(close, 3) + 1, items, items);
            }
        }
    }

    private static void AfterName(AuditContext context, int at, int colon, int stated)
    {
        var list = List(context, colon + 1, isBracket: false);
        var (items, joined) = Count(list);
        if (items < 2 || IsBegun(list) || list.Contains('等') || context.Text[colon + 1 + list.Length] is '，' or ',')
        {
            return;
        }

        var end = colon + 1 + list.Length;
        if (stated >= items && stated <= items + joined)
        {
            context.FoundAt(Kind, true, at, end, stated, stated);
        }
        else
        {
            context.FoundAt(Kind, false, at, end, stated, items);
            context.Raise(Kind, false, at, end, stated, items, [], "audit_list", context.Text.Text[at..colon].Trim('“', '”'), items);
        }
    }
}
