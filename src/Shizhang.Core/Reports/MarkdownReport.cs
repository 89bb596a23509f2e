using System.Text;

namespace Shizhang.Core.Reports;

/// <summary>A report as Markdown with its numbers written out; each figure is a link to its records.</summary>
public static class MarkdownReport
{
    public static string Write(ReportDocument report, string recordsFolder)
    {
        var text = new StringBuilder("# ").Append(report.Title).Append("\n\n");
        foreach (var block in report.Blocks)
        {
            switch (block)
            {
                case HeadingBlock heading:
                    text.Append('#', heading.Level + 1).Append(' ').Append(Escape(heading.Number));
                    Runs(text, heading.Text, recordsFolder);
                    break;
                case TableBlock table:
                    for (var i = 0; i < table.Rows.Count; i++)
                    {
                        foreach (var cell in table.Rows[i])
                        {
                            text.Append("| ");
                            Runs(text, cell, recordsFolder);
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
                    Runs(text, block.Runs, recordsFolder);
                    break;
            }

            text.Append("\n\n");
        }

        return text.ToString().TrimEnd() + "\n";
    }

    private static void Runs(StringBuilder text, IEnumerable<ReportRun> runs, string recordsFolder)
    {
        foreach (var run in runs)
        {
            _ = run switch
            {
                FigureRun figure => text.Append('[').Append(Escape(figure.Print)).Append("](").Append(recordsFolder).Append('/').Append(figure.Figure.Indicator.Code).Append(".html)"),
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
