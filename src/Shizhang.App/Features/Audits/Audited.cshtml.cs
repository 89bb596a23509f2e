using System.Net.Mime;
using Microsoft.AspNetCore.Mvc;
using Shizhang.App.Access;
using Shizhang.App.Features.Reports;
using Shizhang.App.Site;
using Shizhang.App.Texts;
using Shizhang.Core.Auditing;

namespace Shizhang.App.Features.Audits;

/// <summary>An audited text: marked, its figures with the answer of the records, what was recomputed, problems and what answers them.</summary>
[Needs(Right.Business)]
internal sealed class AuditedPage(AuditShelf shelf, TimeProvider clock) : SitePage
{
    public static readonly IReadOnlyList<string> Views = ["text", "claims", "checks", "structure"];

    public override Room Room => Room.Audit;

    [BindProperty(SupportsGet = true)]
    public string Id { get; set; } = "";

    /// <summary>Against the records of the frame, or the text by itself.</summary>
    [BindProperty(SupportsGet = true)]
    public bool Records { get; set; }

    /// <summary>Kinds of discrepancies to show; all when none is named.</summary>
    [BindProperty(SupportsGet = true, Name = "kind")]
    public string[] Kinds { get; set; } = [];

    [BindProperty(SupportsGet = true, Name = "verdict")]
    public string? Verdict { get; set; }

    [BindProperty(SupportsGet = true, Name = "view")]
    public string? Asked { get; set; }

    public string Shown => Views.Contains(Asked) ? Asked! : Views[0];

    public KeptText Kept { get; private set; } = null!;

    public string Name => Kept.Name.Length > 0 ? Kept.Name : AppText.Of["audit_pasted"];

    public bool IsDocx => File is { Docx: not null, IsStrict: false };

    public AuditResult Result { get; private set; } = null!;

    public IReadOnlyList<RecordsVerdict>? Verdicts { get; private set; }

    private new AuditedFile File { get; set; } = null!;

    public async Task<IActionResult> OnGetAsync() => await LoadAsync() ? Page() : Nothing();

    public async Task<IActionResult> OnGetFileAsync(string? type)
    {
        if (!await LoadAsync())
        {
            return Nothing();
        }

        var name = Path.GetFileNameWithoutExtension(Name);
        switch (type)
        {
            case "docx" when IsDocx && File.Docx is { } docx:
                return base.File(AuditOutput.Commented(docx, Result, clock), ReportFiles.Docx, $"{name}-{AppText.Of["audit_download_name"]}.docx");
            case "html":
                return base.File(AuditOutput.Page(Name, Result), MediaTypeNames.Text.Html, $"{name}-{AppText.Of["audit_download_name"]}.html");
            case "json":
                using (var json = new MemoryStream())
                {
                    AuditJson.Write(json, Name, Result, Verdicts);
                    return base.File(json.ToArray(), MediaTypeNames.Application.Json, $"{name}.json");
                }

            default:
                return Nothing();
        }
    }

    public IActionResult OnPostRemove()
    {
        shelf.Remove(Access.Account.Name, Id);
        Notice(AppText.Of["audit_removed"]);
        return Go("/audit");
    }

    /// <summary>The discrepancies to show, numbered as in the audit.</summary>
    public IEnumerable<(int Number, Discrepancy Discrepancy)> Notes(bool isSure) => Result.Discrepancies
        .Select((d, i) => (Number: i, Discrepancy: d))
        .Where(n => n.Discrepancy.IsSure == isSure && (Kinds.Length == 0 || Kinds.Contains(n.Discrepancy.Kind)));

    public string Marked() => AuditHtml.Marked(Result, Notes(true).Concat(Notes(false)).Select(n => n.Number).ToHashSet(), Verdicts is { } verdicts ? i => verdicts[i].Verdict : null);

    /// <summary>This audit seen in another way.</summary>
    public string Here(string view, params ReadOnlySpan<(string Name, string Value)> more)
    {
        var words = new List<KeyValuePair<string, string?>>();
        if (Records)
        {
            words.Add(new("records", "true"));
        }

        if (view != Views[0])
        {
            words.Add(new("view", view));
        }

        foreach (var (name, value) in more)
        {
            words.Add(new(name, value));
        }

        return $"/audit/{Id}{QueryString.Create(words)}";
    }

    private async Task<bool> LoadAsync()
    {
        if (await shelf.OpenAsync(Access.Account.Name, Id) is not { } opened)
        {
            return false;
        }

        (Kept, File, Result) = opened;
        if (Records)
        {
            Verdicts = await RecordsAudit.RunAsync(Place, Access, await Visit.ScopeAsync(), Result);
            Result = RecordsAudit.With(Result, Verdicts);
        }

        return true;
    }
}
