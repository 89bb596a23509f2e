using Microsoft.AspNetCore.Mvc;
using Shizhang.App.Access;
using Shizhang.App.Cli;
using Shizhang.App.Features.Records;
using Shizhang.App.Site;
using Shizhang.Core.Catalogs;
using Shizhang.Core.Records;
using Shizhang.Storage.Figures;

namespace Shizhang.App.Features.Figures;

[Needs(Right.Business)]
internal sealed class FiguresPage : SitePage
{
    public const string ByUnit = "unit";
    private const int RowsOnPage = 20;

    private List<Indicator> _readable = [];

    public override Room Room => Room.Figures;

    [BindProperty(SupportsGet = true)]
    public string? Area { get; set; }

    [BindProperty(SupportsGet = true, Name = "ledger")]
    public string? LedgerCode { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? By { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Kind { get; set; }

    [BindProperty(SupportsGet = true)]
    public int Skip { get; set; }

    public IReadOnlyList<string> Areas { get; private set; } = [];

    public IReadOnlyList<Ledger> Ledgers { get; private set; } = [];

    /// <summary>Kinds of the units that stand directly below the one looked at.</summary>
    public IReadOnlyList<string> Kinds { get; private set; } = [];

    /// <summary>Headings of the columns, each with the days or the unit it is about.</summary>
    public IReadOnlyList<(string Label, string Title)> Columns { get; private set; } = [];

    public IReadOnlyList<MatrixRow> Rows { get; private set; } = [];

    public int Count { get; private set; }

    public int? Next => Skip + RowsOnPage < Count ? Skip + RowsOnPage : null;

    public int? Before => Skip > 0 ? Math.Max(0, Skip - RowsOnPage) : null;

    public bool IsByUnit => By == ByUnit;

    public async Task<IActionResult> OnGetAsync(string? format)
    {
        _readable = [.. Place.Catalog.Indicators.Values.Where(i => Access.Reads(i, Visit.Unit))];
        Areas = [.. _readable.Select(i => i.Ledger.Area).Distinct()];
        ChooseArea();
        var found = _readable.Where(IsAsked).ToList();
        (Count, Skip) = (found.Count, Math.Clamp(Skip, 0, Math.Max(0, found.Count - 1)));
        var scope = await Visit.ScopeAsync();
        var columns = IsByUnit ? UnitColumns(scope) : TimeColumns(scope);
        var shown = format == "csv" ? found : found.Skip(Skip).Take(RowsOnPage).ToList();
        Rows = await Matrix.ComputeAsync(Place, scope, columns, shown);
        return format == "csv" ? Csv() : Page();
    }

    /// <summary>This page with one thing changed; an area that was left open stays open.</summary>
    public string AddressOf(string? by = null, string? kind = null, int skip = 0, string? format = null) => $"/figures{QueryString.Create(new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["area"] = Area ?? "",
        ["ledger"] = LedgerCode,
        ["q"] = Q,
        ["by"] = by ?? By,
        ["kind"] = kind ?? Kind,
        ["skip"] = skip > 0 ? $"{skip}" : null,
        ["format"] = format,
    }.Where(p => p.Value is not null))}";

    // Nobody asks for everything first: the area of the ledgers one records, or of the first that one reads.
    private void ChooseArea()
    {
        Area = Areas.Contains(Area) ? Area : null;
        if (Area is null && !Request.Query.ContainsKey("area") && string.IsNullOrWhiteSpace(Q) && LedgerCode is null)
        {
            Area = _readable.Find(i => Access.Records(i.Ledger))?.Ledger.Area ?? (Areas.Count > 0 ? Areas[0] : null);
        }

        Ledgers = [.. _readable.Select(i => i.Ledger).Where(l => Area is null || l.Area == Area).Distinct()];
        LedgerCode = Ledgers.Any(l => l.Code == LedgerCode) ? LedgerCode : null;
    }

    private bool IsAsked(Indicator indicator) =>
        (Area is null || indicator.Ledger.Area == Area)
        && (LedgerCode is null || indicator.Ledger.Code == LedgerCode)
        && (string.IsNullOrWhiteSpace(Q) || Names(indicator).Any(n => n.Contains(Q.Trim(), StringComparison.OrdinalIgnoreCase)));

    private IEnumerable<string> Names(Indicator indicator) =>
        new[] { indicator.Name, indicator.En ?? "", indicator.Code, indicator.Definition }.Concat(Place.Catalog.Wording.IndicatorNames.GetValueOrDefault(indicator.Code) ?? []);

    private FigureScope[] TimeColumns(FigureScope scope)
    {
        var step = Spans.Choose(scope.Period, By);
        By = Spans.WordOf(step);
        var spans = Spans.Of(scope.Period, step);
        Columns = [.. spans.Select(s => (s.Label, s.Period.ToString()))];
        return [.. spans.Select(s => scope.During(s.Period))];
    }

    private FigureScope[] UnitColumns(FigureScope scope)
    {
        var below = UnitsBelow.Of(Access, scope);
        Kinds = [.. below.GroupBy(u => u.Kind).OrderByDescending(g => g.Count()).Select(g => g.Key)];
        Kind = Kinds.Contains(Kind) ? Kind : Ledgers.SelectMany(l => l.Unit.UnitKinds).FirstOrDefault(k => Kinds.Contains(k)) ?? (Kinds.Count > 0 ? Kinds[0] : null);
        List<Unit> units = [.. below.Where(u => u.Kind == Kind).Take(Spans.Most)];
        Columns = [.. units.Select(u => (u.Name, u.Name))];
        return [.. units.Select(u => scope.At(u.Code))];
    }

    private FileContentResult Csv()
    {
        List<Column<MatrixRow>> columns =
        [
            new("indicator", null, r => r.Indicator.Code),
            new("name", null, r => RecordView.NameOf(r.Indicator)),
            new("measure", null, r => r.Indicator.Measure),
            new("total", null, r => r.Whole.Figure.Value),
            new("year_growth", null, r => FigureView.Compared(r.Whole.Figure, r.Whole.YearBefore!)?.Exact),
            new("previous_growth", null, r => FigureView.Compared(r.Whole.Figure, r.Whole.Previous!)?.Exact),
            .. Columns.Select((c, i) => new Column<MatrixRow>(IsByUnit ? c.Label : c.Title, null, r => r.Cells[i].Value)),
        ];
        return CsvFile.Of(columns, Rows, "figures.csv");
    }
}
