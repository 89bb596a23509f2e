using Shizhang.App.Features.Records;
using Shizhang.App.Site;
using Shizhang.Core.Figures;
using Shizhang.Core.Filters;
using Shizhang.Core.Workflows;
using Shizhang.Storage.Records;

namespace Shizhang.App.Features.Findings;

/// <summary>A problem with its two clocks: the next step's and the whole's; none run for one that has ended.</summary>
internal sealed record FindingCard(StoredRecord Record, RunningClock? Step, RunningClock? Whole)
{
    /// <summary>What is due first; null when no clock runs.</summary>
    public DateOnly? Due => Step?.Due.Day is { } step && Whole?.Due.Day is { } whole ? (step < whole ? step : whole) : Step?.Due.Day ?? Whole?.Due.Day;

    public bool IsLate(DateOnly day) => Due < day;
}

/// <summary>The problems of one state: how many, and the first of them.</summary>
internal sealed record FindingColumn(string State, long Count, IReadOnlyList<FindingCard> Cards);

/// <summary>Reads the problems a visitor may see at the unit looked at, raised up to the day looked at.</summary>
internal sealed class FindingReader(Visit visit, FindingLedger finding)
{
    private readonly WorkCalendar _calendar = new(visit.Place.Catalog.Calendar);
    private readonly RecordPager _pager = new(visit.Place.Store);
    private Dictionary<long, DateOnly>? _since;

    public PageRequest Request(Filter? where = null, Period? period = null) => new(finding.Ledger, visit.Day)
    {
        Where = Both(where, visit.Access!.Visible(finding.Ledger)),
        Units = ListFrame.Units(visit, finding.Ledger),
        Period = period ?? new Period(DateOnly.MinValue, visit.Day),
    };

    /// <summary>The board: a column for each state, what is due first on top, in ended ones what ended last.</summary>
    public async Task<IReadOnlyList<FindingColumn>> BoardAsync(int mostInColumn)
    {
        var counts = await _pager.CountByStateAsync(visit.Place.Town, Request());
        var columns = new List<FindingColumn>();
        foreach (var state in finding.Workflow.States)
        {
            var cards = counts.GetValueOrDefault(state) == 0 ? [] : await CardsAsync(InStates(state), mostInColumn, finding.Workflow.IsEnd(state));
            columns.Add(new FindingColumn(state, counts.GetValueOrDefault(state), cards));
        }

        return columns;
    }

    /// <summary>Problems by what is due first; <paramref name="endedFirst"/> those that ended last.</summary>
    public async Task<IReadOnlyList<FindingCard>> CardsAsync(Filter? where, int most, bool endedFirst = false)
    {
        var request = Request(where) with { Sort = endedFirst ? finding.EndedOn ?? finding.Ledger.Date : finding.DueOn, Ascending = !endedFirst, Most = most };
        var page = await _pager.ReadAsync(visit.Place.Town, request);
        _since ??= await StateHistory.SinceAsync(visit.Place.Store, visit.Place.Town, finding.Ledger, [.. finding.Workflow.States.Where(s => !finding.Workflow.IsEnd(s))]);
        var cards = page.Records.Select(CardOf).ToList();
        return endedFirst ? cards : [.. cards.OrderBy(c => c.Due ?? DateOnly.MaxValue).ThenBy(c => c.Record.Id)];
    }

    public static Filter InStates(params string[] states) => new In(new StateOperand(), [.. states.Select(s => new Literal(s))], Negated: false);

    /// <summary>The states that have not ended.</summary>
    public string[] Open => [.. finding.Workflow.States.Where(s => !finding.Workflow.IsEnd(s))];

    private FindingCard CardOf(StoredRecord record)
    {
        var clocks = RunningClock.Of(finding.Ledger, record.State, record.Values, _since!.TryGetValue(record.Id, out var since) ? since : null, _calendar).ToList();
        return new FindingCard(record, clocks.Where(c => c.Step is not null).MinBy(c => c.Due.Day), clocks.Find(c => c.Step is null));
    }

    private static Filter? Both(Filter? one, Filter? other) => one is null ? other : other is null ? one : new And(one, other);
}
