using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;

namespace Shizhang.Office;

/// <summary>The look of an official document (GB/T 9704): page, fonts by name, levels of headings. Lengths in twips unless said.</summary>
internal static class DocxStyles
{
    public const string Title = "Title";
    public const string Cell = "Cell";

    private const string BodyFont = "仿宋_GB2312";
    private const int LinePitch = 579;
    private const int CharacterSpacing = -5;
    private const string BodySize = "32";

    public static string Heading(int level) => $"Heading{level}";

    public static Styles Create() => new(
        new DocDefaults(
            new RunPropertiesDefault(new RunPropertiesBaseStyle(FontsOf(BodyFont), new Spacing { Val = CharacterSpacing }, new FontSize { Val = BodySize }, new Languages { EastAsia = "zh-CN" })),
            new ParagraphPropertiesDefault(new ParagraphPropertiesBaseStyle(Lines()))),
        new Style(
            new StyleName { Val = "Normal" },
            new StyleParagraphProperties(Lines(), new Indentation { FirstLineChars = 200, FirstLine = "640" }, new Justification { Val = JustificationValues.Both }))
        { Type = StyleValues.Paragraph, StyleId = "Normal", Default = true },
        Paragraph(Title, "Title", "方正小标宋简体", "44", new StyleParagraphProperties(
            new SpacingBetweenLines { After = "579", Line = "640", LineRule = LineSpacingRuleValues.Exact },
            new Indentation { FirstLineChars = 0, FirstLine = "0" },
            new Justification { Val = JustificationValues.Center })),
        Level(1, "黑体"),
        Level(2, "楷体_GB2312"),
        Level(3, BodyFont),
        Level(4, BodyFont),
        Paragraph(Cell, "Cell", BodyFont, "24", new StyleParagraphProperties(new Indentation { FirstLineChars = 0, FirstLine = "0" })));

    /// <summary>A4 with margins of 37, 26, 35 and 28 mm and 22 lines a page.</summary>
    public static SectionProperties Section(string footer) => new(
        new FooterReference { Type = HeaderFooterValues.Default, Id = footer },
        new PageSize { Width = 11906, Height = 16838 },
        new PageMargin { Top = 2098, Right = 1474, Bottom = 1984, Left = 1588, Header = 851, Footer = 1400, Gutter = 0 },
        new DocGrid { Type = DocGridValues.Lines, LinePitch = LinePitch });

    /// <summary>The page number between dashes.</summary>
    public static Footer Footer() => new(new Paragraph(
        new ParagraphProperties(new Indentation { FirstLineChars = 0, FirstLine = "0" }, new Justification { Val = JustificationValues.Center }),
        PageRun(new Text("— ") { Space = SpaceProcessingModeValues.Preserve }),
        PageRun(new FieldChar { FieldCharType = FieldCharValues.Begin }),
        PageRun(new FieldCode(" PAGE ") { Space = SpaceProcessingModeValues.Preserve }),
        PageRun(new FieldChar { FieldCharType = FieldCharValues.Separate }),
        PageRun(new Text("1")),
        PageRun(new FieldChar { FieldCharType = FieldCharValues.End }),
        PageRun(new Text(" —") { Space = SpaceProcessingModeValues.Preserve })));

    public static TableProperties TableBorders()
    {
        static T Line<T>() where T : BorderType, new() => new() { Val = BorderValues.Single, Size = 4 };
        return new TableProperties(
            new TableWidth { Width = "5000", Type = TableWidthUnitValues.Pct },
            new TableBorders(Line<TopBorder>(), Line<LeftBorder>(), Line<BottomBorder>(), Line<RightBorder>(), Line<InsideHorizontalBorder>(), Line<InsideVerticalBorder>()));
    }

    private static Style Level(int level, string font) => Paragraph(Heading(level), $"heading {level}", font, BodySize, new StyleParagraphProperties(
        new KeepNext(), new OutlineLevel { Val = level - 1 }));

    private static Style Paragraph(string id, string name, string font, string halfPoints, StyleParagraphProperties properties) => new(
        new StyleName { Val = name },
        new BasedOn { Val = "Normal" },
        properties,
        new StyleRunProperties(FontsOf(font), new FontSize { Val = halfPoints }))
    { Type = StyleValues.Paragraph, StyleId = id };

    private static Run PageRun(OpenXmlElement content) =>
        new(new RunProperties(FontsOf("宋体"), new FontSize { Val = "28" }), content);

    private static RunFonts FontsOf(string name) => new() { Ascii = name, HighAnsi = name, EastAsia = name };

    private static SpacingBetweenLines Lines() => new() { Line = "579", LineRule = LineSpacingRuleValues.Exact };
}
