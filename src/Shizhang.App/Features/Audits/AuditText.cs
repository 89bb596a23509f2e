using Shizhang.App.Texts;
using Shizhang.Core.Auditing;

namespace Shizhang.App.Features.Audits;

/// <summary>An audit for people at a terminal: each discrepancy with its line and carets under the place, the certain ones first.</summary>
internal static class AuditText
{
    private const int Around = 30;

    public static void Write(TextWriter to, AuditResult audit)
    {
        foreach (var discrepancy in audit.Discrepancies.OrderBy(d => !d.IsSure))
        {
            var line = 1 + audit.Text.AsSpan(0, discrepancy.Start).Count('\n');
            to.WriteLine($"{line}: {AppText.Of[discrepancy.IsSure ? "audit_sure" : "audit_open"]} {discrepancy.Kind}: {discrepancy.Message}");
            WritePlace(to, audit.Text, discrepancy.Start, discrepancy.End);
        }

        to.WriteLine(AppText.Of["audit_result", audit.Claims.Count, audit.Checks.Count, audit.Checks.Count(c => c.Holds is true), audit.Discrepancies.Count(d => d.IsSure), audit.Discrepancies.Count(d => !d.IsSure)]);
    }

    private static void WritePlace(TextWriter to, string text, int start, int end)
    {
        var from = Math.Max(text.LastIndexOf('\n', Math.Max(0, start - 1)) + 1, start - Around);
        var lineEnd = text.IndexOf('\n', start);
        var until = Math.Min(lineEnd < 0 ? text.Length : lineEnd, Math.Max(end, start + Around));
        to.WriteLine("    " + text[from..until]);
        to.WriteLine("    " + string.Concat(text[from..start].Select(Blank)) + string.Concat(text[start..Math.Min(end, until)].Select(c => Blank(c).Replace(' ', '^').Replace('　', '＾'))));
    }

    // A Chinese character is two columns wide, and so is the blank that stands for it.
    private static string Blank(char c) => c > 0xFF ? "　" : " ";
}
