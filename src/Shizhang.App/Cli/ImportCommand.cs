using System.CommandLine;
using Shizhang.App.Access;
using Shizhang.App.Features.Imports;
using Shizhang.App.Texts;
using Shizhang.Core.Catalogs;
using Shizhang.Core.Records.Importing;
using Shizhang.Storage.Records;

namespace Shizhang.App.Cli;

/// <summary><c>import LEDGER F.xlsx</c>: a spreadsheet into a ledger, all of it or nothing.</summary>
internal static class ImportCommand
{
    public static Command Create(TimeProvider clock)
    {
        var ledger = LedgerArgument.Create();
        var file = new Argument<string>("FILE") { Description = AppText.Of["import_file"] };
        var dryRun = new Option<bool>("--dry-run") { Description = AppText.Of["import_dry_run"] };
        var errors = new Option<string?>("--errors") { Description = AppText.Of["import_errors"], HelpName = "F.xlsx" };
        var map = new Option<string[]>("--map") { Description = AppText.Of["import_map"], HelpName = "heading=field" };
        var user = new Option<string?>("--as") { Description = AppText.Of["option_as"], HelpName = "USER" };
        var (workplace, format) = (new WorkplaceOptions(), RowFormat.Option());
        var command = new Command("import", AppText.Of["import"]) { ledger, file, dryRun, errors, map, user, format };
        workplace.AddTo(command);
        command.SetAction(parsed => workplace.RunAsync(parsed, clock, async place =>
        {
            var (found, unknown) = LedgerArgument.Find(place, parsed.GetRequiredValue(ledger));
            if (found is null)
            {
                return Exit.Refuse(unknown!);
            }

            var (byHand, wrong) = ReadMap(parsed.GetValue(map) ?? []);
            var (access, nobody) = await Accounts.FindAsync(place, parsed.GetValue(user));
            if ((wrong ?? nobody) is { } refused)
            {
                return Exit.Refuse(refused);
            }

            var path = parsed.GetRequiredValue(file);
            if (ImportSource.OfFile(path) is not { } source)
            {
                return Exit.Refuse(AppText.Of["import_no_file", path]);
            }

            var outcome = await ProgressLine.RunAsync(AppText.Of["import_Reading"], report =>
                new ImportWork(place, clock, (stage, done, all) => report(AppText.Of[$"import_{stage}"], done, all)).RunAsync(access!, new Actor(access!.Account.Name), found, source, byHand, parsed.GetValue(dryRun)));
            return outcome.Refusal is { } refusal ? Exit.Refuse(refusal) : Tell(outcome, found, parsed.GetValue(dryRun), parsed.GetRequiredValue(format), () =>
            {
                if (parsed.GetValue(errors) is { } to)
                {
                    using var marked = new FileStream(to, FileMode.Create, FileAccess.Write);
                    ErrorWorkbook.Write(source, marked, place.Catalog, found, byHand, outcome.Errors);
                }

                return parsed.GetValue(errors);
            });
        }));
        return command;
    }

    private static int Tell(ImportOutcome outcome, Ledger ledger, bool isDryRun, RowFormat format, Func<string?> keepErrors)
    {
        foreach (var remark in ImportRemarks.Of(outcome))
        {
            Console.Error.WriteLine(remark);
        }

        if (outcome.ErrorCount > 0)
        {
            format.Write(Columns, outcome.Errors, Console.Out);
            var kept = keepErrors();
            return Exit.Refuse(AppText.Of[kept is null ? "import_refused" : "import_refused_kept", outcome.ErrorCount, kept]);
        }

        Console.WriteLine(AppText.Of[isDryRun ? "import_would" : "import_done", ledger.Name, outcome.Added, outcome.Present, outcome.Skipped.Values.Sum(s => s.Count)]);
        return Exit.Done;
    }

    private static IReadOnlyList<Column<CellRefusal>> Columns =>
    [
        new("row", AppText.Of["column_row"], e => (long)e.Row),
        new("column", AppText.Of["column_column"], e => e.Column is { } at ? SheetRow.ColumnName(at) : null),
        new("heading", AppText.Of["column_heading"], e => e.Heading),
        new("value", AppText.Of["column_cell"], e => e.Value),
        new("sentence", AppText.Of["column_wrong"], e => e.Sentence),
    ];

    private static (IReadOnlyDictionary<string, string> ByHand, string? Refusal) ReadMap(IEnumerable<string> words)
    {
        var byHand = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var word in words)
        {
            var at = word.LastIndexOf('=');
            if (at < 1)
            {
                return (byHand, AppText.Of["import_bad_map", word]);
            }

            byHand[word[..at]] = word[(at + 1)..];
        }

        return (byHand, null);
    }
}
