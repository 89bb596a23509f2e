using System.Text;
using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Shizhang.Core.Texts;

namespace Shizhang.Core.Reports;

/// <summary>Markdown into the report's own tree. Headings get their numbers here; raw HTML is not let through.</summary>
internal static class ReportMarkdown
{
    private const int Levels = 4;
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables().UseCjkFriendlyEmphasis().DisableHtml().Build();

    public static ReportDocument Read(string text, FigureMarks marks)
    {
        var title = "";
        var blocks = new List<ReportBlock>();
        var counters = new int[Levels + 1];
        foreach (var block in Markdown.Parse(text, Pipeline))
        {
            if (block is Markdig.Syntax.HeadingBlock { Level: 1 } first)
            {
                title = string.Concat(Runs(first.Inline, marks).Select(r => r.Print));
            }
            else
            {
                Add(block, blocks, counters, marks);
            }
        }

        return new ReportDocument(title, blocks);
    }

    private static void Add(Block block, List<ReportBlock> to, int[] counters, FigureMarks marks)
    {
        switch (block)
        {
            case Markdig.Syntax.HeadingBlock heading:
                var level = Math.Min(heading.Level - 1, Levels);
                counters[level]++;
                Array.Clear(counters, level + 1, Levels - level);
                to.Add(new HeadingBlock(level, Number(level, counters[level]), Runs(heading.Inline, marks)));
                break;
            case Markdig.Syntax.ParagraphBlock paragraph:
                to.Add(new ParagraphBlock(Runs(paragraph.Inline, marks)));
                break;
            case Table table:
                to.Add(new TableBlock([.. table.OfType<TableRow>().Select(r => (IReadOnlyList<IReadOnlyList<ReportRun>>)[.. r.OfType<TableCell>().Select(c => Cell(c, marks))])]));
                break;
            case ContainerBlock container:
                foreach (var inner in container)
                {
                    Add(inner, to, counters, marks);
                }

                break;
        }
    }

    private static IReadOnlyList<ReportRun> Cell(TableCell cell, FigureMarks marks) =>
        [.. cell.OfType<LeafBlock>().SelectMany(b => Runs(b.Inline, marks))];

    private static List<ReportRun> Runs(ContainerInline? inline, FigureMarks marks)
    {
        var runs = new List<ReportRun>();
        var text = new StringBuilder();
        Collect(inline, strong: false);
        Flush(strong: false);
        return runs;

        void Collect(ContainerInline? container, bool strong)
        {
            foreach (var child in container ?? Enumerable.Empty<Inline>())
            {
                switch (child)
                {
                    case LiteralInline literal:
                        text.Append(literal.Content.AsSpan());
                        break;
                    case CodeInline code:
                        text.Append(code.Content);
                        break;
                    case HtmlEntityInline entity:
                        text.Append(entity.Transcoded.AsSpan());
                        break;
                    case EmphasisInline emphasis:
                        Flush(strong);
                        Collect(emphasis, strong || emphasis.DelimiterCount > 1);
                        Flush(strong || emphasis.DelimiterCount > 1);
                        break;
                    case ContainerInline other:
                        Collect(other, strong);
                        break;
                }

                // A line break in the source is none in Chinese prose.
            }
        }

        void Flush(bool strong)
        {
            runs.AddRange(marks.Runs(text.ToString(), strong));
            text.Clear();
        }
    }

    private static string Number(int level, int n) => level switch
    {
        1 => $"{ChineseNumeral.Of(n)}、",
        2 => $"（{ChineseNumeral.Of(n)}）",
        3 => $"{n}.",
        _ => $"（{n}）",
    };
}
