using System.Text;
using Shizhang.App.Features.Workplaces;
using Shizhang.Core.Catalogs;
using Shizhang.Core.Reports;
using Shizhang.Office;
using Shizhang.Storage.Figures;

namespace Shizhang.App.Features.Reports;

/// <summary>Writes reports to files, each whole or not at all: beside its place first, then moved there.</summary>
internal static class ReportFiles
{
    /// <summary>The media type of a docx.</summary>
    public const string Docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    public const string RecordsFolder = "records";

    public static bool IsKnown(string path) => Path.GetExtension(path).ToLowerInvariant() is ".docx" or ".html" or ".md";

    public static void Write(ReportDocument report, string path) =>
        Write(path, stream => Write(report, Path.GetExtension(path).ToLowerInvariant(), stream, f => $"{RecordsFolder}/{f.Figure.Indicator.Code}.html"));

    public static void Write(byte[] content, string path) => Write(path, stream => stream.Write(content));

    private static void Write(string path, Action<Stream> write)
    {
        var beside = path + ".part";
        try
        {
            using (var stream = File.Create(beside))
            {
                write(stream);
            }

            File.Move(beside, path, overwrite: true);
        }
        finally
        {
            File.Delete(beside);
        }
    }

    /// <summary><paramref name="extension"/> is one that <see cref="IsKnown"/> knows; <paramref name="addressOf"/> leads to the records of a figure.</summary>
    public static void Write(ReportDocument report, string extension, Stream to, Func<FigureRun, string> addressOf)
    {
        switch (extension)
        {
            case ".docx":
                DocxReport.Write(report, to);
                break;
            case ".md":
                to.Write(Encoding.UTF8.GetBytes(MarkdownReport.Write(report, addressOf)));
                break;
            default:
                to.Write(Encoding.UTF8.GetBytes(HtmlReport.Write(report, addressOf)));
                break;
        }
    }

    /// <summary>A page of records for every indicator of a report, in the folder <c>records</c> beside it.</summary>
    public static async Task WriteRecordsAsync(Workplace workplace, FigureScope scope, ReportDocument report, string reportPath)
    {
        var folder = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(reportPath))!, RecordsFolder);
        Directory.CreateDirectory(folder);
        var engine = new FigureEngine(workplace.Store);
        foreach (var figure in report.Figures.Select(f => f.Figure).DistinctBy(f => f.Indicator.Code))
        {
            var records = await engine.RecordsAsync(scope, figure.Indicator);
            await using var page = new StreamWriter(Path.Combine(folder, figure.Indicator.Code + ".html"), append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            HtmlReport.RecordsPage(page, figure, records, u => scope.Tree.Find(u)?.Name ?? u, l => NameOf(workplace.Catalog, l), $"../{Path.GetFileName(reportPath)}");
        }
    }

    private static string NameOf(Catalog catalog, string ledger) => catalog.Ledgers.TryGetValue(ledger, out var known) ? known.Name : ledger;
}
