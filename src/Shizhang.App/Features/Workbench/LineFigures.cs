using Shizhang.App.Features.Figures;
using Shizhang.App.Site;
using Shizhang.Core.Catalogs;
using Shizhang.Core.Figures;

namespace Shizhang.App.Features.Workbench;

/// <summary>
/// Some figures of the visitor's line over the period, with their last twelve months: of the ledgers they record, or, for those
/// who only read, one of each area.
/// </summary>
internal static class LineFigures
{
    private const int Most = 8;
    private const int Months = 12;
    private const int OfOneLedger = 2;

    public static async Task<IReadOnlyList<MatrixRow>> OfAsync(Visit visit, UntilRecorded kept, IEnumerable<Ledger> recorded)
    {
        var chosen = Choose(visit, [.. recorded]);
        var scope = await visit.ScopeAsync();
        var end = visit.Day;
        var year = new Period(new DateOnly(end.Year, end.Month, 1).AddMonths(1 - Months), end);
        return await kept.OfAsync(visit, new Asked(string.Join(',', chosen.Select(c => c.Code)), visit.Unit, visit.Period, visit.Today), async () =>
            (await Matrix.ComputeAsync(visit.Place, scope, [.. year.Split(PeriodStep.Month).Select(scope.During)], chosen), (long?)scope.AsOf));
    }

    private static List<Indicator> Choose(Visit visit, List<Ledger> recorded)
    {
        bool Reads(Indicator i) => visit.Access!.Reads(i, visit.Unit);
        var own = recorded.SelectMany(l => l.Indicators.Where(Reads).Take(OfOneLedger)).Take(Most).ToList();
        return own.Count > 0
            ? own
            : [.. visit.Place.Catalog.Indicators.Values.Where(i => i.Calculation is Question { Moment: Core.Catalogs.Moment.Within } && Reads(i)).DistinctBy(i => i.Ledger.Area).Take(Most)];
    }

    private sealed record Asked(string Indicators, string Unit, Period Period, DateOnly Today);
}
