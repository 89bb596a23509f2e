using System.Globalization;
using DocumentFormat.OpenXml.Wordprocessing;

namespace Shizhang.Office;

/// <summary>
/// The styles of an official document (GB/T 9704), one for each of its parts, named in Chinese so that a writer changes a part once.
/// Sizes in half points, lengths in twips.
/// </summary>
internal static class DocxStyles
{
    public const string Title = "Title";
    public const string Footer = "Footer";
    public const string Mark = "Mark";
    public const string Head = "Head";
    public const string Number = "DocumentNumber";
    public const string Addressee = "Addressee";
    public const string Attachments = "Attachments";
    public const string Signature = "Signature";
    public const string Day = "Day";
    public const string Stamp = "Stamp";
    public const string Imprint = "Imprint";
    public const string ImprintRule = "ImprintRule";
    public const string Table = "OfficialTable";
    public const string TableHead = "TableHead";
    public const string Cell = "Cell";
    public const string FigureCell = "FigureCell";

    private const string Red = "FF0000";
    private const string Three = "32";
    private const string Four = "28";
    private const string Table12 = "24";
    private const int TableLine = 400;
    private const int FourCharacter = 280;

    // 35 mm from the top of the text to the heading.
    public const int AboveHead = 1984;

    public static string Heading(int level) => $"Heading{level}";

    public static Styles Create() => new(
        new DocDefaults(
            new RunPropertiesDefault(new RunPropertiesBaseStyle(DocxFonts.Of(DocxFonts.Body), new Spacing { Val = DocxPage.CharacterSpacing }, new FontSize { Val = Three }, new FontSizeComplexScript { Val = Three }, new Languages { EastAsia = "zh-CN" })),
            new ParagraphPropertiesDefault(new ParagraphPropertiesBaseStyle(Lines(DocxPage.Line)))),
        new Style(
            new StyleName { Val = "Normal" },
            new Aliases { Val = "公文正文" },
            new PrimaryStyle(),
            new StyleParagraphProperties(new AutoSpaceDE { Val = false }, new AutoSpaceDN { Val = false }, Lines(DocxPage.Line), new Indentation { FirstLineChars = 200, FirstLine = "640" }, new Justification { Val = JustificationValues.Both }))
        { Type = StyleValues.Paragraph, StyleId = "Normal", Default = true },
        Of(Title, "Title", DocxFonts.Title, "44", new StyleParagraphProperties(
            new SpacingBetweenLines { After = $"{DocxPage.Line}", Line = "640", LineRule = LineSpacingRuleValues.Exact }, Flush(), At(JustificationValues.Center)), "公文标题"),
        Level(1, DocxFonts.Hei, "一级标题"),
        Level(2, DocxFonts.Kai, "二级标题"),
        Level(3, DocxFonts.Body, "三级标题"),
        Level(4, DocxFonts.Body, "四级标题"),
        Of(Footer, "footer", DocxFonts.Song, Four, new StyleParagraphProperties(new SnapToGrid { Val = false }, Flush()), "页码"),
        Of(Mark, "密级和紧急程度", DocxFonts.Hei, Three, new StyleParagraphProperties(Flush(), At(JustificationValues.Left))),
        InRed(Of(Head, "发文机关标志", DocxFonts.Title, "84", new StyleParagraphProperties(
            new SpacingBetweenLines { Before = $"{AboveHead}", Line = "1100", LineRule = LineSpacingRuleValues.AtLeast }, Flush(), At(JustificationValues.Center)))),
        Of(Number, "发文字号", DocxFonts.Body, Three, new StyleParagraphProperties(
            new ParagraphBorders(new BottomBorder { Val = BorderValues.Single, Color = Red, Size = 12, Space = 11 }), Flush(), At(JustificationValues.Center))),
        Of(Addressee, "主送机关", DocxFonts.Body, Three, new StyleParagraphProperties(Flush())),
        Of(Attachments, "附件说明", DocxFonts.Body, Three, new StyleParagraphProperties(At(JustificationValues.Left))),
        Of(Signature, "发文机关署名", DocxFonts.Body, Three, new StyleParagraphProperties(
            new KeepNext(), new SpacingBetweenLines { Before = $"{DocxPage.Line}", Line = $"{DocxPage.Line}", LineRule = LineSpacingRuleValues.Exact }, Flush(), At(JustificationValues.Right))),
        Of(Day, "成文日期", DocxFonts.Body, Three, new StyleParagraphProperties(Flush(), At(JustificationValues.Right))),
        Of(Stamp, "签发记录", DocxFonts.Song, "18", new StyleParagraphProperties(new SnapToGrid { Val = false }, new SpacingBetweenLines { Before = $"{DocxPage.Line}", Line = "280", LineRule = LineSpacingRuleValues.Exact }, Flush(), At(JustificationValues.Left))),
        Of(Imprint, "版记", DocxFonts.Body, Four, new StyleParagraphProperties(
            new Tabs(new TabStop { Val = TabStopValues.Right, Position = DocxPage.TextWidth - FourCharacter }), new SnapToGrid { Val = false }, Lines(480),
            new Indentation { LeftChars = 100, Left = $"{FourCharacter}", RightChars = 100, Right = $"{FourCharacter}", FirstLineChars = 0, FirstLine = "0" }, At(JustificationValues.Left))),
        Of(ImprintRule, "版记线", DocxFonts.Body, "2", new StyleParagraphProperties(new Shading { Val = ShadingPatternValues.Clear, Color = "auto", Fill = "000000" }, new SnapToGrid { Val = false }, Lines(20), Flush())),
        Of(TableHead, "表头", DocxFonts.Hei, Table12, Cells(JustificationValues.Center)),
        Of(Cell, "表格文字", DocxFonts.Body, Table12, Cells(JustificationValues.Left)),
        Of(FigureCell, "表格数字", DocxFonts.Body, Table12, Cells(JustificationValues.Right)),
        new Style(
            new StyleName { Val = "公文表格" },
            new PrimaryStyle(),
            new StyleTableProperties(
                new TableBorders(Thin<TopBorder>(), Thin<LeftBorder>(), Thin<BottomBorder>(), Thin<RightBorder>(), Thin<InsideHorizontalBorder>(), Thin<InsideVerticalBorder>()),
                new TableCellMarginDefault(new TopMargin { Width = "0", Type = TableWidthUnitValues.Dxa }, new TableCellLeftMargin { Width = 108, Type = TableWidthValues.Dxa }, new BottomMargin { Width = "0", Type = TableWidthUnitValues.Dxa }, new TableCellRightMargin { Width = 108, Type = TableWidthValues.Dxa })))
        { Type = StyleValues.Table, StyleId = Table, CustomStyle = true });

    /// <summary>No indent, neither of the first line nor of the rest.</summary>
    public static Indentation Flush() => new() { FirstLineChars = 0, FirstLine = "0" };

    public static SpacingBetweenLines Lines(int twips) => new() { Line = twips.ToString(CultureInfo.InvariantCulture), LineRule = LineSpacingRuleValues.Exact };

    public static T Thin<T>() where T : BorderType, new() => new() { Val = BorderValues.Single, Size = 4, Space = 0, Color = "auto" };

    private static Justification At(JustificationValues side) => new() { Val = side };

    private static StyleParagraphProperties Cells(JustificationValues side) => new(new SnapToGrid { Val = false }, Lines(TableLine), Flush(), At(side));

    private static Style Level(int level, string font, string alias) => Of(Heading(level), $"heading {level}", font, Three, new StyleParagraphProperties(
        new KeepNext(), new OutlineLevel { Val = level - 1 }), alias);

    private static Style InRed(Style style)
    {
        style.StyleRunProperties!.Color = new Color { Val = Red };
        return style;
    }

    private static Style Of(string id, string name, string font, string size, StyleParagraphProperties properties, string? alias = null)
    {
        var style = new Style { Type = StyleValues.Paragraph, StyleId = id, StyleName = new StyleName { Val = name }, BasedOn = new BasedOn { Val = "Normal" } };
        if (alias is not null)
        {
            style.Aliases = new Aliases { Val = alias };
        }
        else
        {
            // A name of Word's own is translated by Word; others are ours.
            style.CustomStyle = true;
        }

        style.PrimaryStyle = new PrimaryStyle();
        style.StyleParagraphProperties = properties;
        style.StyleRunProperties = new StyleRunProperties(DocxFonts.Of(font), new FontSize { Val = size }, new FontSizeComplexScript { Val = size });
        return style;
    }
}
