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

    // 0.35 mm and 0.25 mm.
    private const int Thick = 20;
    private const int Middle = 14;

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
            var signature = Styled(DocxStyles.Signature, signer);
            signature.ParagraphProperties!.Indentation = FromRight(day > signed ? (2 * Indent) + day - signed : Indent);
            yield return signature;
            if (formal.DateLine() is { } date)
            {
                var dated = Styled(DocxStyles.Day, date);
                if (day > signed)
                {
                    dated.ParagraphProperties!.Indentation = FromRight(Indent);
                }
                else
                {
                    // Its first character is what has a place; where digits are drawn wider than half, its end may pass the edge.
                    var left = DocxPage.TextWidth - Twips(signed);
                    dated.ParagraphProperties!.Indentation = new Indentation { Left = Say(left), Right = Say(-Twips(2 * Indent)), FirstLineChars = 0, FirstLine = "0" };
                    dated.ParagraphProperties.Justification = new Justification { Val = JustificationValues.Left };
                }

                yield return dated;
            }
        }

        if (report.Stamp is { } stamp)
        {
            yield return Styled(DocxStyles.Stamp, stamp);
        }
    }

    /// <summary>版记: a frame at the foot of the last page, whatever the text does, and the paragraph it hangs on. Its lines are as wide as the text.</summary>
    public static IEnumerable<OpenXmlElement> Imprint(Formalities formal)
    {
        var lines = new List<Paragraph>();
        if (formal.CopiesLine() is { } copies)
        {
            lines.Add(Styled(DocxStyles.Imprint, copies));
        }

        if (formal.PrintedBy is { } printer)
        {
            var paragraph = Styled(DocxStyles.Imprint, printer);
            paragraph.Append(new Run(new TabChar()), RunOf(formal.PrintedLine() ?? ""));
            lines.Add(paragraph);
        }

        for (var i = 0; i < lines.Count; i++)
        {
            yield return AtFoot(Rule(i == 0 ? Thick : Middle));
            yield return AtFoot(lines[i]);
        }

        if (lines.Count > 0)
        {
            yield return AtFoot(Rule(Thick));
            yield return new Paragraph(new ParagraphProperties(new SnapToGrid { Val = false }, DocxStyles.Lines(20), DocxStyles.Flush()));
        }
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

    // Paragraphs with the same frame stand in one. Not every editor looks for it in the style.
    private static Paragraph AtFoot(Paragraph paragraph)
    {
        paragraph.ParagraphProperties!.FrameProperties = new FrameProperties
        {
            Width = Say(DocxPage.TextWidth),
            HorizontalSpace = "0",
            VerticalSpace = "0",
            Wrap = TextWrappingValues.Around,
            HorizontalPosition = HorizontalAnchorValues.Margin,
            VerticalPosition = VerticalAnchorValues.Margin,
            XAlign = HorizontalAlignmentValues.Left,
            YAlign = VerticalAlignmentValues.Bottom,
        };
        return paragraph;
    }

    // A line is a filled paragraph as high as it is thick: borders would keep LibreOffice from making the frame.
    private static Paragraph Rule(int twips) => new(new ParagraphProperties(new ParagraphStyleId { Val = DocxStyles.ImprintRule }, DocxStyles.Lines(twips)));

    /// <summary>How many characters wide a text is; a figure or a Latin letter is half as wide as a Chinese character.</summary>
    private static decimal WidthOf(string text) => text.Sum(c => c > 0xFF ? 1m : 0.5m);

    private static int Twips(decimal characters) => (int)Math.Round(characters * DocxPage.Character, MidpointRounding.AwayFromZero);

    private static string Say(int number) => number.ToString(CultureInfo.InvariantCulture);
}
