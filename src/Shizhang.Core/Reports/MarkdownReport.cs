using System.Text;

namespace Shizhang.Core.Reports;

/// <summary>A report as Markdown with its numbers written out; each figure is a link to its records, at an address without blanks or brackets.</summary>
public static class MarkdownReport
{
    public static string Write(ReportDocument report, Func<FigureRun, string> addressOf)
    {
        var (text, formal) = (new StringBuilder(), report.Formalities);
        Lines(text, [.. formal.MarkLines(), formal.Heading, formal.Number, formal.SignerLine()]);
        text.Append("# ").Append(report.Title).Append("\n\n");
        Lines(text, [formal.AddresseeLine()]);
        foreach (var block in report.Blocks)
        {
            switch (block)
            {
                case HeadingBlock heading:
                    text.Append('#', heading.Level + 1).Append(' ').Append(Escape(heading.Number));
                    Runs(text, heading.Text, addressOf);
                    break;
                case TableBlock table:
                    for (var i = 0; i < table.Rows.Count; i++)
                    {
                        foreach (var cell in table.Rows[i])
                        {
                            text.Append("| ");
                            Runs(text, cell, addressOf);
                            text.Append(' ');
                        }

                        text.Append("|\n");
                        if (i == 0)
                        {
                            text.Insert(text.Length, "|---", table.Rows[0].Count).Append("|\n");
                        }
                    }

                    break;
                default:
                    Runs(text, block.Runs, addressOf);
                    break;
            }

            text.Append("\n\n");
        }

        Lines(text, [.. formal.AttachmentLines(), formal.SignedBy, formal.DateLine(), report.Stamp, formal.CopiesLine(), formal.PrintedBy is { } printer ? $"{printer}　{formal.PrintedLine()}" : null]);
        return text.ToString().TrimEnd() + "\n";
    }

    // A line that begins with a number is no list here.
    private static void Lines(StringBuilder text, IEnumerable<string?> lines)
    {
        foreach (var line in lines.OfType<string>())
        {
            var escaped = Escape(line);
            var dot = escaped.IndexOf(". ", StringComparison.Ordinal);
            text.Append(dot > 0 && escaped.AsSpan(0, dot).IndexOfAnyExceptInRange('0', '9') < 0 ? escaped.Insert(dot, "\\") : escaped).Append("\n\n");
        }
    }

    private static void Runs(StringBuilder text, IEnumerable<ReportRun> runs, Func<FigureRun, string> addressOf)
    {
        foreach (var run in runs)
        {
            _ = run switch
            {
                FigureRun figure => text.Append('[').Append(Escape(figure.Print)).Append("](").Append(addressOf(figure)).Append(')'),
                TextRun { Strong: true } strong => text.Append("**").Append(Escape(strong.Text)).Append("**"),
                _ => text.Append(Escape(run.Print)),
            };
        }
    }

    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (c is '\\' or '*' or '_' or '[' or ']' or '<' or '`' or '|' or '#')
            {
                escaped.Append('\\');
            }

            escaped.Append(c);
        }

        return escaped.ToString();
    }
}
