using System.Net.Mime;
using Microsoft.AspNetCore.Mvc;
using Shizhang.App.Site;
using Shizhang.Core.Reports;

namespace Shizhang.App.Features.Reports;

/// <summary>What a report of today and an issued one share: a document, a panel beside it, and files.</summary>
internal abstract class ReportPageBase : SitePage
{
    private static readonly Dictionary<string, string> Types = new(StringComparer.Ordinal)
    {
        ["docx"] = ReportFiles.Docx,
        ["html"] = MediaTypeNames.Text.Html,
        ["md"] = MediaTypeNames.Text.Markdown,
    };

    public override Room Room => Room.Reports;

    public ReportDocument? Document { get; protected set; }

    public FigurePanel? Panel { get; protected set; }

    /// <summary>The article with every figure a link that opens its panel.</summary>
    public string Article() => HtmlReport.Article(Document!, f => $"{Here("figure", f.Figure.Indicator.Code)}#panel", Panel?.Figure.Indicator.Code);

    /// <summary>This page with the frame it was asked with, if its address said one, and one thing more.</summary>
    public string Here(string? name = null, string? value = null)
    {
        var words = Request.Query.Where(q => q.Key is "from" or "to" or "unit").Select(q => new KeyValuePair<string, string?>(q.Key, q.Value));
        return Request.Path + QueryString.Create(name is null ? words : words.Append(new(name, value))).Value;
    }

    /// <summary>Where the reader was before the panel opened.</summary>
    protected string Closed(string code) => $"{Here()}#{code}_1";

    protected IActionResult FileOf(ReportDocument document, string name, string? type, Func<FigureRun, string> addressOf)
    {
        if (type is null || !Types.TryGetValue(type, out var media))
        {
            return Nothing();
        }

        using var stream = new MemoryStream();
        ReportFiles.Write(document, "." + type, stream, f => $"{Request.Scheme}://{Request.Host}{addressOf(f)}");
        return File(stream.ToArray(), media, $"{name}.{type}");
    }

    protected PartialViewResult PanelAlone(FigurePanel panel) => Partial("/Features/Reports/_FigurePanel.cshtml", panel);
}
