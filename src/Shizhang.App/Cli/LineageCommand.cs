using System.CommandLine;
using Shizhang.App.Features.Figures;
using Shizhang.App.Features.Workplaces;
using Shizhang.App.Texts;
using Shizhang.Core.Figures;
using Shizhang.Storage.Figures;

namespace Shizhang.App.Cli;

/// <summary><c>lineage CODE</c>: the records behind a figure.</summary>
internal static class LineageCommand
{
    public static Command Create(TimeProvider clock)
    {
        var code = new Argument<string>("CODE") { Description = AppText.Of["lineage_code"] };
        var (workplace, frame, format) = (new WorkplaceOptions(), new FrameOptions(), RowFormat.Option());
        var command = new Command("lineage", AppText.Of["lineage"]) { code, format };
        frame.AddTo(command);
        workplace.AddTo(command);
        command.SetAction(parsed => workplace.RunAsync(parsed, clock, async place =>
        {
            var (indicators, unknown) = Frame.Indicators(place.Catalog, [parsed.GetRequiredValue(code)]);
            if (unknown is not null)
            {
                return Exit.Refuse(unknown);
            }

            var (scope, refusal) = await frame.ReadAsync(parsed, place);
            if (scope is null)
            {
                return Exit.Refuse(refusal!);
            }

            var records = await new FigureEngine(place.Store).RecordsAsync(scope, indicators[0]);
            parsed.GetRequiredValue(format).Write(Columns(place, scope), records, Console.Out);
            return Exit.Done;
        }));
        return command;
    }

    private static IReadOnlyList<Column<CountedRecord>> Columns(Workplace place, FigureScope scope) =>
    [
        new("ledger", AppText.Of["column_ledger"], r => place.Catalog.Ledgers.TryGetValue(r.Ledger, out var ledger) ? new Coded(r.Ledger, ledger.Name) : r.Ledger),
        new("id", AppText.Of["column_id"], r => r.Id),
        new("version", null, r => r.Version),
        new("date", AppText.Of["column_date"], r => r.Date),
        new("unit", AppText.Of["column_unit"], r => r.Unit is { } unit ? new Coded(unit, scope.Tree.Find(unit)?.Name ?? unit) : null),
        new("title", AppText.Of["column_title"], r => r.Title),
        new("amount", AppText.Of["column_amount"], r => r.Amount),
    ];
}
