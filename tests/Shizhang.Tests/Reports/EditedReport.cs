using System.IO.Compression;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using Shizhang.Core.Catalogs;
using Shizhang.Core.Figures;
using Shizhang.Core.Reports;
using Shizhang.IntegrationTests.Storage;
using Shizhang.Office;

namespace Shizhang.Tests.Reports;

/// <summary>A small report as docx, edited as Word, WPS and people do, read again and refreshed.</summary>
internal static class EditedReport
{
    public const string W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

    private const string Template = """
        # 工作汇报

        全镇共办理各类工程{{ works | figure: "余" }}，其中修筑村组道路{{ roads | figure }}，按期完工。

        花费财政专项资金{{ cost | figure: "亿" }}，没有超支。

        | 类别 | 数量 |
        |---|---|
        | 全部工程 | {{ works | figure }} |
        | 其中道路 | {{ roads | figure }} |
        """;

    private static readonly Shizhang.Core.Catalogs.Catalog Catalog = TestPack.Load(TestPack.Files(("wording.yaml", "bounds: {over: [余]}\n")));

    public static byte[] Written()
    {
        var rendered = ReportRenderer.Render(new ReportTemplate("r", "汇报", null, Template, default), Catalog, [Of("works", 153), Of("roads", 5), Of("cost", 1_249_000_000)], new ReportFrame(Period.Year(2018), "某镇", "某镇"));
        using var stream = new MemoryStream();
        DocxReport.Write(rendered.Document!, stream);
        return stream.ToArray();
    }

    public static Figure Of(string code, decimal? value) => new(Catalog.Indicators[code], value, 1, Period.Year(2018), "t", 9);

    public static ReturnedDocx Read(byte[] bytes)
    {
        var (docx, refusal) = ReturnedDocx.Read(bytes);
        Assert.Null(refusal);
        return docx!;
    }

    public static DocxRefusal? Refusal(byte[] bytes) => ReturnedDocx.Read(bytes).Refusal;

    public static byte[] Refreshed(byte[] source, params (string Key, string Said, decimal Value)[] figures)
    {
        var read = Read(source);
        return read.Refreshed([.. figures.Select(f => new RefreshedFigure(f.Key, "2", 10, f.Value, 1, f.Said, read.Figures.Single(r => r.Issued.Key == f.Key).Places))]);
    }

    public static byte[] Edited(byte[] source, Action<Body> edit, Action<WordprocessingDocument>? more = null)
    {
        using var stream = new MemoryStream();
        stream.Write(source);
        using (var docx = WordprocessingDocument.Open(stream, isEditable: true))
        {
            edit(Body(docx));
            more?.Invoke(docx);
        }

        return stream.ToArray();
    }

    public static void Unmark(OpenXmlElement body, bool hasBookmark = false, bool hasControl = false)
    {
        foreach (var mark in body.Descendants().Where(e => e is BookmarkStart or BookmarkEnd).Where(_ => !hasBookmark).ToList())
        {
            mark.Remove();
        }

        foreach (var control in body.Descendants<SdtRun>().Where(_ => !hasControl).ToList())
        {
            foreach (var content in control.GetFirstChild<SdtContentRun>()!.ChildElements.Reverse())
            {
                control.InsertAfterSelf(content.CloneNode(deep: true));
            }

            control.Remove();
        }
    }

    public static byte[] Replaced(byte[] source, string part, string content)
    {
        using var stream = new MemoryStream();
        stream.Write(source);
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Update, leaveOpen: true))
        {
            var entry = zip.Entries.Single(e => e.FullName.StartsWith(part, StringComparison.Ordinal) && e.FullName.EndsWith(".xml", StringComparison.Ordinal));
            var name = entry.FullName;
            entry.Delete();
            using var writer = new StreamWriter(zip.CreateEntry(name).Open());
            writer.Write(content);
        }

        return stream.ToArray();
    }

    /// <summary>The same package with the text of every part another.</summary>
    public static byte[] Translated(byte[] source, Func<string, string> translate)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in Parts(source))
            {
                using var writer = new StreamWriter(zip.CreateEntry(name).Open());
                writer.Write(translate(System.Text.Encoding.UTF8.GetString(content).TrimStart('\uFEFF')));
            }
        }

        return stream.ToArray();
    }

    public static Dictionary<string, byte[]> Parts(byte[] source)
    {
        using var zip = new ZipArchive(new MemoryStream(source), ZipArchiveMode.Read);
        return zip.Entries.ToDictionary(e => e.FullName, e =>
        {
            using var content = new MemoryStream();
            using var stream = e.Open();
            stream.CopyTo(content);
            return content.ToArray();
        });
    }

    public static WordprocessingDocument Open(byte[] bytes) => WordprocessingDocument.Open(new MemoryStream(bytes), isEditable: false);

    public static Body Body(WordprocessingDocument docx) => docx.MainDocumentPart!.Document!.Body!;

    public static SdtRun Control(Body body, string tag) => body.Descendants<SdtRun>().Single(s => s.SdtProperties!.GetFirstChild<Tag>()!.Val == tag);

    public static void Valid(byte[] bytes)
    {
        using var docx = Open(bytes);
        Assert.Equal("", string.Join("\n", new DocumentFormat.OpenXml.Validation.OpenXmlValidator().Validate(docx, TestContext.Current.CancellationToken).Select(e => $"{e.Path?.XPath} {e.Description}")));
    }
}
