using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;

namespace Shizhang.Office;

/// <summary>The page of an official document: A4, 22 lines of 28 characters, numbers outside at its foot. Lengths in twips.</summary>
internal static class DocxPage
{
    public const int Line = 579;

    /// <summary>The text is 156 mm wide.</summary>
    public const int TextWidth = Width - Left - Right;

    /// <summary>A character of 16 pt, drawn together a little so that 28 stand in a line.</summary>
    public const int Character = 320 + CharacterSpacing;

    public const int CharacterSpacing = -5;

    private const int Width = 11906;
    private const int Height = 16838;
    private const int Top = 2098;
    private const int Right = 1474;
    private const int Bottom = 1984;
    private const int Left = 1588;

    // The dash of the number stands 7 mm under the text, in the middle of its line.
    private const int FromBottom = 1427;
    private const int NumberLine = 320;
    private const int NumberCharacter = 280;

    /// <summary>Margins of 37, 26, 35 and 28 mm; the footers are of odd and of even pages.</summary>
    public static SectionProperties Section(string odd, string even) => new(
        new FooterReference { Type = HeaderFooterValues.Default, Id = odd },
        new FooterReference { Type = HeaderFooterValues.Even, Id = even },
        new PageSize { Width = Width, Height = Height },
        new PageMargin { Top = Top, Right = Right, Bottom = Bottom, Left = Left, Header = 851, Footer = FromBottom, Gutter = 0 },
        new DocGrid { Type = DocGridValues.Lines, LinePitch = Line });

    /// <summary>The page number between dashes, a character from the outer edge.</summary>
    public static Footer Footer(bool isOdd) => new(new Paragraph(
        new ParagraphProperties(
            new ParagraphStyleId { Val = DocxStyles.Footer },
            new SpacingBetweenLines { Line = NumberLine.ToString(System.Globalization.CultureInfo.InvariantCulture), LineRule = LineSpacingRuleValues.Exact },
            new Indentation { LeftChars = isOdd ? 0 : 100, Left = isOdd ? "0" : $"{NumberCharacter}", RightChars = isOdd ? 100 : 0, Right = isOdd ? $"{NumberCharacter}" : "0", FirstLineChars = 0, FirstLine = "0" },
            new Justification { Val = isOdd ? JustificationValues.Right : JustificationValues.Left }),
        new Run(new Text("— ") { Space = SpaceProcessingModeValues.Preserve }),
        new Run(new FieldChar { FieldCharType = FieldCharValues.Begin }),
        new Run(new FieldCode(" PAGE ") { Space = SpaceProcessingModeValues.Preserve }),
        new Run(new FieldChar { FieldCharType = FieldCharValues.Separate }),
        new Run(new Text("1")),
        new Run(new FieldChar { FieldCharType = FieldCharValues.End }),
        new Run(new Text(" —") { Space = SpaceProcessingModeValues.Preserve })));

    public static Settings Settings() => new(
        new EvenAndOddHeaders(),
        new CharacterSpacingControl { Val = CharacterSpacingValues.CompressPunctuation },
        new Compatibility(new CompatibilitySetting { Name = CompatSettingNameValues.CompatibilityMode, Uri = "http://schemas.microsoft.com/office/word", Val = "15" }),
        new ThemeFontLanguages { EastAsia = "zh-CN" });
}
