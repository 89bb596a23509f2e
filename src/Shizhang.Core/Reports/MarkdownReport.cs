using System.Text;

namespace Shizhang.Core.Reports;

/// <summary>A report as Markdown with its numbers written out; each figure is a link to its records, at an address without blanks or brackets.</summary>
public static class MarkdownReport
{
    public static string Write(ReportDocument report, Func<FigureRun, string> addressOf)
    {
        var text = new StringBuilder("# ").Append(report.Title).Append("\n\n");
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

        return text.ToString().TrimEnd() + "\n";
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
