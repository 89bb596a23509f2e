using Shizhang.Core.Catalogs;

namespace Shizhang.App.Features.Findings;

/// <summary>The ledger of problems to be put right, and what its workflow and rules say of its fields; the pack names none of them here.</summary>
internal sealed record FindingLedger(Ledger Ledger)
{
    private const int DaysBefore = 7;

    public Workflow Workflow => Ledger.Workflow!;

    /// <summary>The first ledger whose ended records keep a rule, else the first with a coverage table; null when the pack has neither.</summary>
    public static FindingLedger? Of(Catalog catalog)
    {
        var ledger = catalog.Ledgers.Values.FirstOrDefault(l => l.Workflow?.Keeps is not null) ?? CoverageTable.LedgersOf(catalog).FirstOrDefault(l => l.Workflow is not null);
        return ledger is null ? null : new FindingLedger(ledger);
    }

    /// <summary>Who answers for a problem: the first person who may not close it.</summary>
    public Field? Owner => Ends.SelectMany(s => s.NotBy).Select(Ledger.Fields.Find).FirstOrDefault(f => f?.To is not null);

    /// <summary>The day a problem ended, when the step to the end asks for one.</summary>
    public Field? EndedOn => Ends.SelectMany(s => s.Needs).Select(Ledger.Fields.Find).FirstOrDefault(f => f?.Type.Code == "date");

    /// <summary>The day the clock of the whole starts from; the ledger's own date when it has none.</summary>
    public Field DueOn => Workflow.Within is { } within && Ledger.Fields.Find(within.From) is { } begun ? begun : Ledger.Date;

    /// <summary>What is said of a problem with yes or no: that it needs going on for long.</summary>
    public IEnumerable<Field> Flags => Ledger.Fields.Where(f => f.Type.Code == "yes_no");

    /// <summary>The sum that must fit, and the rates of its parts.</summary>
    public BalanceRule? Balance => Ledger.Rules.OfType<BalanceRule>().FirstOrDefault();

    public IEnumerable<Indicator> Rates => Balance is not { } balance ? [] : Ledger.Indicators
        .Where(i => i.Calculation is Ratio ratio && ratio.Denominator == balance.Total && balance.Parts.Contains(ratio.Numerator));

    /// <summary>So many days before its end a clock says so: as the ledger's rule of deadlines does.</summary>
    public int Soon => Ledger.Rules.OfType<DeadlineRule>().Select(r => (int?)r.Before).FirstOrDefault() ?? DaysBefore;

    public IEnumerable<Sheet> SheetsIn(Catalog catalog) => catalog.Sheets.Values.Where(s => s.Ledger == Ledger);

    private IEnumerable<Step> Ends => Workflow.Steps.Values.Where(s => Workflow.IsEnd(s.To));
}
