using Microsoft.AspNetCore.Mvc;
using Shizhang.App.Access;
using Shizhang.App.Features.Drafts;
using Shizhang.App.Texts;

namespace Shizhang.App.Features.Records;

[Needs(Right.RecordLedger)]
internal sealed class FormPage(DraftWork drafts) : FormBase(drafts)
{
    public async Task<IActionResult> OnGetAsync()
    {
        if (Visit.Ledger is null)
        {
            return Nothing();
        }

        Form = new RecordForm(Visit, Ledger, Ledger.Fields, IsAsked ? Begun() : await KeptAsync() ?? Begun());
        await Form.NameReferencesAsync();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(bool again)
    {
        if (Visit.Ledger is null)
        {
            return Nothing();
        }

        Form = new RecordForm(Visit, Ledger, Ledger.Fields, Typed());
        var outcome = await new RecordWork(Place).CreateAsync(Access, Visit.Actor, Ledger, await Form.ReadAsync());
        if (outcome.Id is null)
        {
            return await AgainAsync(outcome.Refusals);
        }

        await DoneAsync();
        Notice(AppText.Of["record_saved", RecordView.NameOf(Ledger), outcome.Id]);
        return Go(again ? $"/ledgers/{Ledger.Code}/new" : $"/ledgers/{Ledger.Code}/{outcome.Id}");
    }

    public async Task<IActionResult> OnPostLineAsync()
    {
        if (Visit.Ledger is null)
        {
            return Nothing();
        }

        Form = new RecordForm(Visit, Ledger, Ledger.Fields, Typed());
        return await ChangeLinesAsync();
    }

    // An address with values of its own means these, not what was typed on another day.
    private bool IsAsked => Request.Query.Keys.Any(k => Ledger.Fields.Find(k) is { IsChild: false });

    /// <summary>What the address says (a step from one record to the next), today, and the one unit there is to choose.</summary>
    private RecordInputs Begun()
    {
        var typed = Request.Query.Where(q => Ledger.Fields.Find(q.Key) is { IsChild: false }).ToDictionary(q => q.Key, q => q.Value.Select(v => v ?? "").ToArray(), StringComparer.Ordinal);
        typed.TryAdd(Ledger.Date.Code, [Ledger.Code == Core.Catalogs.Ledger.UnitCode ? "" : Visit.Today.ToString("yyyy-MM-dd")]);
        if (Ledger.Code != Core.Catalogs.Ledger.UnitCode && Access.Tree.Find(Visit.Unit) is { } unit && (Ledger.Unit.UnitKinds.Count == 0 || Ledger.Unit.UnitKinds.Contains(unit.Kind)))
        {
            typed.TryAdd(Ledger.Unit.Code, [unit.Code]);
        }

        return RecordInputs.OfTyped(typed);
    }
}
