using System.Net;
using System.Text;

namespace Shizhang.Core.Auditing;

/// <summary>An audited text as a page: figures underlined, discrepancies marked where they stand, with their sentences below.</summary>
public static class AuditHtml
{
    public static string Write(string title, AuditResult audit)
    {
        var html = new StringBuilder();
        html.Append("<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>")
            .Append(WebUtility.HtmlEncode(title)).Append("</title>\n<style>\n").Append(Style).Append("</style>\n</head>\n<body>\n<main>\n<h1>").Append(WebUtility.HtmlEncode(title)).Append("</h1>\n");
        Notes(html, audit);
        html.Append("<article>");
        Text(html, audit, null, null);
        return html.Append("</article>\n</main>\n</body>\n</html>\n").ToString();
    }

    /// <summary>
    /// The text alone, to stand in a page. Each discrepancy of <paramref name="shown"/> (all when null, numbered as in the audit) is a
    /// link to the note <c>#n…</c> from the place <c>#d…</c>; <paramref name="classOf"/> gives each claim a class.
    /// </summary>
    public static string Marked(AuditResult audit, IReadOnlySet<int>? shown, Func<int, string?>? classOf)
    {
        var html = new StringBuilder();
        Text(html, audit, shown, classOf);
        return html.ToString();
    }

    /// <summary>What is certain and what is open, apart, each note with a link to its place.</summary>
    private static void Notes(StringBuilder html, AuditResult audit)
    {
        foreach (var isSure in (bool[])[true, false])
        {
            var numbers = Enumerable.Range(0, audit.Discrepancies.Count).Where(i => audit.Discrepancies[i].IsSure == isSure).ToList();
            if (numbers.Count == 0)
            {
                continue;
            }

            var (name, label) = isSure ? ("sure", "audit_is_sure") : ("open", "audit_is_open");
            html.Append("<h2 class=\"").Append(name).Append("\">").Append(WebUtility.HtmlEncode(Core.Texts.Text.Core[label])).Append(' ').Append(numbers.Count).Append("</h2>\n<ol>\n");
            foreach (var i in numbers)
            {
                html.Append("<li id=\"n").Append(i).Append("\"><a href=\"#d").Append(i).Append("\">").Append(WebUtility.HtmlEncode(audit.Discrepancies[i].Message)).Append("</a></li>\n");
            }

            html.Append("</ol>\n");
        }
    }

    /// <summary>The text cut at every border of a claim or a discrepancy, so that marks may overlap.</summary>
    private static void Text(StringBuilder html, AuditResult audit, IReadOnlySet<int>? shown, Func<int, string?>? classOf)
    {
        var borders = new SortedSet<int> { 0, audit.Text.Length };
        foreach (var (start, end) in audit.Discrepancies.Select(d => (d.Start, d.End)).Concat(audit.Claims.Select(c => (c.Start, c.End))))
        {
            borders.Add(start);
            borders.Add(end);
        }

        var cuts = borders.ToList();
        var (claim, open, next) = (0, new List<int>(), 0);
        for (var i = 0; i < cuts.Count - 1; i++)
        {
            var (from, to) = (cuts[i], cuts[i + 1]);
            open.RemoveAll(d => audit.Discrepancies[d].End <= from);
            while (next < audit.Discrepancies.Count && audit.Discrepancies[next].Start <= from)
            {
                if (shown?.Contains(next) is not false)
                {
                    html.Append("<span id=\"d").Append(next).Append("\"></span>");
                    open.Add(next);
                }

                next++;
            }

            while (claim < audit.Claims.Count && audit.Claims[claim].End <= from)
            {
                claim++;
            }

            var isClaim = claim < audit.Claims.Count && audit.Claims[claim].Start <= from;
            var words = WebUtility.HtmlEncode(audit.Text[from..to]);
            words = !isClaim ? words : classOf?.Invoke(claim) is { } kind ? $"<data class=\"{kind}\">{words}</data>" : $"<data>{words}</data>";
            if (open.Count == 0)
            {
                html.Append(words);
                continue;
            }

            // A sure one leads where several overlap; one stop for the keyboard each, at its beginning.
            var told = open.Exists(d => audit.Discrepancies[d].IsSure) ? open.FindLast(d => audit.Discrepancies[d].IsSure) : open[^1];
            var isBeginning = audit.Discrepancies[told].Start == from;
            html.Append($"<mark class=\"{(audit.Discrepancies[told].IsSure ? "sure" : "open")}\"><a href=\"#n{told}\"{(isBeginning ? "" : " tabindex=\"-1\"")}>{words}</a></mark>");
        }
    }

    private const string Style = """
        body{margin:0;background:#f5f6f7;color:#1f2329;font:16px/1.9 "PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
        main{max-width:900px;margin:0 auto;padding:24px}
        article{white-space:pre-wrap;background:#fff;border:1px solid #dee0e3;padding:32px;font-family:FangSong,STFangsong,"Noto Serif CJK SC",serif;font-size:18px}
        data{border-bottom:1px dotted #1456b8}
        mark{color:inherit;padding:2px 0}mark.sure{background:#fbe9e9;box-shadow:inset 0 -2px #a61b1b}mark.open{background:#fdf3dc;box-shadow:inset 0 -2px #8a5a00}
        h1{font-size:22px}h2{font-size:16px;margin:16px 0 0}h2.sure{color:#a61b1b}h2.open{color:#8a5a00}ol{margin:0 0 16px}
        li a{color:inherit;text-decoration:none}li a:hover{text-decoration:underline}a:target+*{outline:2px solid #1456b8}

        """;
}
