using System.Text;
using Microsoft.AspNetCore.Mvc;
using Shizhang.App.Cli;

namespace Shizhang.App.Features.Figures;

/// <summary>What a page shows, as the file that <c>--format csv</c> writes.</summary>
internal static class CsvFile
{
    public static FileContentResult Of<T>(IReadOnlyList<Column<T>> columns, IReadOnlyCollection<T> rows, string name)
    {
        using var text = new StringWriter();
        RowFormat.Csv.Write(columns, rows, text);
        return new FileContentResult(Encoding.UTF8.GetBytes(text.ToString()), "text/csv; charset=utf-8") { FileDownloadName = name };
    }
}
