using Microsoft.AspNetCore.Mvc;
using Shizhang.App.Access;
using Shizhang.App.Features.Audits;
using Shizhang.App.Site;
using Shizhang.App.Texts;

namespace Shizhang.App.Features.Reports;

/// <summary>Takes a report that comes back from a writer. It is kept as a text to audit is, because it is one too.</summary>
[Needs(Right.Business)]
internal sealed class ReturnedPage(AuditShelf shelf) : SitePage
{
    public override Room Room => Room.Reports;

    public string? Refusal { get; private set; }

    public async Task<IActionResult> OnPostAsync(IFormFile? file)
    {
        var name = Path.GetFileName(file?.FileName ?? "");
        if (file is not { Length: > 0 })
        {
            Refusal = AppText.Of["returned_nothing_given"];
            return Page();
        }

        if (file.Length > AuditPage.MostMegabytes * 1024L * 1024L)
        {
            Refusal = AppText.Of["audit_too_large", name, AuditPage.MostMegabytes];
            return Page();
        }

        using var content = new MemoryStream();
        await file.CopyToAsync(content);
        (var audited, Refusal) = AuditedFile.Read(name, content.ToArray());
        if (audited is not null)
        {
            (_, Refusal) = ReturnedFile.Read(name, audited);
        }

        return Refusal is null ? Go($"/reports/returned/{await shelf.KeepAsync(Access.Account.Name, name, content.ToArray())}") : Page();
    }
}
