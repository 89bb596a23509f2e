using Microsoft.AspNetCore.Mvc;
using Shizhang.App.Access;
using Shizhang.App.Features.Drafts;
using Shizhang.App.Texts;
using Shizhang.Storage.Records;

namespace Shizhang.App.Features.Records;

[Needs(Right.RecordLedger)]
internal sealed class EditPage(DraftWork drafts) : FormBase(drafts)
{
    [BindProperty(SupportsGet = true, Name = "id")]
    public long Id { get; set; }

    /// <summary>The version that stands, which a save will replace.</summary>
    public StoredRecord Current { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync()
    {
        if (!await LoadAsync())
        {
            return Nothing();
        }

        Form = new RecordForm(Visit, Ledger, Ledger.Fields, await KeptAsync() ?? Standing(Current), Current.Values);
        await Form.NameReferencesAsync();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!await LoadAsync())
        {
            return Nothing();
        }

        Form = new RecordForm(Visit, Ledger, Ledger.Fields, Typed(), Current.Values);
        var outcome = await new RecordWork(Place).AmendAsync(Access, Visit.Actor, Ledger, Id, Version ?? 0, await Form.ReadAsync());
        if (outcome.Conflict is not null)
        {
            return await LoadAsync() ? await ConflictAsync(Current) : Nothing();
        }

        if (outcome.Version is null)
        {
            return await AgainAsync(outcome.Refusals);
        }

        await DoneAsync();
        Notice(AppText.Of["record_amended", RecordView.NameOf(Ledger), Id]);
        return Go($"/ledgers/{Ledger.Code}/{Id}");
    }

    public async Task<IActionResult> OnPostLineAsync()
    {
        if (!await LoadAsync())
        {
            return Nothing();
        }

        Form = new RecordForm(Visit, Ledger, Ledger.Fields, Typed(), Current.Values);
        return await ChangeLinesAsync();
    }

    private async Task<bool> LoadAsync()
    {
        if (Visit.Ledger is null || await new RecordArchive(Place.Store).FindAsync(Place.Town, Ledger, Id) is not { } found || !Access.Sees(Ledger, found.Values))
        {
            return false;
        }

        Current = found;
        return true;
    }
}
