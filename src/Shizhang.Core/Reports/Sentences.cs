using System.Text;

namespace Shizhang.Core.Reports;

/// <summary>Takes a report apart into sentences, each with its figures.</summary>
public static class Sentences
{
    private static readonly System.Buffers.SearchValues<char> Ends = System.Buffers.SearchValues.Create("。！？；");

    public static IReadOnlyList<IssuedSentence> Of(ReportDocument report)
    {
        var sentences = new List<IssuedSentence>();
        var heading = report.Title;
        foreach (var block in report.Blocks)
        {
            if (block is HeadingBlock head)
            {
                heading = head.Number + string.Concat(head.Text.Select(r => r.Print));
            }

            Split(block, heading, sentences);
        }

        return sentences;
    }

    private static void Split(ReportBlock block, string heading, List<IssuedSentence> to)
    {
        var parts = new List<IssuedPart>();
        var text = new StringBuilder();
        foreach (var run in block.Runs)
        {
            if (run is FigureRun figure)
            {
                FlushText();
                parts.Add(new IssuedPart(figure.Print, figure.Key, figure.Figure.Indicator.Code, figure.Said.Bound, figure.Said.Stated, figure.Said.Step));
                continue;
            }

            var rest = run.Print.AsSpan();
            while (!rest.IsEmpty)
            {
                var end = rest.IndexOfAny(Ends);
                text.Append(end < 0 ? rest : rest[..(end + 1)]);
                rest = end < 0 ? [] : rest[(end + 1)..];
                if (end >= 0)
                {
                    Flush();
                }
            }
        }

        Flush();

        void FlushText()
        {
            if (text.Length > 0)
            {
                parts.Add(new IssuedPart(text.ToString()));
                text.Clear();
            }
        }

        void Flush()
        {
            FlushText();
            if (parts.Count > 0)
            {
                to.Add(new IssuedSentence(heading, [.. parts]));
                parts.Clear();
            }
        }
    }
}
