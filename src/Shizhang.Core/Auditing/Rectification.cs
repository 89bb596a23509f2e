namespace Shizhang.Core.Auditing;

/// <summary>
/// A report on what became of problems (整改落实情况): each problem is a numbered line, what was done stands behind it or in the
/// lines below, up to the next.
/// </summary>
internal static class Rectification
{
    private const int LongestTitle = 60;
    private const int ShortestAnswer = 8;
    private static readonly string[] Results = ["情况", "落实", "进展", "成效", "结果", "完成"];

    /// <summary>整改落实情况, 反馈问题整改进展: a section that tells problems together with what was done.</summary>
    public static bool IsHeading(ReadOnlySpan<char> line)
    {
        var at = line.IndexOf("整改", StringComparison.Ordinal);
        foreach (var word in Results)
        {
            if (at >= 0 && line[at..].Contains(word, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The problems of such sections, each with what follows it; a measure is missing where nothing does.</summary>
    public static List<Problem> Read(PlainText text)
    {
        var lines = Lines(text);
        var problems = new List<Problem>();
        var inside = false;
        for (var i = 0; i < lines.Count; i++)
        {
            var line = lines[i];
            if (line.Level == 1)
            {
                inside = IsHeading(text.Span[line.Body..line.End]);
            }
            else if (inside && line.Level > 1 && Title(text, line) is { } title)
            {
                var until = i + 1;
                while (until < lines.Count && lines[until].Level != 1 && (lines[until].Level == 0 || (lines[until].Level > line.Level && Title(text, lines[until]) is null)))
                {
                    until++;
                }

                var isGroup = until < lines.Count && until == i + 1 && lines[until].Level > line.Level;
                if (!isGroup)
                {
                    problems.Add(new Problem(title, line.Start, [], Answers(text, line, title, lines[(i + 1)..until])));
                }
            }
        }

        return problems;
    }

    private static List<(int Level, int Start, int Body, int End)> Lines(PlainText text)
    {
        var lines = new List<(int, int, int, int)>();
        for (var start = 0; start < text.Length;)
        {
            var length = text.Span[start..].IndexOf('\n');
            var end = length < 0 ? text.Length : start + length;
            var (level, body) = StructureReader.Level(text, start, end);
            if (body < end)
            {
                lines.Add((level, start, body, end));
            }

            start = end + 1;
        }

        return lines;
    }

    /// <summary>The first sentence of a numbered line when it speaks of a problem.</summary>
    private static string? Title(PlainText text, (int Level, int Start, int Body, int End) line)
    {
        var words = text.Text.AsSpan(line.Body, line.End - line.Body);
        var cut = words.IndexOfAny("。；：");
        words = cut < 0 ? words : words[..cut];
        var problem = words.LastIndexOf("问题", StringComparison.Ordinal);
        return problem < 0 || words.Length > LongestTitle * 2 ? null : words[..Math.Min(words.Length, Math.Max(problem + 2, 1))].Trim().ToString();
    }

    private static List<string> Answers(PlainText text, (int Level, int Start, int Body, int End) line, string title, List<(int Level, int Start, int Body, int End)> below)
    {
        var answers = new List<string>();
        var rest = text.Text.AsSpan(line.Body, line.End - line.Body);
        rest = rest[Math.Min(rest.Length, rest.IndexOf(title, StringComparison.Ordinal) + title.Length)..].TrimStart("。；：，”、 ");
        foreach (var words in below.Select(b => text.Text[b.Body..b.End].Trim()).Prepend(rest.ToString()))
        {
            if (words.Length >= ShortestAnswer)
            {
                var cut = words.AsSpan().IndexOfAny("。；\n");
                answers.Add(cut > 0 && cut < LongestTitle ? words[..cut] : words[..Math.Min(words.Length, LongestTitle)]);
            }
        }

        return answers;
    }
}
