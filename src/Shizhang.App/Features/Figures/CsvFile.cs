using Microsoft.AspNetCore.Mvc;
using Shizhang.Office.Sheets;

namespace Shizhang.App.Features.Figures;

/// <summary>What a page shows, as a file for those who read it: headings in their language, values as the page rounds them.</summary>
internal static class CsvFile
{
    public static FileContentResult Of<T>(IReadOnlyList<(string Heading, Func<T, object?> Value)> columns, IEnumerable<T> rows, string name)
    {
        using var bytes = new MemoryStream();
        using (var csv = new CsvWriter(bytes, columns.Select(c => c.Heading)))
        {
            csv.Write(rows.Select(r => columns.Select(c => c.Value(r))));
        }

        return new FileContentResult(bytes.ToArray(), "text/csv; charset=utf-8") { FileDownloadName = name };
    }
}
