using Shizhang.Core.Catalogs;
using Shizhang.Core.Figures;

namespace Shizhang.Core.Reports;

/// <summary>An issued report as a document again: what was frozen, with every figure alive, for the same outputs as a report of today.</summary>
public static class IssuedDocument
{
    /// <summary><paramref name="catalog"/> is of the pack the report was issued with.</summary>
    public static ReportDocument Of(IssuedReport issued, Catalog catalog)
    {
        var period = new Period(issued.From, issued.To);
        var figures = issued.Figures.ToDictionary(f => f.Indicator, f => new Figure(catalog.Indicators[f.Indicator], f.Value, f.Records, period, issued.Unit, issued.AsOf), StringComparer.Ordinal);
        var blocks = new List<ReportBlock>();
        var rows = new List<IReadOnlyList<IReadOnlyList<ReportRun>>>();
        List<ReportRun> runs = [];
        foreach (var sentence in issued.Sentences)
        {
            if (sentence.Opens is { } opens)
            {
                runs = [];
                Open(opens, runs, blocks, ref rows);
            }
            else if (blocks.Count == 0)
            {
                blocks.Add(new ParagraphBlock(runs));
            }

            runs.AddRange(sentence.Parts.Select(p => p is { Key: { } key, Indicator: { } code }
                ? (ReportRun)new FigureRun(key, figures[code], [], p.Said)
                : new TextRun(p.Text, p.Strong)));
        }

        return new ReportDocument(issued.Title, blocks) { Formalities = issued.Formalities ?? Formalities.None };
    }

    // Blocks hold the lists that the sentences fill afterwards.
    private static void Open(IssuedOpening opens, List<ReportRun> runs, List<ReportBlock> blocks, ref List<IReadOnlyList<IReadOnlyList<ReportRun>>> rows)
    {
        switch (opens.Block)
        {
            case IssuedBlock.Heading:
                blocks.Add(new HeadingBlock(opens.Level, opens.Number, runs));
                break;
            case IssuedBlock.Paragraph:
                blocks.Add(new ParagraphBlock(runs));
                break;
            case IssuedBlock.Table:
                rows = [new List<IReadOnlyList<ReportRun>> { runs }];
                blocks.Add(new TableBlock(rows));
                break;
            case IssuedBlock.Row:
                rows.Add(new List<IReadOnlyList<ReportRun>> { runs });
                break;
            default:
                ((List<IReadOnlyList<ReportRun>>)rows[^1]).Add(runs);
                break;
        }
    }
}
