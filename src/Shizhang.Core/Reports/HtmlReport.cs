using System.Globalization;
using System.Net;
using System.Text;
using Shizhang.Core.Figures;
using Shizhang.Core.Texts;

namespace Shizhang.Core.Reports;

/// <summary>A report, and the records behind its figures, as pages that need no server: each figure links to its records.</summary>
public static class HtmlReport
{
    /// <summary><paramref name="addressOf"/> leads from a figure to its records.</summary>
    public static string Write(ReportDocument report, Func<FigureRun, string> addressOf)
    {
        var html = new StringBuilder();
        Begin(html, report.Title);
        html.Append("<main class=\"sheet\">\n");
        Article(html, report, addressOf, null);
        html.Append("<footer>").Append(Escape(Footer(report))).Append("</footer>\n</main>\n</body>\n</html>\n");
        return html.ToString();
    }

    /// <summary>Title and blocks alone, to stand in a page; figures of the indicator <paramref name="opened"/> are marked as current.</summary>
    public static string Article(ReportDocument report, Func<FigureRun, string> addressOf, string? opened = null)
    {
        var html = new StringBuilder();
        Article(html, report, addressOf, opened);
        return html.ToString();
    }

    private static void Article(StringBuilder html, ReportDocument report, Func<FigureRun, string> addressOf, string? opened)
    {
        Head(html, report.Formalities);
        html.Append("<h1>").Append(Escape(report.Title)).Append("</h1>\n");
        Line(html, "addressee", report.Formalities.AddresseeLine());
        var above = 0;
        foreach (var block in report.Blocks)
        {
            switch (block)
            {
                case HeadingBlock heading:
                    // Where a text leaves a level out, who hears it is told the level it stands at.
                    var isDeeper = heading.Level > above + 1;
                    above = isDeeper ? above + 1 : heading.Level;
                    html.Append($"<h{heading.Level + 1}{(isDeeper ? $" aria-level=\"{above + 1}\"" : "")}>{heading.Number}");
                    Runs(html, heading.Text, addressOf, opened);
                    html.Append($"</h{heading.Level + 1}>\n");
                    break;
                case ParagraphBlock paragraph:
                    html.Append("<p>");
                    Runs(html, paragraph.Text, addressOf, opened);
                    html.Append("</p>\n");
                    break;
                case TableBlock table:
                    Table(html, table, addressOf, opened);
                    break;
            }
        }

        Foot(html, report);
    }

    private static void Head(StringBuilder html, Formalities formal)
    {
        foreach (var mark in formal.MarkLines())
        {
            Line(html, "mark", mark);
        }

        Line(html, "organ", formal.Heading);
        if (formal.HasHead())
        {
            html.Append("<p class=\"number\"><span>").Append(Escape(formal.Number ?? "")).Append("</span>");
            html.Append(formal.SignerLine() is { } signer ? $"<span>{Escape(signer)}</span>" : "").Append("</p>\n");
        }
    }

    private static void Foot(StringBuilder html, ReportDocument report)
    {
        var formal = report.Formalities;
        foreach (var line in formal.AttachmentLines())
        {
            Line(html, line.StartsWith(Formalities.AttachmentsWord, StringComparison.Ordinal) ? "attached first" : "attached", line);
        }

        if (formal.SignedBy is { } signer)
        {
            html.Append("<div class=\"signed\"><p>").Append(Escape(signer)).Append("</p>");
            html.Append(formal.DateLine() is { } day ? $"<p>{Escape(day)}</p>" : "").Append("</div>\n");
        }

        Line(html, "stamp", report.Stamp);
        if (formal.CopiesLine() is null && formal.PrintedBy is null)
        {
            return;
        }

        html.Append("<div class=\"imprint\">");
        Line(html, "copies", formal.CopiesLine());
        if (formal.PrintedBy is { } printer)
        {
            html.Append("<p class=\"printed\"><span>").Append(Escape(printer)).Append("</span><span>").Append(Escape(formal.PrintedLine() ?? "")).Append("</span></p>");
        }

        html.Append("</div>\n");
    }

    private static void Line(StringBuilder html, string name, string? text)
    {
        if (text is not null)
        {
            html.Append("<p class=\"").Append(name).Append("\">").Append(Escape(text)).Append("</p>\n");
        }
    }

    /// <summary>The records a figure counts, in a table, as written to <paramref name="to"/>.</summary>
    public static void RecordsPage(TextWriter to, Figure figure, IReadOnlyList<CountedRecord> records, Func<string, string> unitName, Func<string, string> ledgerName, string back)
    {
        var indicator = figure.Indicator;
        var head = new StringBuilder();
        Begin(head, indicator.Shown);
        head.Append("<main class=\"list\">\n<p><a href=\"").Append(Escape(back)).Append("\">").Append(Escape(T("report_back"))).Append("</a></p>\n<h1>").Append(Escape(indicator.Shown)).Append("</h1>\n<dl>");
        Term(head, T("report_value"), indicator.Measured(FigureWords.Number(figure)));
        Term(head, T("report_definition"), indicator.Definition);
        Term(head, T("report_period"), figure.Period.ToString());
        Term(head, T("report_count"), figure.Records.ToString(CultureInfo.InvariantCulture));
        Term(head, T("report_version"), $"{indicator.Code} {indicator.Version}");
        head.Append("</dl>\n<p class=\"muted\">").Append(Escape(Text.Core["report_as_of", figure.AsOf])).Append("</p>\n<table>\n<thead><tr><th>")
            .AppendJoin("</th><th>", ((string[])["report_number", "report_date", "report_unit", "report_title"]).Select(k => Escape(T(k)))).Append("</th><th class=\"n\">")
            .Append(Escape(T("report_amount"))).Append("</th></tr></thead>\n<tbody>\n");
        to.Write(head);
        foreach (var record in records)
        {
            to.Write($"<tr><td>{Escape(ledgerName(record.Ledger))} {record.Id}</td><td>{record.Date:yyyy-MM-dd}</td><td>{Escape(record.Unit is { } unit ? unitName(unit) : "")}</td><td>{Escape(record.Title)}</td><td class=\"n\">{Amount(record.Amount)}</td></tr>\n");
        }

        to.Write("</tbody>\n</table>\n</main>\n</body>\n</html>\n");
    }

    private static string Footer(ReportDocument report) => report.Figures.FirstOrDefault() is { } first
        ? $"{T("report_period")} {first.Figure.Period}　{Text.Core["report_as_of", first.Figure.AsOf]}"
        : "";

    private static void Table(StringBuilder html, TableBlock table, Func<FigureRun, string> addressOf, string? opened)
    {
        html.Append("<table>\n");
        for (var i = 0; i < table.Rows.Count; i++)
        {
            html.Append("<tr>");
            foreach (var cell in table.Rows[i])
            {
                html.Append(i == 0 ? "<th scope=\"col\">" : cell.Any(r => r is FigureRun) ? "<td class=\"n\">" : "<td>");
                Runs(html, cell, addressOf, opened);
                html.Append(i == 0 ? "</th>" : "</td>");
            }

            html.Append("</tr>\n");
        }

        html.Append("</table>\n");
    }

    private static void Runs(StringBuilder html, IEnumerable<ReportRun> runs, Func<FigureRun, string> addressOf, string? opened)
    {
        foreach (var run in runs)
        {
            switch (run)
            {
                case FigureRun figure:
                    html.Append("<data id=\"").Append(figure.Key).Append("\" value=\"").Append(Exact(figure.Figure.Value)).Append("\"><a href=\"")
                        .Append(Escape(addressOf(figure))).Append(figure.Figure.Indicator.Code == opened ? "\" aria-current=\"true" : "").Append("\" title=\"")
                        .Append(Escape(Text.Core["report_records", figure.Figure.Indicator.Shown, figure.Figure.Records])).Append("\">")
                        .Append(Escape(figure.Print)).Append("</a></data>");
                    break;
                case TextRun { Strong: true } strong:
                    html.Append("<strong>").Append(Escape(strong.Text)).Append("</strong>");
                    break;
                default:
                    html.Append(Escape(run.Print));
                    break;
            }
        }
    }

    private static void Begin(StringBuilder html, string title) => html
        .Append("<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>")
        .Append(Escape(title)).Append("</title>\n<style>\n").Append(Style).Append("</style>\n</head>\n<body>\n");

    private static void Term(StringBuilder html, string name, string value) =>
        html.Append("<dt>").Append(Escape(name)).Append("</dt><dd>").Append(Escape(value)).Append("</dd>");

    private static string Exact(decimal? value) => value?.ToString("0.############", CultureInfo.InvariantCulture) ?? "";

    private static string Amount(decimal? amount) => amount is { } value ? value.ToString("0.##########", CultureInfo.InvariantCulture) : "";

    private static string T(string key) => Text.Core[key];

    private static string Escape(string text) => WebUtility.HtmlEncode(text);

    private const string Style = """
        :root{--ink:#1f2329;--muted:#646a73;--line:#dee0e3;--wash:#f5f6f7;--link:#1456b8}
        *{box-sizing:border-box}
        body{margin:0;background:var(--wash);color:var(--ink);font:16px/1.75 "PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
        .sheet{max-width:210mm;margin:24px auto;padding:24mm 20mm;background:#fff;border:1px solid var(--line);font-family:FangSong,STFangsong,"Noto Serif CJK SC",serif;font-size:18px;line-height:1.9}
        .sheet h1{font-size:26px;text-align:center;line-height:1.4;margin:0 0 1.5em}
        .sheet h2{font:600 18px/1.9 SimHei,"PingFang SC","Noto Sans CJK SC",sans-serif;margin:1em 0 0}
        .sheet h3{font:600 18px/1.9 KaiTi,STKaiti,"Noto Serif CJK SC",serif;margin:.6em 0 0}
        .sheet h4,.sheet h5{font-size:18px;margin:.4em 0 0}
        .sheet h2,.sheet h3,.sheet h4,.sheet h5,.sheet p{text-indent:2em}
        .sheet p{margin:0;text-align:justify}
        .sheet p.mark{font-family:SimHei,"Noto Sans CJK SC",sans-serif;text-indent:0}
        .sheet p.organ{color:#c00;font-size:40px;line-height:1.3;text-align:center;text-indent:0;margin:1em 0}
        .sheet p.number{display:flex;justify-content:center;gap:1em;border-bottom:2px solid #c00;text-indent:0;padding:0 1em 8px;margin-bottom:2em}
        .sheet p.number span+span{margin-left:auto}
        .sheet p.addressee,.sheet .signed p,.sheet .imprint p,.sheet p.stamp{text-indent:0}
        .sheet p.attached{padding-left:6.5em;text-indent:-1.5em}
        .sheet p.attached.first{text-indent:-4.5em;margin-top:1.9em}
        .sheet .signed{width:fit-content;margin:1.9em 2em 0 auto}
        .sheet .signed p+p{margin-left:2em}
        .sheet p.stamp{color:var(--muted);font-size:14px;margin-top:1.5em}
        .sheet .imprint{margin-top:3em;border-top:2px solid;border-bottom:2px solid;font-size:16px}
        .sheet .imprint p{padding:0 1em}
        .sheet .imprint p+p{border-top:1px solid}
        .sheet .printed{display:flex;justify-content:space-between}
        .sheet td,.sheet th{border:1px solid}.sheet th{text-align:center;color:inherit}.sheet td.n{text-align:right}
        .sheet footer{margin-top:3em;color:var(--muted);font-size:14px;font-family:inherit}
        a{color:var(--link);text-decoration:none}
        data a{border-bottom:1px dotted var(--link);font-variant-numeric:tabular-nums}
        a:hover,a:focus-visible{text-decoration:underline;outline-offset:2px}
        .list{max-width:1100px;margin:0 auto;padding:24px}
        .list h1{font-size:22px;margin:.2em 0 .6em}
        dl{display:grid;grid-template-columns:max-content 1fr;gap:4px 16px;margin:0 0 12px}
        dt,.muted{color:var(--muted)}dd{margin:0}
        table{border-collapse:collapse;width:100%;background:#fff;font-variant-numeric:tabular-nums}
        th,td{padding:6px 10px;border-bottom:1px solid var(--line);text-align:left;font-weight:400}
        th{color:var(--muted)}.n{text-align:right}
        @media print{body{background:#fff}.sheet{border:0;margin:0;padding:0}a{color:inherit;border:0}}

        """;
}
