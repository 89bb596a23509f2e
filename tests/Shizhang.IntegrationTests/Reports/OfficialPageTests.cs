using System.Globalization;
using System.Xml.Linq;
using Shizhang.Core.Reports;
using Shizhang.IntegrationTests.Cli;
using Shizhang.Office;

namespace Shizhang.IntegrationTests.Reports;

/// <summary>A document as LibreOffice lays it out, measured on the page (GB/T 9704). Lengths in points.</summary>
public class OfficialPageTests
{
    private const double Left = 28 * Millimetre;
    private const double Right = (210 - 26) * Millimetre;
    private const double Bottom = (297 - 35) * Millimetre;
    private const double Millimetre = 72 / 25.4;
    private const double Character = 15.75;

    // Fonts that stand for those of the standard draw a character a little beside its place.
    private const double Near = 2.5;

    [Fact]
    public async Task A_full_page_has_22_lines_of_28_characters()
    {
        var pages = await PagesAsync(Report(new string('汉', 28 * 70), Formalities.None));

        Assert.All([1, 2], page =>
        {
            var lines = pages[page].Where(l => l.Text[0] == '汉').ToList();
            Assert.Equal(22, lines.Count);
            Assert.All(lines, l => Assert.Equal(28, l.Text.Length));
        });
        // The second page is even, the third odd: a character from the outer edge.
        Assert.InRange(pages[1].Single(l => l.Text == "—2—").XMin, Left + 14 - Near, Left + 14 + Near);
        Assert.InRange(pages[2].Single(l => l.Text == "—3—").XMax, Right - 14 - Near, Right - 14 + Near);
        Assert.All(pages[1].Where(l => l.Text == "—2—"), l => Assert.InRange((l.YMin + l.YMax) / 2, Bottom + (5 * Millimetre), Bottom + (9 * Millimetre)));
    }

    [Theory]
    [InlineData("中共某某镇委员会", "2026-07-05", true)]
    [InlineData("某镇", "2026-11-25", false)]
    public async Task Each_part_of_an_official_document_has_its_place(string signer, string day, bool isLonger)
    {
        var date = DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        var formal = new Formalities { Addressee = "县委巡察组", Attachments = ["问题清单", "任务清单"], SignedBy = signer, Date = date, CopiesTo = ["县纪委监委", "县委组织部"], PrintedBy = "某镇党政办" };
        var pages = await PagesAsync(Report(new string('汉', 30), formal));

        var page = Assert.Single(pages);
        var title = page.Single(l => l.Text == "工作汇报");
        Assert.InRange((title.XMin + title.XMax) / 2, ((Left + Right) / 2) - Near, ((Left + Right) / 2) + Near);
        var addressee = page.Single(l => l.Text == "县委巡察组：");
        Assert.InRange(addressee.XMin, Left - Near, Left + Near);
        Assert.True(addressee.YMin - title.YMax > 1.5 * Character);
        Assert.InRange(page.First(l => l.Text[0] == '汉').XMin, Left + (2 * Character) - Near, Left + (2 * Character) + Near);

        var (first, second) = (page.Single(l => l.Text == "附件：1.问题清单"), page.Single(l => l.Text == "2.任务清单"));
        Assert.InRange(first.XMin, Left + (2 * Character) - Near, Left + (2 * Character) + Near);
        Assert.InRange(second.XMin, first.XMin + (3 * Character) - Near, first.XMin + (3 * Character) + Near);

        var (signed, dated) = (page.Single(l => l.Text == signer), page.Single(l => l.Text == date.ToString("yyyy年M月d日")));
        var right = isLonger ? signed : dated;
        Assert.InRange(right.XMax, Right - (2 * Character) - Near, Right - (2 * Character) + Near);
        if (isLonger)
        {
            Assert.InRange(dated.XMin, signed.XMin + (2 * Character) - Near, signed.XMin + (2 * Character) + Near);
        }

        // At the foot of the page, not under the text.
        var (copies, printed) = (page.Single(l => l.Text == "抄送：县纪委监委，县委组织部。"), page.Single(l => l.Text.StartsWith("某镇党政办", StringComparison.Ordinal)));
        Assert.InRange(copies.XMin, Left + 14 - Near, Left + 14 + Near);
        Assert.InRange(printed.YMax, Bottom - 14, Bottom + 3);
        Assert.InRange(page.Where(l => l.Text.EndsWith("印发", StringComparison.Ordinal)).Max(l => l.XMax), Right - 14 - Near, Right - 14 + Near);
    }

    private static ReportDocument Report(string text, Formalities formal) =>
        new("工作汇报", [new ParagraphBlock([new TextRun(text)])]) { Formalities = formal };

    private static async Task<List<List<Printed>>> PagesAsync(ReportDocument report)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/soffice"), "LibreOffice is not here");
        var folder = Directory.CreateTempSubdirectory("shizhang-page-").FullName;
        await using (var file = File.Create(Path.Combine(folder, "r.docx")))
        {
            DocxReport.Write(report, file);
        }

        await LibreOffice.ConvertAsync(Path.Combine(folder, "r.docx"), "pdf", folder);
        var read = await Shell.RunAsync("/usr/bin/pdftotext", "-bbox-layout", Path.Combine(folder, "r.pdf"), "-");
        Directory.Delete(folder, recursive: true);
        var document = XDocument.Parse(read.Output[read.Output.IndexOf("<html", StringComparison.Ordinal)..]);
        return [.. Of(document, "page").Select(page => Of(page, "line").Select(l => new Printed(string.Concat(Of(l, "word").Select(w => w.Value)), At(l, "xMin"), At(l, "xMax"), At(l, "yMin"), At(l, "yMax"))).ToList())];
    }

    private static IEnumerable<XElement> Of(XContainer from, string name) => from.Descendants().Where(e => e.Name.LocalName == name);

    private static double At(XElement line, string name) => double.Parse(line.Attribute(name)!.Value, CultureInfo.InvariantCulture);

    private sealed record Printed(string Text, double XMin, double XMax, double YMin, double YMax);
}
