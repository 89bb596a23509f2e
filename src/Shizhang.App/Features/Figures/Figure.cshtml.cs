using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Shizhang.App.Access;
using Shizhang.App.Features.Records;
using Shizhang.App.Site;
using Shizhang.App.Texts;
using Shizhang.Core.Catalogs;
using Shizhang.Core.Figures;
using Shizhang.Core.Records;
using Shizhang.Storage.Figures;
using Shizhang.Storage.Records;

namespace Shizhang.App.Features.Figures;

[Needs(Right.Business)]
internal sealed class FigurePage : SitePage
{
    private const int RecordsOnPage = 25;
    private const int MostUnits = 100;

    public override Room Room => Room.Figures;

    [BindProperty(SupportsGet = true)]
    public string? By { get; set; }

    [BindProperty(SupportsGet = true)]
    public int Skip { get; set; }

    public FigureRow Row { get; private set; } = null!;

    public Figure Figure => Row.Figure;

    public Indicator Indicator => Row.Figure.Indicator;

    /// <summary>What a composed figure is made of, each with the sign before it.</summary>
    public IReadOnlyList<(string Sign, Figure Figure)> Parts { get; private set; } = [];

    public IReadOnlyList<(Span Span, Figure Figure)> Trend { get; private set; } = [];

    /// <summary>The units below, by kind; kinds of which no unit has anything are left out.</summary>
    public IReadOnlyList<IGrouping<string, (Unit Unit, Figure Figure)>> Units { get; private set; } = [];

    public IReadOnlyList<CountedRecord> Records { get; private set; } = [];

    /// <summary>How many of the records the visitor may see, of all that count.</summary>
    public long Seen { get; private set; }

    public IReadOnlyDictionary<RecordKey, string> Titles { get; private set; } = new Dictionary<RecordKey, string>();

    public int? Next => Skip + RecordsOnPage < Seen ? Skip + RecordsOnPage : null;

    public int? Before => Skip > 0 ? Math.Max(0, Skip - RecordsOnPage) : null;

    /// <summary>The unit above, when the visitor may look at it too.</summary>
    public Unit? Above => Access.Tree.Find(Visit.Unit)?.Parent is { } parent && Access.Reads(Indicator, parent) ? Access.Tree.Find(parent) : null;

    public bool HasSeveralLedgers => Indicator.Leaves.Select(l => l.Ledger).Distinct().Skip(1).Any();

    public async Task<IActionResult> OnGetAsync(string code, string? format)
    {
        if (!Place.Catalog.Indicators.TryGetValue(code, out var indicator) || !Access.Reads(indicator, Visit.Unit))
        {
            return Nothing();
        }

        var scope = await Visit.ScopeAsync();
        var engine = new FigureEngine(Place.Store);
        if (format == "csv")
        {
            var all = await engine.RecordsAsync(scope, indicator, new CountedPage(Access.Visible, 0, int.MaxValue));
            Titles = await TitlesAsync(all);
            return CsvFile.Of(Columns, all, $"{RecordView.NameOf(indicator)}.csv");
        }

        await ComputeAsync(engine, scope, indicator);
        await ListAsync(engine, scope);
        return Page();
    }

    public static Mark MarkOf(string label, Figure figure) => new(label, figure.Value, FigureView.Number(figure), FigureView.Address(figure) + "#records");

    /// <summary>This page with another step of time or from another record on.</summary>
    public string AddressOf(string? by = null, int skip = 0, string? format = null) =>
        $"{FigureView.Address(Figure)}&by={by ?? By}{(skip > 0 ? $"&skip={skip}#records" : "")}{(format is null ? "" : $"&format={format}")}";

    private async Task ComputeAsync(FigureEngine engine, FigureScope scope, Indicator indicator)
    {
        var step = Spans.Choose(scope.Period, By);
        By = Spans.WordOf(step);
        var spans = Spans.Of(scope.Period, step);
        var below = Below(scope, indicator);
        var row = (await Matrix.ComputeAsync(Place, scope, [.. spans.Select(s => scope.During(s.Period)), .. below.Select(u => scope.At(u.Code))], [indicator]))[0];
        Row = row.Whole;
        Trend = [.. spans.Select((s, i) => (s, row.Cells[i]))];
        Units = [.. below.Select((u, i) => (Unit: u, Figure: row.Cells[spans.Count + i])).GroupBy(u => u.Unit.Kind).Where(g => g.Any(u => u.Figure.Records > 0))];
        List<(string Sign, Indicator Part)> parts = indicator.Calculation switch
        {
            Ratio ratio => [("", ratio.Numerator), ("÷", ratio.Denominator)],
            Difference difference => [("", difference.Minuend), ("−", difference.Subtrahend)],
            Total total => [.. total.Parts.Select((p, i) => (i == 0 ? "" : "+", p))],
            _ => [],
        };
        var figures = parts.Count == 0 ? [] : await engine.ComputeAsync(scope, [.. parts.Select(p => p.Part)]);
        Parts = [.. parts.Select((p, i) => (p.Sign, figures[i]))];
    }

    private IReadOnlyList<(string Heading, Func<CountedRecord, object?> Value)> Columns =>
    [
        (AppText.Of["column_ledger"], r => RecordView.NameOf(Place.Catalog.Ledgers[r.Ledger])),
        (AppText.Of["column_id"], r => r.Id),
        (AppText.Of["column_date"], r => r.Date),
        (AppText.Of["column_unit"], r => r.Unit is { } unit ? Access.Tree.Find(unit)?.Name ?? unit : null),
        (AppText.Of["unit_code"], r => r.Unit),
        (AppText.Of["column_title"], r => Titles.GetValueOrDefault(new RecordKey(r.Ledger, r.Id)) ?? r.Title),
        (AppText.Of["column_amount"], r => r.Amount?.ToString("0.######", CultureInfo.InvariantCulture)),
    ];

    // A ledger whose records stand at villages has nothing at departments; asking them would cost as much.
    private List<Unit> Below(FigureScope scope, Indicator indicator)
    {
        var kinds = indicator.Leaves.SelectMany(l => l.Ledger.Unit.UnitKinds).ToHashSet(StringComparer.Ordinal);
        var below = UnitsBelow.Of(Access, scope);
        var fitting = below.Where(u => kinds.Contains(u.Kind)).ToList();
        return [.. (fitting.Count > 0 ? fitting : below).Take(MostUnits)];
    }

    private async Task ListAsync(FigureEngine engine, FigureScope scope)
    {
        var isKept = Indicator.Leaves.Any(l => Access.Visible(l.Ledger) is not null);
        Skip = Math.Max(0, Skip);
        if (isKept)
        {
            // Some may be kept from the visitor: how many there are to turn over is known only by looking.
            var all = await engine.RecordsAsync(scope, Indicator, new CountedPage(Access.Visible, 0, int.MaxValue));
            (Seen, Records) = (all.Count, [.. all.Skip(Skip).Take(RecordsOnPage)]);
        }
        else
        {
            Seen = Figure.Records;
            Records = await engine.RecordsAsync(scope, Indicator, new CountedPage(_ => null, Skip, RecordsOnPage));
        }

        Titles = await TitlesAsync(Records);
    }

    private async Task<IReadOnlyDictionary<RecordKey, string>> TitlesAsync(IEnumerable<CountedRecord> records)
    {
        var titles = new Dictionary<RecordKey, string>();
        foreach (var group in records.GroupBy(r => r.Ledger, StringComparer.Ordinal))
        {
            foreach (var (id, title) in await new RecordTitles(Place.Store).OfAsync(Place.Town, Place.Catalog.Ledgers[group.Key], [.. group.Select(r => r.Id)], Access.Tree))
            {
                titles[new RecordKey(group.Key, id)] = title;
            }
        }

        return titles;
    }
}
