using System.Globalization;
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

    public bool IsConflict { get; private set; }

    /// <summary>What somebody else changed since the form was opened, and beside it what stands in the form.</summary>
    public IReadOnlyList<FieldChange> Theirs { get; private set; } = [];

    public IReadOnlyDictionary<string, string> Mine { get; private set; } = new Dictionary<string, string>();

    public async Task<IActionResult> OnGetAsync()
    {
        if (!await LoadAsync())
        {
            return Nothing();
        }

        Form = new RecordForm(Visit, Ledger, Ledger.Fields, await KeptAsync() ?? WithoutPersonal(), Current.Values);
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
        var seen = long.TryParse(Request.Form["__version"], NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 0;
        var outcome = await new RecordWork(Place).AmendAsync(Access, Visit.Actor, Ledger, Id, seen, await Form.ReadAsync());
        if (outcome.Conflict is not null)
        {
            return await ConflictAsync(seen);
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

    private async Task<IActionResult> ConflictAsync(long seen)
    {
        IsConflict = true;
        var versions = await new RecordArchive(Place.Store).HistoryAsync(Place.Town, Ledger, Id);
        if (versions.Find(v => v.Version == seen) is { } before)
        {
            var view = await RecordView.OfAsync(Visit, [before.Values, Current.Values]);
            Theirs = RecordHistory.Differences(view, Ledger, before.Values, Current.Values);
            Mine = Ledger.Fields.Where(f => !f.IsChild).DistinctBy(RecordView.NameOf).ToDictionary(RecordView.NameOf, f => Form.Inputs.Text(f.Code), StringComparer.Ordinal);
        }

        return await AgainAsync([]);
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

    // Personal facts are kept by leaving their field empty; the form never holds them.
    private RecordInputs WithoutPersonal()
    {
        var values = Current.Values.Copy();
        foreach (var field in Ledger.Fields.Where(f => f.Personal))
        {
            values[field] = null;
        }

        return RecordInputs.OfRecord(values);
    }
}
