using System.CommandLine;
using Shizhang.App.Features.Findings;
using Shizhang.App.Texts;

namespace Shizhang.App.Cli;

/// <summary><c>coverage</c>: which problems have no cause or no measure.</summary>
internal static class CoverageCommand
{
    public static Command Create(TimeProvider clock)
    {
        var code = new Argument<string?>("LEDGER") { Description = AppText.Of["coverage_ledger"], DefaultValueFactory = _ => null };
        var unit = new Option<string?>("--unit") { Description = AppText.Of["option_unit"], HelpName = "U" };
        var (workplace, format) = (new WorkplaceOptions(), RowFormat.Option());
        var command = new Command("coverage", AppText.Of["coverage"]) { code, unit, format };
        workplace.AddTo(command);
        command.SetAction(parsed => workplace.RunAsync(parsed, clock, async place =>
        {
            var known = CoverageTable.LedgersOf(place.Catalog).ToList();
            var ledger = parsed.GetValue(code) is { } word ? known.Find(l => l.Code == word) : known.FirstOrDefault();
            if (ledger is null)
            {
                return Exit.Refuse(AppText.Of["coverage_none", parsed.GetValue(code), string.Join('、', known.Select(l => l.Code))]);
            }

            var table = await CoverageTable.ReadAsync(place, ledger, parsed.GetValue(unit));
            parsed.GetRequiredValue(format).Write(Columns(table), table.Rows, Console.Out);
            for (var i = 0; i < table.Fields.Count; i++)
            {
                await Console.Error.WriteLineAsync(AppText.Of["coverage_missing", table.Fields[i].Name, table.MissingCount(i), table.Rows.Count]);
            }

            foreach (var (text, problems) in table.Unanswered(0, 1))
            {
                await Console.Error.WriteLineAsync(AppText.Of["coverage_unanswered", table.Fields[0].Name, text, problems, table.Fields[1].Name]);
            }

            return Exit.Done;
        }));
        return command;
    }

    private static IReadOnlyList<Column<CoverageRow>> Columns(CoverageTable table) =>
    [
        new("record", AppText.Of["column_id"], r => r.Record),
        new("title", AppText.Of["column_problem"], r => r.Title),
        new("unit", AppText.Of["column_unit"], r => new Coded(r.Unit, table.Tree.Find(r.Unit)?.Name ?? r.Unit)),
        new("state", AppText.Of["column_state"], r => r.State),
        .. table.Fields.Select((field, i) => new Column<CoverageRow>(field.Code, field.Name, r => r.Cells[i])),
        new("missing", AppText.Of["column_missing"], r => table.MissingOf(r).Select(f => new Coded(f.Code, f.Name)).ToList()),
    ];
}
