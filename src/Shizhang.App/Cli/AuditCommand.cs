using System.CommandLine;
using Shizhang.App.Features.Audits;
using Shizhang.App.Texts;
using Shizhang.Core.Auditing;

namespace Shizhang.App.Cli;

/// <summary><c>audit FILE</c>: which figures of a text hold.</summary>
internal static class AuditCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = AppText.Of["audit_file"] };
        var format = new Option<string>("--format") { Description = AppText.Of["option_format"], HelpName = "text|json", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json");
        var command = new Command("audit", AppText.Of["audit"]) { file, format };
        command.SetAction(async parsed =>
        {
            var (text, refusal) = await AuditedFile.ReadAsync(parsed.GetRequiredValue(file));
            if (text is null)
            {
                return Exit.Refuse(refusal!);
            }

            var result = Audit.Run(text);
            if (parsed.GetRequiredValue(format) == "json")
            {
                using var stdout = Console.OpenStandardOutput();
                AuditJson.Write(stdout, Path.GetFileName(parsed.GetRequiredValue(file)), result);
            }
            else
            {
                AuditText.Write(Console.Out, result);
            }

            return result.Discrepancies.Count == 0 ? Exit.Done : Exit.Found;
        });
        return command;
    }
}
