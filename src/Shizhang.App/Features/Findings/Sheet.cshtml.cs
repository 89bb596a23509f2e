using Microsoft.AspNetCore.Mvc;
using Shizhang.App.Access;
using Shizhang.App.Features.Exports;
using Shizhang.App.Features.Records;
using Shizhang.Core.Catalogs;
using Shizhang.Core.Figures;
using Shizhang.Storage.Records;

namespace Shizhang.App.Features.Findings;

/// <summary>One of the lists that superiors ask for: a row for each line, the problem's own cells merged over them.</summary>
[Needs(Right.Business)]
internal sealed class SheetPage : FindingPage
{
    private const int Most = 500;

    public override string Here => $"sheets/{Sheet?.Code}";

    /// <summary>All time, not only the period of the top bar.</summary>
    [BindProperty(SupportsGet = true)]
    public bool All { get; set; }

    public Sheet? Sheet { get; private set; }

    public IReadOnlyList<LedgerColumn> Columns { get; private set; } = [];

    public RecordPage Records { get; private set; } = new([], false);

    public async Task<IActionResult> OnGetAsync(string sheet)
    {
        Sheet = Finding?.SheetsIn(Place.Catalog).FirstOrDefault(s => s.Code == sheet);
        if (Sheet is null)
        {
            return Nothing();
        }

        Columns = LedgerColumn.Of(Sheet);
        var request = Reader.Request(period: All ? new Period(DateOnly.MinValue, DateOnly.MaxValue) : Visit.Period);
        Records = await new RecordPager(Place.Store).ReadAsync(Place.Town, request with { Ascending = true, Most = Most });
        View = await RecordView.OfAsync(Visit, Records.Records.Select(r => r.Values));
        return Page();
    }
}
