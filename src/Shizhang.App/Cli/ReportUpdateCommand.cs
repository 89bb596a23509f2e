using System.CommandLine;
using Shizhang.App.Access;
using Shizhang.App.Features.Audits;
using Shizhang.App.Features.Reports;
using Shizhang.App.Texts;
using Shizhang.Core.Auditing;

namespace Shizhang.App.Cli;

/// <summary><c>report update F.docx</c>: a report that comes back from a writer, its figures as they are now.</summary>
internal static class ReportUpdateCommand
{
    public static Command Create(TimeProvider clock)
    {
        var file = new Argument<string>("FILE") { Description = AppText.Of["update_file"] };
        var output = new Option<string?>("--output", "-o") { Description = AppText.Of["update_output"], HelpName = "F.docx" };
        var overwrite = new Option<bool>("--overwrite") { Description = AppText.Of["update_overwrite"] };
        var dryRun = new Option<bool>("--dry-run") { Description = AppText.Of["update_dry_run"] };
        var every = new Option<bool>("--all") { Description = AppText.Of["update_all"] };
        var user = new Option<string?>("--as") { Description = AppText.Of["option_as"], HelpName = "USER" };
        var (workplace, format) = (new WorkplaceOptions(), RowFormat.Option());
        var command = new Command("update", AppText.Of["update"]) { file, output, overwrite, dryRun, every, user, format };
        workplace.AddTo(command);
        command.SetAction(parsed => workplace.RunAsync(parsed, clock, async place =>
        {
            var path = parsed.GetRequiredValue(file);
            var to = parsed.GetValue(output) ?? path;
            var (access, nobody) = await Accounts.FindAsync(place, parsed.GetValue(user));
            if (access is null)
            {
                return Exit.Refuse(nobody!);
            }

            if (!Path.GetExtension(to).Equals(".docx", StringComparison.OrdinalIgnoreCase))
            {
                return Exit.Refuse(AppText.Of["returned_kind_of_file", to]);
            }

            var (docx, notRead) = await ReturnedFile.ReadAsync(path);
            if (docx is null)
            {
                return Exit.Refuse(notRead!);
            }

            var (report, refusal) = await ReturnedWork.CompareAsync(place, access, docx, Audit.Run(docx.Text));
            if (report is null)
            {
                return Exit.Refuse(refusal!);
            }

            // A report has a hundred figures; what a writer looks for is the few that are not as they were.
            var shown = parsed.GetValue(every) ? report.Lines : [.. report.Lines.Where(l => l.State != ReturnedState.Unchanged)];
            parsed.GetRequiredValue(format).Write(Columns, shown, Console.Out);
            await TellAsync(report, access);
            if (!parsed.GetValue(dryRun))
            {
                var all = parsed.GetValue(overwrite);
                ReportFiles.Write(report.Refreshed(_ => all), to);
                await Console.Error.WriteLineAsync(AppText.Of[to == path ? "update_done_in_place" : "update_done", report.Count(ReturnedState.Updated) + (all ? report.Count(ReturnedState.ByHand) : 0), to]);
            }

            return report.NeedsLook ? Exit.Found : Exit.Done;
        }));
        return command;
    }

    private static IReadOnlyList<Column<ReturnedLine>> Columns =>
    [
        new("figure", null, l => l.Figure.Issued.Key),
        new("indicator", AppText.Of["column_indicator"], l => l.Figure.Issued.Indicator),
        new("name", AppText.Of["column_name"], l => l.Figure.Issued.Name),
        new("issued", AppText.Of["column_issued_said"], l => l.Figure.Issued.Said),
        new("in_file", AppText.Of["column_in_file"], l => string.Join(AppText.Of["between_choices"], l.InFile)),
        new("now", AppText.Of["column_now"], l => l.Say),
        new("state", AppText.Of["column_state"], l => new Coded(l.State.ToString(), AppText.Of[$"returned_state_{l.State}"])),
        new("places", AppText.Of["column_places"], l => (long)l.Figure.Places.Count),
    ];

    private static async Task TellAsync(ReturnedReport report, AccessRules access)
    {
        var (from, to, unit) = report.Frame;
        await Console.Error.WriteLineAsync(AppText.Of["returned_frame", access.Tree.Find(unit)?.Name ?? unit, from.ToString("yyyy-MM-dd"), to.ToString("yyyy-MM-dd")]);
        await Console.Error.WriteLineAsync(AppText.Of["returned_counts", report.Lines.Count, string.Join(AppText.Of["between_choices"], Enum.GetValues<ReturnedState>().Where(s => report.Count(s) > 0).Select(s => $"{AppText.Of[$"returned_state_{s}"]} {report.Count(s)}"))]);
        await Console.Error.WriteLineAsync(AppText.Of["returned_prose", report.Prose.Count, report.Judged(RecordsAudit.Backed), report.Judged(RecordsAudit.Contradicted), report.Judged(RecordsAudit.Unbacked)]);
        foreach (var discrepancy in report.Discrepancies)
        {
            await Console.Error.WriteLineAsync($"  {AppText.Of[discrepancy.IsSure ? "audit_sure" : "audit_open"]}：{discrepancy.Message}");
        }
    }
}
