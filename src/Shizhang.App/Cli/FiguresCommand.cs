using System.CommandLine;
using Shizhang.App.Features.Figures;
using Shizhang.App.Texts;
using Shizhang.Core.Figures;
using Shizhang.Storage.Figures;

namespace Shizhang.App.Cli;

/// <summary><c>figures [CODE…]</c>: indicators of a period, as a table, JSON or CSV.</summary>
internal static class FiguresCommand
{
    public static Command Create(TimeProvider clock)
    {
        var codes = new Argument<string[]>("CODE") { Description = AppText.Of["figures_codes"], Arity = ArgumentArity.ZeroOrMore };
        var (workplace, frame, format) = (new WorkplaceOptions(), new FrameOptions(), RowFormat.Option());
        var command = new Command("figures", AppText.Of["figures"]) { codes, format };
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

            var figures = await new FigureEngine(place.Store).ComputeAsync(scope, indicators);
            parsed.GetRequiredValue(format).Write(Columns, figures, Console.Out);
            return Exit.Done;
        }));
        return command;
    }

    internal static IReadOnlyList<Column<Figure>> Columns { get; } =
    [
        new("indicator", AppText.Of["column_indicator"], f => f.Indicator.Code),
        new("name", AppText.Of["column_name"], f => f.Indicator.Name),
        new("value", AppText.Of["column_value"], f => Rounded(f)),
        new("measure", AppText.Of["column_measure"], f => f.Indicator.Measure),
        new("records", AppText.Of["column_records"], f => f.Records),
        new("from", null, f => f.Period.From),
        new("to", null, f => f.Period.To),
        new("unit", null, f => f.Unit),
        new("as_of", null, f => f.AsOf),
    ];

    // Machines get the value as it is, people as it is said.
    private static Shown? Rounded(Figure figure) => figure.Value is { } value ? new Shown(value, FigureWords.Number(figure)) : null;
}
