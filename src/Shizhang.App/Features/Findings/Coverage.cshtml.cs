using Microsoft.AspNetCore.Mvc;
using Shizhang.App.Access;

namespace Shizhang.App.Features.Findings;

/// <summary>Problem × cause × measure, with the cells that nothing answers.</summary>
[Needs(Right.Business)]
internal sealed class CoveragePage : FindingPage
{
    public override string Here => "coverage";

    /// <summary>Only problems that have nothing in this field.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Missing { get; set; }

    /// <summary>Only problems with this said in the first field: a cause.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Cause { get; set; }

    /// <summary>Null when the ledger has no such table.</summary>
    public CoverageTable? Table { get; private set; }

    public IReadOnlyList<CoverageRow> Rows { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync()
    {
        if (Finding is { } finding && CoverageTable.LedgersOf(Place.Catalog).Contains(finding.Ledger))
        {
            Table = await CoverageTable.ReadAsync(Place, finding.Ledger, Visit.Unit, Access);
            Rows = [.. Table.Rows.Where(r => (Missing is null || Table.MissingOf(r).Any(f => f.Code == Missing)) && (Cause is null || r.Cells[0].Contains(Cause)))];
        }

        return Page();
    }
}
