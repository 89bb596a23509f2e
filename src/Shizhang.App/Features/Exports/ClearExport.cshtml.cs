using Microsoft.AspNetCore.Mvc;
using Shizhang.App.Access;
using Shizhang.App.Features.Records;
using Shizhang.App.Site;
using Shizhang.App.Texts;
using Shizhang.Core.Catalogs;

namespace Shizhang.App.Features.Exports;

/// <summary>A list as it is filtered, personal facts in clear: asks for a reason, which is journalled before the file is made.</summary>
[Needs(Right.ReadLedger)]
internal sealed class ClearExportPage(TimeProvider clock) : SitePage
{
    public override Room Room => Room.Ledgers;

    public Ledger Ledger => Visit.Ledger!;

    [BindProperty(SupportsGet = true, Name = "filter")]
    public string? FilterText { get; set; }

    [BindProperty(SupportsGet = true)]
    public bool All { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    public string? Refusal { get; private set; }

    /// <summary>What the top bar asks of the list, in words.</summary>
    public string Within => $"{Access.Tree.Find(Visit.Unit)?.Name} · {(All ? AppText.Of["export_clear_all_time"] : AppText.Of["export_clear_period", $"{Visit.Period.From:yyyy-MM-dd}", $"{Visit.Period.To:yyyy-MM-dd}"])}";

    public string ListAddress => $"/ledgers/{Ledger.Code}{QueryString.Create(new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["filter"] = string.IsNullOrEmpty(FilterText) ? null : FilterText,
        ["all"] = All ? "true" : null,
    }.Where(p => p.Value is not null))}";

    public IActionResult OnGet() => Visit.Ledger is { } ledger && Access.MayShowSome(ledger) ? Page() : Nothing();

    public async Task<IActionResult> OnPostAsync(string? format)
    {
        if (Visit.Ledger is not { } ledger || !Access.MayShowSome(ledger))
        {
            return Nothing();
        }

        var asked = new AskedExport(ledger, format == "csv")
        {
            Where = string.IsNullOrWhiteSpace(FilterText) ? null : FilterText,
            Also = ListFrame.Filter(Visit, ledger, All),
            Clear = new AskedClear(Visit.Actor, Reason, Within),
        };
        var (export, refusal) = await new ExportWork(Place, clock).PrepareAsync(Access, asked);
        if (export is null)
        {
            Refusal = refusal;
            return Page();
        }

        await ExportEndpoints.Push(HttpContext, asked, export).ExecuteAsync(HttpContext);
        return new EmptyResult();
    }
}
