using Microsoft.AspNetCore.Mvc;
using Shizhang.App.Access;
using Shizhang.App.Features.Records;

namespace Shizhang.App.Features.Findings;

[Needs(Right.Business)]
internal sealed class BoardPage : FindingPage
{
    private const int MostInColumn = 30;

    public override string Here => "";

    public IReadOnlyList<FindingColumn> Columns { get; private set; } = [];

    public FindingCounters? Counters { get; private set; }

    public ProgressChart? Progress { get; private set; }

    public async Task<IActionResult> OnGetAsync()
    {
        if (Finding is not { } finding)
        {
            return Page();
        }

        var reader = Reader;
        Columns = await reader.BoardAsync(MostInColumn);
        Counters = await FindingCounters.ReadAsync(Visit, finding);
        Progress = await ProgressChart.ReadAsync(Visit, finding, reader);
        View = await RecordView.OfAsync(Visit, Columns.SelectMany(c => c.Cards).Select(c => c.Record.Values));
        return Page();
    }
}
