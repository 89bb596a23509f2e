using System.Runtime.CompilerServices;
using Shizhang.App.Features.Audits;
using Shizhang.App.Texts;
using Shizhang.Office;

namespace Shizhang.App.Features.Reports;

/// <summary>A returned report as a file, by the same gate as a text to audit; or the sentence that says why it is none.</summary>
internal static class ReturnedFile
{
    // A page is looked at several times and asks for its file besides; it is read once, for as long as the audit remembers it.
    private static readonly ConditionalWeakTable<AuditedFile, ReturnedDocx> Known = [];

    public static async Task<(ReturnedDocx? Docx, string? Refusal)> ReadAsync(string path)
    {
        var (file, refusal) = await AuditedFile.ReadAsync(path);
        return file is null ? (null, refusal) : Read(path, file);
    }

    public static (ReturnedDocx? Docx, string? Refusal) Read(string path, AuditedFile file)
    {
        if (file.Docx is null)
        {
            return (null, AppText.Of["returned_kind_of_file", path]);
        }

        if (file.Text.Length > AuditPage.MostCharacters)
        {
            return (null, AppText.Of["audit_too_long", file.Text.Length, AuditPage.MostCharacters]);
        }

        if (Known.TryGetValue(file, out var known))
        {
            return (known, null);
        }

        var (docx, refusal) = ReturnedDocx.Read(file.Docx);
        if (docx is null)
        {
            return (null, AppText.Of[$"audit_docx_{refusal}", path]);
        }

        Known.AddOrUpdate(file, docx);
        return (docx, null);
    }
}
