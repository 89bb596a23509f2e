using System.CommandLine;
using Shizhang.App.Access;
using Shizhang.App.Features.Exports;
using Shizhang.App.Features.Workplaces;
using Shizhang.App.Texts;
using Shizhang.Core.Catalogs;
using Shizhang.Storage.Records;

namespace Shizhang.App.Cli;

/// <summary><c>export LEDGER -o F</c>: the records of a ledger as xlsx or csv, personal facts masked, or in clear with a reason.</summary>
internal static class ExportCommand
{
    public static Command Create(TimeProvider clock)
    {
        var ledger = LedgerArgument.Create();
        var output = new Option<string>("-o", "--output") { Description = AppText.Of["export_output"], HelpName = "F", Required = true };
        var where = new Option<string?>("--where") { Description = AppText.Of["export_where"], HelpName = "FILTER" };
        var columns = new Option<string?>("--columns") { Description = AppText.Of["export_columns"], HelpName = "a,b,lines.c" };
        var list = new Option<string?>("--sheet") { Description = AppText.Of["export_sheet"], HelpName = "CODE" };
        var clear = new Option<bool>("--clear") { Description = AppText.Of["export_clear_option"] };
        var reason = new Option<string?>("--reason") { Description = AppText.Of["option_reason"], HelpName = "…" };
        var user = new Option<string?>("--as") { Description = AppText.Of["option_as"], HelpName = "USER" };
        var workplace = new WorkplaceOptions();
        var command = new Command("export", AppText.Of["export"]) { ledger, output, where, columns, list, clear, reason, user };
        workplace.AddTo(command);
        command.SetAction(parsed => workplace.RunAsync(parsed, clock, async place =>
        {
            var path = parsed.GetRequiredValue(output);
            if (!ExportWork.IsKnown(path))
            {
                return Exit.Refuse(AppText.Of["export_unknown_type", path]);
            }

            var (found, unknown) = LedgerArgument.Find(place, parsed.GetRequiredValue(ledger));
            var (access, nobody) = await Accounts.FindAsync(place, parsed.GetValue(user));
            if (found is null || access is null)
            {
                return Exit.Refuse((unknown ?? nobody)!);
            }

            var (sheet, noSheet) = SheetOf(place, found, parsed.GetValue(list), parsed.GetValue(columns));
            if (noSheet is not null)
            {
                return Exit.Refuse(noSheet);
            }

            var asked = new AskedExport(found, ExportWork.IsCsv(path))
            {
                Where = parsed.GetValue(where), Columns = parsed.GetValue(columns), Sheet = sheet,
                Clear = parsed.GetValue(clear) ? new AskedClear(new Actor(access.Account.Name), parsed.GetValue(reason)) : null,
            };
            var (records, refusal) = await ProgressLine.RunAsync(AppText.Of["exporting", 0], report =>
                new ExportWork(place, clock).RunAsync(access, asked, path, done => report(AppText.Of["exporting", done], 0, 0)));
            if (records is null)
            {
                return Exit.Refuse(refusal!);
            }

            Console.WriteLine(AppText.Of["exported", found.Name, records, path]);
            return Exit.Done;
        }));
        return command;
    }

    private static (Sheet? Sheet, string? Refusal) SheetOf(Workplace place, Ledger ledger, string? code, string? columns)
    {
        var sheets = place.Catalog.Sheets.Values.Where(s => s.Ledger == ledger).ToList();
        var found = sheets.Find(s => s.Code == code || s.Name == code);
        return code is null ? (null, null)
            : found is null ? (null, AppText.Of["sheet_unknown", ledger.Name, code, string.Join(AppText.Of["between_choices"], sheets.Select(s => s.Code))])
            : columns is not null ? (null, AppText.Of["sheet_or_columns"])
            : (found, null);
    }
}

/// <summary><c>template LEDGER -o F.xlsx</c>: an empty workbook to fill in and import.</summary>
internal static class TemplateCommand
{
    public static Command Create(TimeProvider clock)
    {
        var ledger = LedgerArgument.Create();
        var output = new Option<string>("-o", "--output") { Description = AppText.Of["template_output"], HelpName = "F.xlsx", Required = true };
        var workplace = new WorkplaceOptions();
        var command = new Command("template", AppText.Of["template"]) { ledger, output };
        workplace.AddTo(command);
        command.SetAction(parsed => workplace.RunAsync(parsed, clock, async place =>
        {
            var path = parsed.GetRequiredValue(output);
            var (found, unknown) = LedgerArgument.Find(place, parsed.GetRequiredValue(ledger));
            if (found is null || !Path.GetExtension(path).Equals(".xlsx", StringComparison.OrdinalIgnoreCase))
            {
                return Exit.Refuse(unknown ?? AppText.Of["template_unknown_type", path]);
            }

            await using var file = new FileStream(path, FileMode.Create, FileAccess.Write);
            await TemplateWork.WriteAsync(place, found, file, clock);
            Console.WriteLine(AppText.Of["template_written", found.Name, path]);
            return Exit.Done;
        }));
        return command;
    }
}
