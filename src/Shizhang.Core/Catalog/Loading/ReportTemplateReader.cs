using System.Text.RegularExpressions;
using Shizhang.Core.Reports;

namespace Shizhang.Core.Catalogs.Loading;

/// <summary>Reads reports/*.md: YAML front matter, then the template, whose indicator codes must exist.</summary>
internal static partial class ReportTemplateReader
{
    private const string Fence = "---\n";

    // 机密★1年: how long may follow the word.
    private const char Time = '★';

    private static readonly (string Key, IReadOnlyList<string> Words)[] Known =
    [
        ("secrecy", ["绝密", "机密", "秘密"]),
        ("urgency", ["特急", "加急"]),
    ];

    public static Dictionary<string, ReportTemplate> Read(PackFiles files, IReadOnlyDictionary<string, Indicator> indicators, PackErrors errors)
    {
        var reports = new Dictionary<string, ReportTemplate>(StringComparer.Ordinal);
        foreach (var (path, text) in files.Texts.Where(t => t.Key.StartsWith("reports/", StringComparison.Ordinal) && t.Key.EndsWith(".md", StringComparison.Ordinal)).OrderBy(t => t.Key, StringComparer.Ordinal))
        {
            if (Read(path, text, errors) is not { } report)
            {
                continue;
            }

            reports.TryAdd(report.Code, report);
            var firstLine = text[..^report.Text.Length].Count(c => c == '\n') + 1;
            foreach (Match use in Use().Matches(report.Text))
            {
                var code = use.Groups[1].Value;
                if (!indicators.ContainsKey(code))
                {
                    errors.Add("report_code", new SourceLine(path, firstLine + report.Text[..use.Index].Count(c => c == '\n')), code);
                }
            }
        }

        return reports;
    }

    private static ReportTemplate? Read(string path, string text, PackErrors errors)
    {
        var at = new SourceLine(path, 1);
        var end = text.IndexOf("\n" + Fence, StringComparison.Ordinal);
        if (!text.StartsWith(Fence, StringComparison.Ordinal) || end < 0)
        {
            errors.Add("report_matter", at);
            return null;
        }

        // A blank first line keeps the line numbers of the matter those of the file.
        var matter = Section.Of(Yaml.Read(path, "\n" + text[Fence.Length..(end + 1)], errors), path, errors);
        if (matter is null)
        {
            return null;
        }

        var code = matter.Need("report");
        Section.CheckCode(code, 40, matter.LineOf("report"), errors);
        if (Path.GetFileNameWithoutExtension(path) != code)
        {
            errors.Add("file_name", at, code);
        }

        var report = new ReportTemplate(code, matter.Need("name"), matter.Text("en"), text[(end + 1 + Fence.Length)..], at) { Formalities = ReadFormalities(matter, errors) };
        matter.Close();
        return report;
    }

    private static Formalities ReadFormalities(Section matter, PackErrors errors)
    {
        foreach (var (key, known) in Known)
        {
            if (matter.Text(key) is { } text && !known.Contains(text.Split(Time)[0]))
            {
                errors.Add("not_one_of", matter.LineOf(key), key, text, string.Join('、', known));
            }
        }

        // A number that holds Liquid is known only when it is rendered.
        if (matter.Text("number") is { } number && !number.Contains("{{", StringComparison.Ordinal) && !Number().IsMatch(number))
        {
            errors.Add("report_number", matter.LineOf("number"), number);
        }

        return new Formalities
        {
            Secrecy = matter.Text("secrecy"),
            Urgency = matter.Text("urgency"),
            Heading = matter.Text("heading"),
            Number = matter.Text("number"),
            Signer = matter.Text("signer"),
            Addressee = matter.Text("addressee"),
            Attachments = matter.Texts("attachments"),
            SignedBy = matter.Text("signed_by"),
            CopiesTo = matter.Texts("copies_to"),
            PrintedBy = matter.Text("printed_by"),
        };
    }

    // 机关代字〔2018〕12号: the brackets of the standard, no 第, no leading zero.
    [GeneratedRegex(@"^[^\s〔〕第]+〔\d{4}〕[1-9]\d*号$", RegexOptions.CultureInvariant, Patterns.MostMilliseconds)]
    private static partial Regex Number();

    // {{ code | figure … }}: what is counted must exist; other names are Liquid's own.
    [GeneratedRegex(@"\{\{-?\s*([a-z0-9_]+)\s*\|\s*figure\b", RegexOptions.CultureInvariant, Patterns.MostMilliseconds)]
    private static partial Regex Use();
}
