using System.Globalization;
using System.Xml.Linq;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using Shizhang.Core.Reports;

namespace Shizhang.Office;

/// <summary>
/// A report as docx. Each figure is a bookmark <c>sz_&lt;key&gt;</c> around a content control, because some editors keep one and
/// some the other; a custom XML part maps each key to its figure and value (DESIGN 7).
/// </summary>
public static class DocxReport
{
    /// <summary>Namespace of the custom XML part.</summary>
    public static readonly XNamespace Figures = "urn:shizhang:figures:1";

    private const string BookmarkPrefix = "sz_";

    // Word keeps 40 characters of a bookmark's name.
    private const int LongestBookmark = 40;

    public static void Write(ReportDocument report, Stream to)
    {
        using var docx = WordprocessingDocument.Create(to, WordprocessingDocumentType.Document);
        docx.PackageProperties.Title = report.Title;
        var main = docx.AddMainDocumentPart();
        main.AddNewPart<StyleDefinitionsPart>().Styles = DocxStyles.Create();
        main.AddNewPart<FontTablePart>().Fonts = DocxFonts.Table();
        main.AddNewPart<DocumentSettingsPart>().Settings = DocxPage.Settings();
        var (odd, even) = (main.AddNewPart<FooterPart>(), main.AddNewPart<FooterPart>());
        (odd.Footer, even.Footer) = (DocxPage.Footer(isOdd: true), DocxPage.Footer(isOdd: false));

        var body = new Body(DocxFormalities.Head(report.Formalities));
        body.Append(DocxFormalities.Styled(DocxStyles.Title, report.Title));
        body.Append(DocxFormalities.Addressee(report.Formalities));
        var ids = 0;
        foreach (var block in report.Blocks)
        {
            // Two tables that touch would be one.
            if (block is TableBlock && body.LastChild is Table)
            {
                body.Append(new Paragraph());
            }

            body.Append(BlockOf(block, ref ids));
        }

        body.Append(DocxFormalities.Foot(report));
        body.Append(DocxFormalities.Imprint(report.Formalities));
        if (body.LastChild is Table)
        {
            body.Append(new Paragraph());
        }

        body.Append(DocxPage.Section(main.GetIdOfPart(odd), main.GetIdOfPart(even)));
        main.Document = new Document(body);
        using var part = main.AddCustomXmlPart(CustomXmlPartType.CustomXml).GetStream(FileMode.Create);
        Map(report).Save(part);
    }

    /// <summary>The name of a figure's bookmark; long keys are cut and told apart by a digest.</summary>
    public static string BookmarkOf(string key)
    {
        var name = BookmarkPrefix + key;
        return name.Length <= LongestBookmark ? name : name[..(LongestBookmark - 9)] + "_" + Core.Sm3.Hex(System.Text.Encoding.UTF8.GetBytes(key))[..8];
    }

    private static XDocument Map(ReportDocument report) => new(new XElement(Figures + "figures", report.Figures.Select(f => new XElement(
        Figures + "figure",
        new XElement(Figures + "key", f.Key),
        new XElement(Figures + "bookmark", BookmarkOf(f.Key)),
        new XElement(Figures + "indicator", f.Figure.Indicator.Code),
        new XElement(Figures + "version", f.Figure.Indicator.Version),
        new XElement(Figures + "from", f.Figure.Period.From.ToString("yyyy-MM-dd")),
        new XElement(Figures + "to", f.Figure.Period.To.ToString("yyyy-MM-dd")),
        new XElement(Figures + "unit", f.Figure.Unit),
        new XElement(Figures + "as_of", f.Figure.AsOf),
        new XElement(Figures + "value", f.Figure.Value?.ToString(CultureInfo.InvariantCulture)),
        new XElement(Figures + "records", f.Figure.Records),
        new XElement(Figures + "said", f.Print)))));

    private static OpenXmlElement BlockOf(ReportBlock block, ref int ids)
    {
        switch (block)
        {
            case HeadingBlock heading:
                var paragraph = new Paragraph(new ParagraphProperties(new ParagraphStyleId { Val = DocxStyles.Heading(heading.Level) }), TextOf(heading.Number));
                Append(paragraph, heading.Text, ref ids);
                return paragraph;
            case TableBlock table:
                return TableOf(table, ref ids);
            default:
                var text = new Paragraph();
                Append(text, block.Runs, ref ids);
                return text;
        }
    }

    private static Table TableOf(TableBlock block, ref int ids)
    {
        var columns = block.Rows.Max(r => r.Count);
        var table = new Table(
            new TableProperties(new TableStyle { Val = DocxStyles.Table }, new TableWidth { Width = "5000", Type = TableWidthUnitValues.Pct }, new TableLook { FirstRow = true, NoHorizontalBand = true, NoVerticalBand = true }),
            new TableGrid(Enumerable.Range(0, columns).Select(_ => new GridColumn { Width = (DocxPage.TextWidth / columns).ToString(CultureInfo.InvariantCulture) })));
        for (var i = 0; i < block.Rows.Count; i++)
        {
            // A row stays on one page, and the heading stands on each.
            var row = new TableRow(i == 0 ? new TableRowProperties(new CantSplit(), new TableHeader()) : new TableRowProperties(new CantSplit()));
            foreach (var cell in block.Rows[i])
            {
                var style = i == 0 ? DocxStyles.TableHead : cell.Any(r => r is FigureRun) ? DocxStyles.FigureCell : DocxStyles.Cell;
                var paragraph = new Paragraph(new ParagraphProperties(new ParagraphStyleId { Val = style }));
                Append(paragraph, cell, ref ids);
                row.Append(new TableCell(new TableCellProperties(new TableCellVerticalAlignment { Val = TableVerticalAlignmentValues.Center }), paragraph));
            }

            table.Append(row);
        }

        return table;
    }

    private static void Append(Paragraph to, IEnumerable<ReportRun> runs, ref int ids)
    {
        foreach (var run in runs)
        {
            if (run is FigureRun figure)
            {
                var id = (++ids).ToString(CultureInfo.InvariantCulture);
                to.Append(
                    new BookmarkStart { Id = id, Name = BookmarkOf(figure.Key) },
                    new SdtRun(
                        new SdtProperties(
                            new SdtAlias { Val = figure.Figure.Indicator.Name },
                            new Tag { Val = BookmarkOf(figure.Key) },
                            new SdtId { Val = ids },
                            new SdtContentText()),
                        new SdtContentRun(TextOf(figure.Print))),
                    new BookmarkEnd { Id = id });
            }
            else
            {
                to.Append(TextOf(run.Print, run is TextRun { Strong: true }));
            }
        }
    }

    private static Run TextOf(string text, bool strong = false)
    {
        var run = new Run(new Text(text) { Space = SpaceProcessingModeValues.Preserve });
        if (strong)
        {
            run.PrependChild(new RunProperties(new Bold()));
        }

        return run;
    }
}
