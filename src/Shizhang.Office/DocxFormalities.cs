using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;
using Shizhang.Core.Reports;

namespace Shizhang.Office;

/// <summary>What stands around the text of an official document (GB/T 9704), as paragraphs of their own styles. Lengths in twips.</summary>
internal static class DocxFormalities
{
    // 42 pt, or less where the name is long: one line holds it.
    private const int LargestHead = 84;
    private const int TwipsOfHalfPoint = 10;
    private const int Indent = 2;

    // 0.35 mm and 0.25 mm in eighths of a point.
    private const uint Thick = 8;
    private const uint Middle = 6;

    /// <summary>Secrecy, urgency, red heading, number and red line; nothing when there is none of them.</summary>
    public static IEnumerable<OpenXmlElement> Head(Formalities formal)
    {
        var marks = formal.MarkLines().ToList();
        foreach (var mark in marks)
        {
            yield return Styled(DocxStyles.Mark, mark);
        }

        if (formal.Heading is { } heading)
        {
            var paragraph = Styled(DocxStyles.Head, heading);
            var size = Math.Min(LargestHead, DocxPage.TextWidth / TwipsOfHalfPoint / Math.Max(1, heading.Length));
            if (size < LargestHead)
            {
                paragraph.GetFirstChild<Run>()!.RunProperties = new RunProperties(new FontSize { Val = Say(size) });
            }

            if (marks.Count > 0)
            {
                // The heading keeps its place on the page; what stands above it takes of the room.
                paragraph.ParagraphProperties!.SpacingBetweenLines = new SpacingBetweenLines { Before = Say(Math.Max(0, DocxStyles.AboveHead - (marks.Count * DocxPage.Line))) };
            }

            yield return paragraph;
        }

        if (formal.HasHead())
        {
            yield return new Paragraph();
            yield return new Paragraph();
            yield return NumberOf(formal);
            yield return new Paragraph();
            yield return new Paragraph();
        }
        else if (marks.Count > 0)
        {
            yield return new Paragraph();
            yield return new Paragraph();
        }
    }

    public static IEnumerable<OpenXmlElement> Addressee(Formalities formal) => formal.AddresseeLine() is { } line ? [Styled(DocxStyles.Addressee, line)] : [];

    /// <summary>The note of attachments, signature and day, and what holds a copy against the journal.</summary>
    public static IEnumerable<OpenXmlElement> Foot(ReportDocument report)
    {
        var formal = report.Formalities;
        foreach (var line in Attachments(formal))
        {
            yield return line;
        }

        if (formal.SignedBy is { } signer)
        {
            var (signed, day) = (WidthOf(signer), WidthOf(formal.DateLine() ?? ""));
            var dayRight = day > signed ? Indent : signed - day;
            var signature = Styled(DocxStyles.Signature, signer);
            signature.ParagraphProperties!.Indentation = FromRight(day > signed ? (2 * Indent) + day - signed : Indent);
            yield return signature;
            if (formal.DateLine() is { } date)
            {
                var dated = Styled(DocxStyles.Day, date);
                dated.ParagraphProperties!.Indentation = FromRight(dayRight);
                yield return dated;
            }
        }

        if (report.Stamp is { } stamp)
        {
            yield return Styled(DocxStyles.Stamp, stamp);
        }
    }

    /// <summary>版记 at the foot of the last page: a table that stands there whatever the text does, and the paragraph it hangs on.</summary>
    public static IEnumerable<OpenXmlElement> Imprint(Formalities formal)
    {
        if (formal.CopiesLine() is null && formal.PrintedBy is null)
        {
            yield break;
        }

        var half = DocxPage.TextWidth / 2;
        var table = new Table(
            new TableProperties(
                new TablePositionProperties { LeftFromText = 0, RightFromText = 0, VerticalAnchor = VerticalAnchorValues.Margin, HorizontalAnchor = HorizontalAnchorValues.Margin, TablePositionXAlignment = HorizontalAlignmentValues.Center, TablePositionYAlignment = VerticalAlignmentValues.Bottom },
                new TableWidth { Width = Say(DocxPage.TextWidth), Type = TableWidthUnitValues.Dxa },
                new TableBorders(Line<TopBorder>(Thick), Line<BottomBorder>(Thick), Line<InsideHorizontalBorder>(Middle)),
                new TableLayout { Type = TableLayoutValues.Fixed },
                new TableCellMarginDefault(new TableCellLeftMargin { Width = 0, Type = TableWidthValues.Dxa }, new TableCellRightMargin { Width = 0, Type = TableWidthValues.Dxa })),
            new TableGrid(new GridColumn { Width = Say(half) }, new GridColumn { Width = Say(DocxPage.TextWidth - half) }));
        if (formal.CopiesLine() is { } copies)
        {
            table.Append(new TableRow(new TableRowProperties(new CantSplit()), new TableCell(new TableCellProperties(Wide(DocxPage.TextWidth), new GridSpan { Val = 2 }), Styled(DocxStyles.Imprint, copies))));
        }

        if (formal.PrintedBy is { } printer)
        {
            var day = Styled(DocxStyles.Imprint, formal.PrintedLine() ?? "");
            day.ParagraphProperties!.Justification = new Justification { Val = JustificationValues.Right };
            table.Append(new TableRow(
                new TableRowProperties(new CantSplit()),
                new TableCell(new TableCellProperties(Wide(half)), Styled(DocxStyles.Imprint, printer)),
                new TableCell(new TableCellProperties(Wide(DocxPage.TextWidth - half)), day)));
        }

        yield return table;
        yield return new Paragraph(new ParagraphProperties(new SnapToGrid { Val = false }, DocxStyles.Lines(20), DocxStyles.Flush()));
    }

    public static Paragraph Styled(string style, string text) => new(new ParagraphProperties(new ParagraphStyleId { Val = style }), RunOf(text));

    // To a superior the number stands left and who signed right, a character from the edges; else the number stands in the middle.
    private static Paragraph NumberOf(Formalities formal)
    {
        var paragraph = Styled(DocxStyles.Number, formal.Number ?? "");
        if (formal.SignerLine() is { } signer)
        {
            paragraph.ParagraphProperties!.Tabs = new Tabs(
                new TabStop { Val = TabStopValues.Left, Position = DocxPage.Character },
                new TabStop { Val = TabStopValues.Right, Position = DocxPage.TextWidth - DocxPage.Character });
            paragraph.ParagraphProperties.Justification = new Justification { Val = JustificationValues.Left };
            var name = RunOf(formal.Signer!);
            name.RunProperties = new RunProperties(DocxFonts.Of(DocxFonts.Kai));
            paragraph.InsertAfter(new Run(new TabChar()), paragraph.ParagraphProperties);
            paragraph.Append(new Run(new TabChar()), RunOf(signer[..^formal.Signer!.Length]), name);
        }

        return paragraph;
    }

    // Names stand under each other, also where one goes on in a second line.
    private static IEnumerable<Paragraph> Attachments(Formalities formal)
    {
        var lines = formal.AttachmentLines();
        for (var i = 0; i < lines.Count; i++)
        {
            var word = WidthOf(Formalities.AttachmentsWord);
            var number = lines.Count > 1 ? WidthOf($"{i + 1}. ") : 0;
            var paragraph = Styled(DocxStyles.Attachments, lines[i]);
            if (i == 0)
            {
                paragraph.ParagraphProperties!.SpacingBetweenLines = new SpacingBetweenLines { Before = Say(DocxPage.Line), Line = Say(DocxPage.Line), LineRule = LineSpacingRuleValues.Exact };
            }

            var hanging = Twips(i == 0 ? word + number : number);
            paragraph.ParagraphProperties!.Indentation = new Indentation { Left = Say(Twips(Indent + word + number)), Hanging = Say(hanging) };
            yield return paragraph;
        }
    }

    private static Run RunOf(string text) => new(new Text(text) { Space = SpaceProcessingModeValues.Preserve });

    private static Indentation FromRight(decimal characters) => new() { Right = Say(Twips(characters)), FirstLineChars = 0, FirstLine = "0" };

    private static TableCellWidth Wide(int twips) => new() { Width = Say(twips), Type = TableWidthUnitValues.Dxa };

    private static T Line<T>(uint eighths) where T : BorderType, new() => new() { Val = BorderValues.Single, Size = eighths, Space = 0, Color = "auto" };

    /// <summary>How many characters wide a text is; a figure or a Latin letter is half as wide as a Chinese character.</summary>
    private static decimal WidthOf(string text) => text.Sum(c => c > 0xFF ? 1m : 0.5m);

    private static int Twips(decimal characters) => (int)Math.Round(characters * DocxPage.Character, MidpointRounding.AwayFromZero);

    private static string Say(int number) => number.ToString(CultureInfo.InvariantCulture);
}
