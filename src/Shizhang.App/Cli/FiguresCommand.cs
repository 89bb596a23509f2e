using System.CommandLine;
using Shizhang.App.Features.Figures;
using Shizhang.App.Texts;
using Shizhang.Core.Figures;

namespace Shizhang.App.Cli;

/// <summary><c>figures [CODE…]</c>: indicators of a period or of its months, quarters or years, as a table, JSON or CSV.</summary>
internal static class FiguresCommand
{
    private static readonly Dictionary<string, PeriodStep> Steps = new(StringComparer.Ordinal)
    {
        ["month"] = PeriodStep.Month, ["quarter"] = PeriodStep.Quarter, ["year"] = PeriodStep.Year,
    };

    public static Command Create(TimeProvider clock)
    {
        var codes = new Argument<string[]>("CODE") { Description = AppText.Of["figures_codes"], Arity = ArgumentArity.ZeroOrMore };
        var by = new Option<string?>("--by") { Description = AppText.Of["option_by"], HelpName = "month|quarter|year" };
        by.AcceptOnlyFromAmong([.. Steps.Keys]);
        var growth = new Option<bool>("--growth") { Description = AppText.Of["option_growth"] };
        var (workplace, frame, format) = (new WorkplaceOptions(), new FrameOptions(), RowFormat.Option());
        var command = new Command("figures", AppText.Of["figures"]) { codes, format, by, growth };
        frame.AddTo(command);
        workplace.AddTo(command);
        command.SetAction(parsed => workplace.RunAsync(parsed, clock, async place =>
        {
            var (indicators, unknown) = Frame.Indicators(place.Catalog, parsed.GetValue(codes) ?? []);
            if (unknown is not null)
            {
                return Exit.Refuse(unknown);
            }

            var (scope, refusal) = await frame.ReadAsync(parsed, place);
            if (scope is null)
            {
                return Exit.Refuse(refusal!);
            }

            var step = parsed.GetValue(by) is { } word ? Steps[word] : (PeriodStep?)null;
            var rows = await FigureTable.ComputeAsync(place, scope, indicators, step, parsed.GetValue(growth));
            parsed.GetRequiredValue(format).Write(parsed.GetValue(growth) ? [.. Columns(step), .. GrowthColumns] : Columns(step), rows, Console.Out);
            return Exit.Done;
        }));
        return command;
    }

    /// <summary>The columns of a list of figures; people see the period only when there are several.</summary>
    public static IReadOnlyList<Column<FigureRow>> Columns(PeriodStep? step) =>
    [
        new("indicator", AppText.Of["column_indicator"], r => r.Figure.Indicator.Code),
        new("name", AppText.Of["column_name"], r => r.Figure.Indicator.Name),
        new("value", AppText.Of["column_value"], r => r.Figure.Value is { } value ? new Shown(value, FigureWords.Number(r.Figure)) : null),
        new("measure", AppText.Of["column_measure"], r => r.Figure.Indicator.Measure),
        new("records", AppText.Of["column_records"], r => r.Figure.Records),
        new("from", step is null ? null : AppText.Of["column_from"], r => r.Figure.Period.From),
        new("to", step is null ? null : AppText.Of["column_to"], r => r.Figure.Period.To),
        new("unit", null, r => r.Figure.Unit),
        new("as_of", null, r => r.Figure.AsOf),
    ];

    private static IReadOnlyList<Column<FigureRow>> GrowthColumns { get; } =
    [
        new("year_before", AppText.Of["column_year_before"], r => r.YearBefore!.Value is { } value ? new Shown(value, FigureWords.Number(r.YearBefore)) : null),
        new("year_growth", AppText.Of["column_year_growth"], r => Growth(r.Figure, r.YearBefore!)),
        new("previous", AppText.Of["column_previous"], r => r.Previous!.Value is { } value ? new Shown(value, FigureWords.Number(r.Previous)) : null),
        new("previous_growth", AppText.Of["column_previous_growth"], r => Growth(r.Figure, r.Previous!)),
    ];

    private static Shown? Growth(Figure now, Figure before) => FigureView.Compared(now, before) is var (exact, text) ? new Shown(exact, text) : null;
}
