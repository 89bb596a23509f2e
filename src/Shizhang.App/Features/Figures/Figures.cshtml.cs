using Microsoft.AspNetCore.Mvc;
using Shizhang.App.Access;
using Shizhang.App.Features.Records;
using Shizhang.App.Site;
using Shizhang.App.Texts;
using Shizhang.Core.Catalogs;
using Shizhang.Core.Figures;
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
        var shown = format == "csv" ? found : found.Skip(Skip).Take(RowsOnPage).ToList();
        if (IsByUnit)
        {
            await ComputeByUnitAsync(scope, shown);
        }
        else
        {
            Rows = await Matrix.ComputeAsync(Place, scope, TimeColumns(scope), shown);
        }

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

    // The kind asked for; else the one whose units hold most of what the rows count, which is known only when all were counted.
    private async Task ComputeByUnitAsync(FigureScope scope, IReadOnlyList<Indicator> shown)
    {
        var below = UnitsBelow.Of(Access, scope).GroupBy(u => u.Kind).OrderByDescending(g => g.Count()).ToDictionary(g => g.Key, g => g.Take(Spans.Most).ToList());
        Kinds = [.. below.Keys];
        var asked = Kinds.Contains(Kind) ? below[Kind!] : [.. below.Values.SelectMany(u => u)];
        Rows = await Matrix.ComputeAsync(Place, scope, [.. asked.Select(u => scope.At(u.Code))], shown);
        if (!Kinds.Contains(Kind))
        {
            Kind = UnitColumns.Fullest(Rows, asked) ?? Ledgers.SelectMany(l => l.Unit.UnitKinds).FirstOrDefault(Kinds.Contains) ?? (Kinds.Count > 0 ? Kinds[0] : null);
            Rows = [.. Rows.Select(r => r with { Cells = [.. r.Cells.Where((_, i) => asked[i].Kind == Kind)] })];
        }

        Columns = [.. asked.Where(u => u.Kind == Kind).Select(u => (u.Name, u.Name))];
    }

    private FileContentResult Csv()
    {
        List<(string Heading, Func<MatrixRow, object?> Value)> columns =
        [
            (AppText.Of["column_indicator"], r => r.Indicator.Code),
            (AppText.Of["column_name"], r => RecordView.NameOf(r.Indicator)),
            (AppText.Of["column_measure"], r => r.Indicator.MeasureShown),
            (AppText.Of["total"], r => FigureWords.Number(r.Whole.Figure)),
            (AppText.Of["column_year_growth"], r => FigureView.Compared(r.Whole.Figure, r.Whole.YearBefore!)?.Text),
            (AppText.Of["column_previous_growth"], r => FigureView.Compared(r.Whole.Figure, r.Whole.Previous!)?.Text),
            .. Columns.Select((c, i) => (c.Label, (Func<MatrixRow, object?>)(r => FigureWords.Number(r.Cells[i])))),
        ];
        if (IsByUnit)
        {
            columns.Add((AppText.Of["units_elsewhere"], r => FigureWords.Number(UnitColumns.Elsewhere(r))));
        }

        return CsvFile.Of(columns, Rows, $"{AppText.Of["room_Figures"]}.csv");
    }
}
