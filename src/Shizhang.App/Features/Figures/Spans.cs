using Shizhang.App.Texts;
using Shizhang.Core.Figures;

namespace Shizhang.App.Features.Figures;

/// <summary>A part of a period with the heading it goes by.</summary>
internal sealed record Span(string Label, Period Period);

/// <summary>Cuts a period into columns: by what was asked, coarser when that would make more than a table holds.</summary>
internal static class Spans
{
    public const int Most = 36;
    private const int Few = 12;

    private static readonly PeriodStep[] Steps = [PeriodStep.Month, PeriodStep.Quarter, PeriodStep.Year];

    /// <summary>The steps that make a table of a period.</summary>
    public static IEnumerable<PeriodStep> For(Period period) => Steps.Where(s => CountOf(period, s) <= Most || s == PeriodStep.Year);

    /// <summary>The step asked for when it fits; else the finest that makes few columns.</summary>
    public static PeriodStep Choose(Period period, string? asked)
    {
        var fitting = For(period).ToList();
        return fitting.Exists(s => WordOf(s) == asked) ? fitting.Find(s => WordOf(s) == asked)
            : fitting.Exists(s => CountOf(period, s) <= Few) ? fitting.Find(s => CountOf(period, s) <= Few)
            : PeriodStep.Year;
    }

    /// <summary>The last parts of the period, as many as a table holds.</summary>
    public static IReadOnlyList<Span> Of(Period period, PeriodStep step)
    {
        var isOneYear = period.From.Year == period.To.Year;
        return [.. period.Split(step).TakeLast(Most).Select(p => new Span(Label(p, step, isOneYear), p))];
    }

    public static string WordOf(PeriodStep step) => step switch
    {
        PeriodStep.Month => "month",
        PeriodStep.Quarter => "quarter",
        _ => "year",
    };

    private static string Label(Period part, PeriodStep step, bool isOneYear)
    {
        var quarter = (part.To.Month + 2) / 3;
        return (step, isOneYear) switch
        {
            (PeriodStep.Year, _) => $"{part.To:yyyy}",
            (PeriodStep.Quarter, true) => AppText.Of["quarter_n", quarter],
            (PeriodStep.Quarter, false) => $"{part.To:yyyy}Q{quarter}",
            (_, true) => AppText.Of["month_n", part.To.Month],
            _ => $"{part.To:yyyy-MM}",
        };
    }

    private static int CountOf(Period period, PeriodStep step)
    {
        var months = (int)step;
        return (((period.To.Year * 12) + period.To.Month - 1) / months) - (((period.From.Year * 12) + period.From.Month - 1) / months) + 1;
    }
}
