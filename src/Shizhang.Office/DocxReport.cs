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
        var footer = main.AddNewPart<FooterPart>();
        footer.Footer = DocxStyles.Footer();

        var body = new Body(new Paragraph(new ParagraphProperties(new ParagraphStyleId { Val = DocxStyles.Title }), TextOf(report.Title)));
        var ids = 0;
        foreach (var block in report.Blocks)
        {
            body.Append(BlockOf(block, ref ids));
        }

        body.Append(DocxStyles.Section(main.GetIdOfPart(footer)));
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
        var table = new Table(DocxStyles.TableBorders());
        foreach (var cells in block.Rows)
        {
            var row = new TableRow();
            foreach (var cell in cells)
            {
                var paragraph = new Paragraph(new ParagraphProperties(new ParagraphStyleId { Val = DocxStyles.Cell }));
                Append(paragraph, cell, ref ids);
                row.Append(new TableCell(paragraph));
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
