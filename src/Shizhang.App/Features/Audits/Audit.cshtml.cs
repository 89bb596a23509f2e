using System.Text;
using Microsoft.AspNetCore.Mvc;
using Shizhang.App.Access;
using Shizhang.App.Features.Drafts;
using Shizhang.App.Site;
using Shizhang.App.Texts;

namespace Shizhang.App.Features.Audits;

/// <summary>Takes a text to audit: a file, or what is pasted.</summary>
[Needs(Right.Business)]
[KeepsForm]
internal sealed class AuditPage(AuditShelf shelf, DraftWork drafts) : SitePage
{
    public const int MostMegabytes = 20;
    public const int MostCharacters = 300_000;
    private const string Form = "/audit";

    public override Room Room => Room.Audit;

    public string? Typed { get; private set; }

    public bool Records { get; private set; } = true;

    public string? Refusal { get; private set; }

    public IReadOnlyList<KeptText> Lately { get; private set; } = [];

    public async Task OnGetAsync()
    {
        Typed = await drafts.FindAsync(Access.Account.Name, Form) is { } kept && kept.Fields.GetValueOrDefault("text") is [var text, ..] ? text : null;
        Lately = await shelf.ListAsync(Access.Account.Name);
    }

    public async Task<IActionResult> OnPostAsync(IFormFile? file, string? text, bool records)
    {
        (Typed, Records) = (text, records);
        var (name, content, refusal) = await GivenAsync(file, text);
        Refusal = refusal ?? RefusalOf(name, content);
        if (Refusal is not null)
        {
            Lately = await shelf.ListAsync(Access.Account.Name);
            return Page();
        }

        var id = await shelf.KeepAsync(Access.Account.Name, name, content);
        await drafts.RemoveAsync(Access.Account.Name, Form);
        return Go($"/audit/{id}{(records ? "?records=true" : "")}");
    }

    private static async Task<(string Name, byte[] Content, string? Refusal)> GivenAsync(IFormFile? file, string? text)
    {
        if (file is not { Length: > 0 })
        {
            return ("", Encoding.UTF8.GetBytes(text ?? ""), string.IsNullOrWhiteSpace(text) ? AppText.Of["audit_nothing_given"] : null);
        }

        var taken = await TakeAsync(file);
        return taken.Refusal is not null || Path.GetExtension(taken.Name).ToLowerInvariant() is ".docx" or ".txt" or ".md"
            ? taken
            : (taken.Name, [], AppText.Of["audit_kind_of_file", taken.Name]);
    }

    /// <summary>The name and content of a file given, unless it is too large.</summary>
    public static async Task<(string Name, byte[] Content, string? Refusal)> TakeAsync(IFormFile file)
    {
        var name = Path.GetFileName(file.FileName);
        if (file.Length > MostMegabytes * 1024L * 1024L)
        {
            return (name, [], AppText.Of["audit_too_large", name, MostMegabytes]);
        }

        using var content = new MemoryStream();
        await file.CopyToAsync(content);
        return (name, content.ToArray(), null);
    }

    private static string? RefusalOf(string name, byte[] content)
    {
        var (audited, refusal) = AuditedFile.Read(name, content);
        return audited is { Text.Length: > MostCharacters } ? AppText.Of["audit_too_long", audited.Text.Length, MostCharacters] : refusal;
    }
}
