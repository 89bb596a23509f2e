using System.CommandLine;
using Shizhang.App.Access;
using Shizhang.App.Features.Reports;
using Shizhang.App.Texts;
using Shizhang.Storage.Records;

namespace Shizhang.App.Cli;

/// <summary><c>report CODE … -o F</c>: writes a report; <c>--issue</c> freezes it and prints its ISSUE id.</summary>
internal static class ReportCommand
{
    public static Command Create(TimeProvider clock)
    {
        var code = new Argument<string>("CODE") { Description = AppText.Of["report_code"] };
        var output = new Option<string>("--output", "-o") { Description = AppText.Of["option_output"], HelpName = "F.docx|html|md", Required = true };
        var issue = new Option<bool>("--issue") { Description = AppText.Of["option_issue"] };
        var number = new Option<string?>("--number") { Description = AppText.Of["issue_number_hint"], HelpName = "N" };
        var user = new Option<string?>("--as") { Description = AppText.Of["option_as"], HelpName = "USER" };
        var (workplace, frame) = (new WorkplaceOptions(), new FrameOptions());
        var command = new Command("report", AppText.Of["report"]) { code, output, issue, number, user, ReportUpdateCommand.Create(clock) };
        frame.AddTo(command);
        workplace.AddTo(command);
        command.SetAction(parsed => workplace.RunAsync(parsed, clock, async place =>
        {
            var path = parsed.GetRequiredValue(output);
            var (template, unknown) = ReportWork.Find(place.Catalog, parsed.GetRequiredValue(code));
            if (template is null)
            {
                return Exit.Refuse(unknown!);
            }

            if (!ReportFiles.IsKnown(path))
            {
                return Exit.Refuse(AppText.Of["bad_output", path]);
            }

            var (scope, refusal) = await frame.ReadAsync(parsed, place);
            if (scope is null)
            {
                return Exit.Refuse(refusal!);
            }

            var (document, wrong) = await ReportWork.ComputeAsync(place, template, scope);
            if (document is { } computed)
            {
                (document, wrong) = await IssueWork.NumberedAsync(place, computed, parsed.GetValue(number));
            }

            if (document is null)
            {
                return Exit.Refuse(wrong!);
            }

            string? id = null;
            if (parsed.GetValue(issue))
            {
                var (access, nobody) = await Accounts.FindAsync(place, parsed.GetValue(user));
                if (access is null)
                {
                    return Exit.Refuse(nobody!);
                }

                if (access.RefusalToIssue() is { } denied)
                {
                    return Exit.Refuse(denied);
                }

                id = await IssueWork.IssueAsync(place, new Actor(access.Account.Name), template, document, scope, clock);
            }

            ReportFiles.Write(document, path);
            if (!path.EndsWith(".docx", StringComparison.OrdinalIgnoreCase))
            {
                await ReportFiles.WriteRecordsAsync(place, scope, document, path);
            }

            if (id is not null)
            {
                Console.WriteLine(id);
            }

            return Exit.Done;
        }));
        return command;
    }
}
