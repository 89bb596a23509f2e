namespace Shizhang.Core.Auditing;

/// <summary>A problem of a report with the causes and measures that answer it, by their titles.</summary>
public sealed record Problem(string Title, int Start, IReadOnlyList<string> Causes, IReadOnlyList<string> Measures);

/// <summary>A cause or measure: its title, where it stands and all its words.</summary>
internal sealed record ReportItem(ItemKind Kind, string Title, int Start, int End, string Heading);

internal enum ItemKind
{
    Problem,
    Cause,
    Measure,
}

/// <summary>
/// Finds the problems, causes and measures of a report by its headings (问题, 原因, 措施) and its numbering: 1. and 一是 open
/// an item; what follows to the next belongs to it.
/// </summary>
internal static class StructureReader
{
    private const string Digits = "一二三四五六七八九十";
    private const int LongestTitle = 40;
    private static readonly string[] Problems = ["问题", "不足", "短板"];
    private static readonly string[] Causes = ["原因"];
    private static readonly string[] Measures = ["措施", "下一步", "打算", "努力方向", "对策", "整改意见"];

    public static List<ReportItem> Read(PlainText text)
    {
        var items = new List<ReportItem>();
        var section = new Dictionary<int, ItemKind?>();
        var (start, heading, isRectified) = (0, "", false);
        while (start < text.Length)
        {
            var length = text.Span[start..].IndexOf('\n');
            var end = length < 0 ? text.Length : start + length;
            var (level, body) = Level(text, start, end);
            if (level is 1 or 2)
            {
                if (level == 1)
                {
                    isRectified = Rectification.IsHeading(text.Span[start..end]);
                    section[2] = null;
                }

                // What became of problems is told beside each: Rectification reads it.
                section[level] = isRectified ? null : KindOf(text.Span[start..end]);
                heading = "";
            }
            else if ((section.GetValueOrDefault(2) ?? section.GetValueOrDefault(1)) is { } kind && end > start)
            {
                heading = level == 3 ? FirstSentence(text, body, end) : heading;
                AddItems(text, body, end, kind, heading, level == 3, items);
            }

            start = end + 1;
        }

        return items;
    }

    /// <summary>1 for 一、, 2 for （一）, 3 for 1. or 1、, 0 for prose; and where the words begin.</summary>
    internal static (int Level, int Body) Level(PlainText text, int start, int end)
    {
        while (start < end && text[start] is ' ' or '　' or '\t' or '#' or '*')
        {
            start++;
        }

        var at = start;
        var bracket = text[at] == '(';
        at += bracket ? 1 : 0;
        var number = at;
        while (Digits.Contains(text[at]))
        {
            at++;
        }

        if (at > number)
        {
            return bracket && text[at] == ')' ? (2, at + 1) : !bracket && text[at] == '、' ? (1, at + 1) : (0, start);
        }

        while (char.IsAsciiDigit(text[at]))
        {
            at++;
        }

        return at > number && at - number <= 2 && text[at] is '.' or '、' && !char.IsAsciiDigit(text[at + 1]) ? (3, at + 1) : (0, start);
    }

    /// <summary>What a section holds by the words of its heading; null when it names several or none, and its own headings decide.</summary>
    private static ItemKind? KindOf(ReadOnlySpan<char> line)
    {
        const int longestHeading = 60;
        if (line.Length > longestHeading)
        {
            line = line[..longestHeading];
        }

        (ItemKind Kind, bool Said)[] kinds = [(ItemKind.Problem, Says(line, Problems)), (ItemKind.Cause, Says(line, Causes)), (ItemKind.Measure, Says(line, Measures))];
        var said = kinds.Where(k => k.Said).ToList();
        return said.Count == 1 ? said[0].Kind : said.Count == 2 && said[1].Kind == ItemKind.Measure && !said.Exists(k => k.Kind == ItemKind.Cause) ? ItemKind.Measure : null;
    }

    private static bool Says(ReadOnlySpan<char> line, string[] words)
    {
        foreach (var word in words)
        {
            if (line.Contains(word, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static void AddItems(PlainText text, int start, int end, ItemKind kind, string heading, bool isNumbered, List<ReportItem> items)
    {
        var opens = new List<int>();
        for (var at = start; at < end - 1; at++)
        {
            if (Digits.IndexOf(text[at], StringComparison.Ordinal) == opens.Count && text[at + 1] == '是' && (at == start || text[at - 1] is '。' or '；' or ':' or '，' or '　' or ' '))
            {
                opens.Add(at);
            }
        }

        // One 一是 alone counts nothing.
        if (opens.Count >= 2)
        {
            for (var i = 0; i < opens.Count; i++)
            {
                var until = i + 1 < opens.Count ? opens[i + 1] : end;
                items.Add(new ReportItem(kind, FirstSentence(text, opens[i] + 2, until), opens[i], until, heading));
            }
        }
        else if (isNumbered)
        {
            items.Add(new ReportItem(kind, FirstSentence(text, start, end), start, end, heading));
        }
    }

    private static string FirstSentence(PlainText text, int start, int end)
    {
        var line = text.Text.AsSpan(start, end - start);
        var cut = line.IndexOfAny("。；：");
        line = cut < 0 ? line : line[..cut];
        return (line.Length > LongestTitle ? line[..LongestTitle] : line).Trim().ToString();
    }
}
