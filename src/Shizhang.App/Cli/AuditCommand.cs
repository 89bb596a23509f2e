using System.CommandLine;
using Shizhang.App.Features.Audits;
using Shizhang.App.Features.Figures;
using Shizhang.App.Features.Workplaces;
using Shizhang.App.Texts;
using Shizhang.Core.Auditing;

namespace Shizhang.App.Cli;

/// <summary><c>audit FILE</c>: which figures of a text hold; with <c>--data</c>, what the records say of each.</summary>
internal static class AuditCommand
{
    public static Command Create(TimeProvider clock)
    {
        var file = new Argument<string>("FILE") { Description = AppText.Of["audit_file"] };
        var format = new Option<string>("--format") { Description = AppText.Of["option_format"], HelpName = "text|json", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json");
        var data = new Option<string?>("--data") { Description = AppText.Of["audit_data"], HelpName = "DIR" };
        var from = new Option<string?>("--from") { Description = AppText.Of["option_from"], HelpName = "D" };
        var to = new Option<string?>("--to") { Description = AppText.Of["option_to"], HelpName = "D" };
        var output = new Option<string?>("--output", "-o") { Description = AppText.Of["audit_output"], HelpName = "F.docx|html" };
        var command = new Command("audit", AppText.Of["audit"]) { file, format, data, from, to, output };
        command.SetAction(async parsed =>
        {
            var (audited, refusal) = await AuditedFile.ReadAsync(parsed.GetRequiredValue(file));
            if (audited is null)
            {
                return Exit.Refuse(refusal!);
            }

            if (parsed.GetValue(output) is { } path && AuditOutput.Refusal(path, audited) is { } badOutput)
            {
                return Exit.Refuse(badOutput);
            }

            var result = Audit.Run(audited.Text);
            IReadOnlyList<RecordsVerdict>? verdicts = null;
            if (parsed.GetValue(data) is { } folder)
            {
                if (parsed.GetValue(from) is not { } first || parsed.GetValue(to) is not { } last)
                {
                    return Exit.Refuse(AppText.Of["audit_needs_period"]);
                }

                var (workplace, noData) = await Workplace.OpenAsync(new WorkplaceAddress(folder, null, null), clock);
                if (workplace is null)
                {
                    return Exit.Refuse(noData!);
                }

                await using (workplace)
                {
                    var (scope, badFrame) = await Frame.OpenAsync(workplace, first, last, null, null);
                    if (scope is null)
                    {
                        return Exit.Refuse(badFrame!);
                    }

                    verdicts = await RecordsAudit.RunAsync(workplace, access: null, scope, result);
                    result = RecordsAudit.With(result, verdicts);
                }
            }

            if (parsed.GetValue(output) is { } target)
            {
                AuditOutput.Write(target, parsed.GetRequiredValue(file), audited, result, clock);
            }

            Print(parsed.GetRequiredValue(format), parsed.GetRequiredValue(file), result, verdicts);
            return result.Discrepancies.Count == 0 ? Exit.Done : Exit.Found;
        });
        return command;
    }

    private static void Print(string format, string file, AuditResult result, IReadOnlyList<RecordsVerdict>? verdicts)
    {
        if (format == "json")
        {
            using var stdout = Console.OpenStandardOutput();
            AuditJson.Write(stdout, Path.GetFileName(file), result, verdicts);
            return;
        }

        AuditText.Write(Console.Out, result);
        if (verdicts is not null)
        {
            Console.WriteLine(AppText.Of["audit_backed", verdicts.Count(v => v.Verdict == RecordsAudit.Backed), verdicts.Count(v => v.Verdict == RecordsAudit.Contradicted), verdicts.Count(v => v.Verdict == RecordsAudit.Unbacked)]);
        }
    }
}
