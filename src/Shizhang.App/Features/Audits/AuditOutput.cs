using System.Text;
using Shizhang.App.Texts;
using Shizhang.Core.Auditing;
using Shizhang.Office;
using Shizhang.Storage;

namespace Shizhang.App.Features.Audits;

/// <summary>An audit as a file: the marked text as a page, or the same docx with a comment at each discrepancy.</summary>
internal static class AuditOutput
{
    /// <summary>Why it cannot be written so; null when it can.</summary>
    public static string? Refusal(string path, AuditedFile audited) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".html" => null,
        ".docx" when audited.IsStrict => AppText.Of["audit_output_strict"],
        ".docx" when audited.Docx is not null => null,
        ".docx" => AppText.Of["audit_output_docx"],
        _ => AppText.Of["audit_output_bad", path],
    };

    public static void Write(string path, string source, AuditedFile audited, AuditResult audit, TimeProvider clock) => File.WriteAllBytes(
        path,
        audited.Docx is { } docx && Path.GetExtension(path).Equals(".docx", StringComparison.OrdinalIgnoreCase) ? Commented(docx, audit, clock) : Page(source, audit));

    public static byte[] Page(string source, AuditResult audit) => Encoding.UTF8.GetBytes(AuditHtml.Write(Path.GetFileName(source), audit));

    public static byte[] Commented(byte[] docx, AuditResult audit, TimeProvider clock)
    {
        var places = audit.Discrepancies.Select(d => (d.Start, d.End, $"{AppText.Of[d.IsSure ? "audit_sure" : "audit_open"]}：{d.Message}"));
        return AuditedDocx.Commented(docx, places, AppText.Of["audit_author"], LocalTime.Today(clock).ToDateTime(TimeOnly.MinValue));
    }
}
