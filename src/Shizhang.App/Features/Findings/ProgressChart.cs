using Shizhang.App.Site;
using Shizhang.Core.Figures;
using Shizhang.Storage.Records;

namespace Shizhang.App.Features.Findings;

/// <summary>How many problems had been raised, and how many of them ended, by the end of a month.</summary>
internal sealed record ProgressMonth(DateOnly End, long Raised, long Ended, string RaisedHref, string EndedHref);

/// <summary>Problems raised and ended over the months of a period, counted from the first ever raised.</summary>
internal sealed record ProgressChart(IReadOnlyList<ProgressMonth> Months)
{
    private const int MostMonths = 36;

    public const int Height = 180;
    public const int Base = 150;
    public const int Left = 36;
    private const int Top = 16;
    private const int Wide = 720;
    public const int Width = Left + Wide;

    public double Step => (double)Wide / Math.Max(1, Months.Count);

    public long Most => Math.Max(1, Months.Max(m => m.Raised));

    /// <summary>Null when no problem was raised, or when none is said to have ended on a day.</summary>
    public static async Task<ProgressChart?> ReadAsync(Visit visit, FindingLedger finding, FindingReader reader)
    {
        if (finding.EndedOn is not { } endedOn)
        {
            return null;
        }

        var pager = new RecordPager(visit.Place.Store);
        var raised = await pager.CountByDayAsync(visit.Place.Town, reader.Request(), finding.Ledger.Date);
        if (raised.Count == 0)
        {
            return null;
        }

        var ended = await pager.CountByDayAsync(visit.Place.Town, reader.Request(FindingReader.InStates([.. finding.Workflow.End])), endedOn);
        var period = new Period(visit.Period.From, visit.Day > visit.Period.From ? visit.Day : visit.Period.To);
        var ends = period.Split(PeriodStep.Month).Select(p => p.To).TakeLast(MostMonths);
        return new ProgressChart([.. ends.Select(end => new ProgressMonth(
            end, raised.Where(r => r.Day <= end).Sum(r => r.Count), ended.Where(r => r.Day <= end).Sum(r => r.Count),
            Href(finding, $"{finding.Ledger.Date.Code} le {end:yyyy-MM-dd}"),
            Href(finding, $"{endedOn.Code} le {end:yyyy-MM-dd} and _state in ({string.Join(',', finding.Workflow.End.Select(s => $"'{s}'"))})")))]);
    }

    /// <summary>Whole numbers for the scale: nothing, half, most.</summary>
    public IEnumerable<long> Scale => new[] { 0, Most / 2, Most }.Distinct();

    public double Y(long count) => Base - ((double)(Base - Top) * count / Most);

    public double X(int month) => Left + (Step * month);

    private static string Href(FindingLedger finding, string filter) => $"/ledgers/{finding.Ledger.Code}?filter={Uri.EscapeDataString(filter)}&all=true";
}
