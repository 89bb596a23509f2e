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
            switch (block)
            {
                case HeadingBlock head:
                    heading = head.Number + string.Concat(head.Text.Select(r => r.Print));
                    Split(head.Text, new IssuedOpening(IssuedBlock.Heading, head.Level, head.Number), heading, sentences);
                    break;
                case TableBlock table:
                    Split(table, heading, sentences);
                    break;
                default:
                    Split(block.Runs, new IssuedOpening(IssuedBlock.Paragraph), heading, sentences);
                    break;
            }
        }

        return sentences;
    }

    private static void Split(TableBlock table, string heading, List<IssuedSentence> to)
    {
        for (var row = 0; row < table.Rows.Count; row++)
        {
            for (var cell = 0; cell < table.Rows[row].Count; cell++)
            {
                Split(table.Rows[row][cell], new IssuedOpening(cell > 0 ? IssuedBlock.Cell : row > 0 ? IssuedBlock.Row : IssuedBlock.Table), heading, to);
            }
        }
    }

    private static void Split(IEnumerable<ReportRun> runs, IssuedOpening begins, string heading, List<IssuedSentence> to)
    {
        IssuedOpening? opens = begins;
        var parts = new List<IssuedPart>();
        var text = new StringBuilder();
        var isStrong = false;
        foreach (var run in runs)
        {
            if (run is FigureRun figure)
            {
                FlushText();
                parts.Add(new IssuedPart(figure.Print, figure.Key, figure.Figure.Indicator.Code, figure.Said.Bound, figure.Said.Stated, figure.Said.Step));
                continue;
            }

            FlushText();
            isStrong = run is TextRun { Strong: true };
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
        if (opens is not null)
        {
            // An empty cell holds its place.
            to.Add(new IssuedSentence(heading, [], opens));
        }

        void FlushText()
        {
            if (text.Length > 0)
            {
                parts.Add(new IssuedPart(text.ToString(), Strong: isStrong));
                text.Clear();
            }
        }

        void Flush()
        {
            FlushText();
            if (parts.Count > 0)
            {
                to.Add(new IssuedSentence(heading, [.. parts], opens));
                opens = null;
                parts.Clear();
            }
        }
    }
}
