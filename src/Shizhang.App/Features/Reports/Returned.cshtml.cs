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
        if (file is not { Length: > 0 })
        {
            Refusal = AppText.Of["returned_nothing_given"];
            return Page();
        }

        (var name, var content, Refusal) = await AuditPage.TakeAsync(file);
        Refusal ??= RefusalOf(name, content);
        return Refusal is null ? Go($"/reports/returned/{await shelf.KeepAsync(Access.Account.Name, name, content)}") : Page();
    }

    private static string? RefusalOf(string name, byte[] content)
    {
        var (audited, refusal) = AuditedFile.Read(name, content);
        return audited is null ? refusal : ReturnedFile.Read(name, audited).Refusal;
    }
}
