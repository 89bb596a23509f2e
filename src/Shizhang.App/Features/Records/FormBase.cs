using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Shizhang.App.Features.Drafts;
using Shizhang.App.Site;
using Shizhang.Core.Catalogs;
using Shizhang.Storage.Records;

namespace Shizhang.App.Features.Records;

/// <summary>What the pages with a form over a record share: drafts, lines that come and go without scripts, a roll to tick.</summary>
[KeepsForm]
internal abstract class FormBase(DraftWork drafts) : SitePage
{
    private const int MostRolled = 300;
    private const string LineButton = "_line";

    public override Room Room => Room.Ledgers;

    public Ledger Ledger => Visit.Ledger!;

    public RecordForm Form { get; protected set; } = null!;

    protected DraftWork Drafts { get; } = drafts;

    /// <summary>What was typed here before and not written, and is shown again; null when the form begins anew.</summary>
    public KeptForm? Kept { get; private set; }

    /// <summary>The version the form in hand was typed on: a save is held against it, however long the form was kept.</summary>
    public long? Version { get; protected set; }

    /// <summary>What somebody else changed under this form; null when nobody did.</summary>
    public FormConflict? Conflict { get; private set; }

    /// <summary>What was typed here before and not written, if anything.</summary>
    protected async Task<RecordInputs?> KeptAsync()
    {
        Kept = await Drafts.FindAsync(Access.Account.Name, DraftWork.FormOf(HttpContext));
        Version = Kept?.Version ?? Version;
        return Kept is null ? null : RecordInputs.OfTyped(Kept.Fields);
    }

    /// <summary>A form of a record as it stands. Personal facts are kept by leaving their field empty; the form never holds them.</summary>
    protected RecordInputs Standing(StoredRecord record)
    {
        Version = record.Version;
        var values = record.Values.Copy();
        foreach (var field in Ledger.Fields.Where(f => f.Personal))
        {
            values[field] = null;
        }

        return RecordInputs.OfRecord(values);
    }

    protected RecordInputs Typed()
    {
        var typed = DraftWork.Fields(Request.Form);
        Version = KeptForm.VersionIn(typed);
        return RecordInputs.OfTyped(typed);
    }

    /// <summary>Shows what stands beside what was typed; whoever has seen both saves on the version that stands.</summary>
    protected async Task<IActionResult> ConflictAsync(StoredRecord current)
    {
        Conflict = await FormConflict.OfAsync(Visit, Form, current, Version ?? 0);
        var shown = await AgainAsync([]);
        Version = current.Version;
        return shown;
    }

    /// <summary>Keeps what is in the form and shows it again with what is wrong.</summary>
    protected async Task<IActionResult> AgainAsync(IEnumerable<Core.Records.FieldRefusal> refusals)
    {
        await Drafts.KeepAsync(Access.Account.Name, DraftWork.FormOf(HttpContext), DraftWork.Fields(Request.Form));
        await Form.RefuseAsync(refusals);
        await Form.NameReferencesAsync();
        return Page();
    }

    /// <summary>The address of 取消's button: what is kept of this form goes with it.</summary>
    public string Cancel(string back) => DiscardEndpoint.Of(DraftWork.FormOf(HttpContext), back);

    protected Task DoneAsync() => Drafts.RemoveAsync(Access.Account.Name, DraftWork.FormOf(HttpContext));

    /// <summary>Adds or removes a line, or rolls out everybody of the unit to be ticked; nothing is written.</summary>
    protected async Task<IActionResult> ChangeLinesAsync()
    {
        var word = Request.Form[LineButton].ToString();
        var at = word.IndexOfAny(['+', '-', '*']);
        if (at > 0 && Form.Ledger.Fields.Find(word[..at]) is { Lines: { } lines } field)
        {
            switch (word[at])
            {
                case '+' when int.TryParse(word[(at + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var next):
                    Form.Inputs.Set($"{field.Code}[{next}].{lines[0].Code}", "");
                    break;
                case '-' when int.TryParse(word[(at + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var line):
                    Form.Inputs.RemoveLine(field, line);
                    break;
                case '*' when lines.Find(word[(at + 1)..]) is { To: { } to } who:
                    await RollAsync(field, who, Place.Catalog.Ledgers[to]);
                    break;
            }
        }

        await Form.NameReferencesAsync();
        return Page();
    }

    private async Task RollAsync(Field field, Field who, Ledger ledger)
    {
        var unit = Form.Inputs.Text(Form.Ledger.Unit.Code) is { Length: > 0 } chosen ? chosen : Visit.Unit;
        var page = await new RecordPager(Place.Store).ReadAsync(Place.Town, new PageRequest(ledger, Visit.Today)
        {
            Units = [.. Access.Tree.Scope(unit, Visit.Today).Where(u => Access.Units(ledger)?.Contains(u) is not false)], Ascending = true, Most = MostRolled,
        });
        var there = Form.Inputs.LinesOf(field).Select(i => Form.Inputs.Text($"{field.Code}[{i}].{who.Code}").TrimStart('#').Split(' ')[0]).ToHashSet(StringComparer.Ordinal);
        var next = Form.Inputs.LinesOf(field).DefaultIfEmpty(-1).Max() + 1;
        var state = field.Lines!.FirstOrDefault(f => f.Type.Code == "choice" && f.Required);
        foreach (var id in page.Records.Where(r => InForce(r)).Select(r => r.Id.ToString(CultureInfo.InvariantCulture)).Where(id => !there.Contains(id)))
        {
            Form.Inputs.Set($"{field.Code}[{next}].{who.Code}", "#" + id);
            if (state is not null)
            {
                Form.Inputs.Set($"{field.Code}[{next}].{state.Code}", state.Choices[0].Value);
            }

            next++;
        }
    }

    // Whoever has left is not called: the first stock of the ledger says which field tells.
    private bool InForce(StoredRecord record) =>
        record.Ledger.Indicators.Select(i => i.Calculation).OfType<Question>().FirstOrDefault(q => q.Until is not null)?.Until is not { } until || record.Values[until] is not DateOnly day || day > Visit.Today;
}
