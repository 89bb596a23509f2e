using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Shizhang.App.Features.Drafts;
using Shizhang.App.Site;
using Shizhang.Core.Catalogs;
using Shizhang.Storage.Records;

namespace Shizhang.App.Features.Records;

/// <summary>What the pages with a form over a record share: drafts, lines that come and go without scripts, a roll to tick.</summary>
internal abstract class FormBase(DraftWork drafts) : SitePage
{
    private const int MostRolled = 300;
    private const string LineButton = "_line";

    public override Room Room => Room.Ledgers;

    public Ledger Ledger => Visit.Ledger!;

    public RecordForm Form { get; protected set; } = null!;

    protected DraftWork Drafts { get; } = drafts;

    /// <summary>What was typed here before and not written, if anything.</summary>
    protected async Task<RecordInputs?> KeptAsync() =>
        await Drafts.FindAsync(Access.Account.Name, DraftWork.FormOf(HttpContext)) is { } typed ? RecordInputs.OfTyped(typed) : null;

    protected RecordInputs Typed() => RecordInputs.OfTyped(DraftWork.Fields(Request.Form));

    /// <summary>Keeps what is in the form and shows it again with what is wrong.</summary>
    protected async Task<IActionResult> AgainAsync(IEnumerable<Core.Records.FieldRefusal> refusals)
    {
        await Drafts.KeepAsync(Access.Account.Name, DraftWork.FormOf(HttpContext), DraftWork.Fields(Request.Form));
        await Form.RefuseAsync(refusals);
        await Form.NameReferencesAsync();
        return Page();
    }

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
