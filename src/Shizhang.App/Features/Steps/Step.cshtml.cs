using Microsoft.AspNetCore.Mvc;
using Shizhang.App.Access;
using Shizhang.App.Features.Drafts;
using Shizhang.App.Features.Evidence;
using Shizhang.App.Features.Records;
using Shizhang.App.Texts;
using Shizhang.Core.Catalogs;
using Shizhang.Core.Workflows;
using Shizhang.Storage.Records;

namespace Shizhang.App.Features.Steps;

/// <summary>A form with what a step asks for: its fields, evidence, a reason. The workflow decides who may take it.</summary>
[Needs(Right.ReadLedger)]
internal sealed class StepPage(DraftWork drafts) : FormBase(drafts)
{
    [BindProperty(SupportsGet = true, Name = "id")]
    public long Id { get; set; }

    public Step Step { get; private set; } = null!;

    public StoredRecord Record { get; private set; } = null!;

    public string? Reason { get; private set; }

    public async Task<IActionResult> OnGetAsync(string step)
    {
        if (!await LoadAsync(step))
        {
            return Nothing();
        }

        var inputs = await KeptAsync() ?? Standing(Record);
        Reason = Kept?.Fields.GetValueOrDefault("__reason") is [var reason, ..] ? reason : null;
        foreach (var day in WorkflowEngine.Asked(Ledger, Step).Where(f => f.Type.Code == "date" && inputs.Text(f.Code).Length == 0))
        {
            inputs.Set(day.Code, Visit.Today.ToString("yyyy-MM-dd"));
        }

        Form = new RecordForm(Visit, Ledger, WorkflowEngine.Asked(Ledger, Step), inputs, Record.Values);
        await Form.NameReferencesAsync();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string step, List<IFormFile> files)
    {
        if (!await LoadAsync(step))
        {
            return Nothing();
        }

        Reason = Request.Form["__reason"];
        Form = new RecordForm(Visit, Ledger, WorkflowEngine.Asked(Ledger, Step), Typed(), Record.Values);
        var outcome = await new StepWork(Place).TakeAsync(Access, Visit.Actor, new AskedStep(
            Ledger, Id, Step.Name, await Form.ReadAsync(), [.. files.Select(f => new GivenFile(f.FileName, f.OpenReadStream))], Reason, Version));
        if (outcome.Version is null)
        {
            return Version is { } seen && seen != Record.Version ? await ConflictAsync(Record) : await AgainAsync(outcome.Refusals);
        }

        await DoneAsync();
        Notice(AppText.Of["step_taken_page", RecordView.NameOf(Step), Ledger.Workflow!.Shown(outcome.State!)]);
        return Go($"/ledgers/{Ledger.Code}/{Id}");
    }

    public async Task<IActionResult> OnPostLineAsync(string step)
    {
        if (!await LoadAsync(step))
        {
            return Nothing();
        }

        Reason = Request.Form["__reason"];
        Form = new RecordForm(Visit, Ledger, WorkflowEngine.Asked(Ledger, Step), Typed(), Record.Values);
        return await ChangeLinesAsync();
    }

    private async Task<bool> LoadAsync(string step)
    {
        if (Visit.Ledger?.Workflow?.Steps.GetValueOrDefault(step) is not { } found
            || await new RecordArchive(Place.Store).FindAsync(Place.Town, Ledger, Id) is not { } record
            || !Access.Sees(Ledger, record.Values))
        {
            return false;
        }

        (Step, Record) = (found, record);
        return true;
    }
}
