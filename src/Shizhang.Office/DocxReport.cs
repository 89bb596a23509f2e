using System.Globalization;
using System.Xml.Linq;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.CustomXmlDataProperties;
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
    private const string MapId = "{6A1C7C5E-0B1D-4C0E-9B53-5E0F2B6B7F11}";

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
        // LibreOffice keeps the part only when it has properties.
        var part = main.AddCustomXmlPart(CustomXmlPartType.CustomXml);
        part.AddNewPart<CustomXmlPropertiesPart>().DataStoreItem = new DataStoreItem(new SchemaReferences(new SchemaReference { Uri = Figures.NamespaceName })) { ItemId = MapId };
        using var stream = part.GetStream(FileMode.Create);
        Map(report, docx).Save(stream);
    }

    /// <summary>The name of a figure's bookmark; long keys are cut and told apart by a digest.</summary>
    public static string BookmarkOf(string key)
    {
        var name = BookmarkPrefix + key;
        return name.Length <= LongestBookmark ? name : name[..(LongestBookmark - 9)] + "_" + Core.Sm3.Hex(System.Text.Encoding.UTF8.GetBytes(key))[..8];
    }

    internal static bool IsBookmark(string name) => name.StartsWith(BookmarkPrefix, StringComparison.Ordinal);

    private static XDocument Map(ReportDocument report, WordprocessingDocument docx)
    {
        var text = DocxText.Of(docx)!;
        var places = DocxMarks.Of(text).Bookmarks;
        return FigureMap.Write(report.Figures.Select(f =>
        {
            var (start, end) = places[BookmarkOf(f.Key)][0];
            var (before, after) = SurroundingWords.Of(text.Content, start, end);
            var figure = f.Figure;
            return new MappedFigure(
                f.Key, figure.Indicator.Name, figure.Indicator.Code, figure.Indicator.Version, figure.Period.From, figure.Period.To, figure.Unit, figure.AsOf,
                figure.Value, figure.Records, f.Print, f.Words, before, after);
        }));
    }

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
            new TableProperties(new TableStyle { Val = DocxStyles.Table }, new TableWidth { Width = "5000", Type = TableWidthUnitValues.Pct }),
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
                // A rich text control: LibreOffice writes the words of a plain one several times.
                var id = (++ids).ToString(CultureInfo.InvariantCulture);
                to.Append(
                    new BookmarkStart { Id = id, Name = BookmarkOf(figure.Key) },
                    new SdtRun(
                        new SdtProperties(
                            new SdtAlias { Val = figure.Figure.Indicator.Name },
                            new Tag { Val = BookmarkOf(figure.Key) },
                            new SdtId { Val = ids }),
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
