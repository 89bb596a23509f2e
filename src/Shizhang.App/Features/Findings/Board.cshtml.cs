using Microsoft.AspNetCore.Mvc;
using Shizhang.App.Access;
using Shizhang.App.Features.Records;
using Shizhang.App.Features.Steps;
using Shizhang.Storage.Records;

namespace Shizhang.App.Features.Findings;

[Needs(Right.Business)]
internal sealed class BoardPage(RuleWatch watch) : FindingPage
{
    private const int MostInColumn = 30;

    public override string Here => "";

    public IReadOnlyList<FindingColumn> Columns { get; private set; } = [];

    public FindingCounters? Counters { get; private set; }

    public ProgressChart? Progress { get; private set; }

    /// <summary>Records that were opened again just now, because a rule they keep no longer holds.</summary>
    public IReadOnlyList<RecordKey> Reopened { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync()
    {
        if (Finding is not { } finding)
        {
            return Page();
        }

        Reopened = await watch.LookAsync();
        var reader = Reader;
        Columns = await reader.BoardAsync(MostInColumn);
        Counters = await FindingCounters.ReadAsync(Visit, finding);
        Progress = await ProgressChart.ReadAsync(Visit, finding, reader);
        View = await RecordView.OfAsync(Visit, Columns.SelectMany(c => c.Cards).Select(c => c.Record.Values));
        return Page();
    }
}
