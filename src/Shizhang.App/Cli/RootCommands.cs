using System.CommandLine;
using Shizhang.App.Texts;

namespace Shizhang.App.Cli;

/// <summary>All commands. Each owns its options, its checks and its example.</summary>
internal static class RootCommands
{
    public static async Task<int> RunAsync(string[] args, TimeProvider clock)
    {
        var root = new RootCommand(AppText.Of["root"])
        {
            DemoCommand.Create(clock),
            PackCommand.Create(),
            FiguresCommand.Create(clock),
            LineageCommand.Create(clock),
            ReportCommand.Create(clock),
            RecountCommand.Create(clock),
            VerifyCommand.Create(clock),
            BackupCommand.Create(clock),
            RestoreCommand.Create(),
            AuditCommand.Create(clock),
            AlertsCommand.Create(clock),
            StepCommand.Create(clock),
            ImportCommand.Create(clock),
            ExportCommand.Create(clock),
            TemplateCommand.Create(clock),
            EstablishmentCommand.Create(clock),
            CoverageCommand.Create(clock),
            ServeCommand.Create(clock),
            UserCommand.Create(clock),
            TokenCommand.Create(clock),
        };
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                await Console.Error.WriteLineAsync(error.Message);
            }

            return Exit.BadInput;
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (Exception e) when (Failure.Sentence(e) is { } sentence)
        {
            return Exit.Refuse(sentence);
        }
    }
}

/// <summary>Exit codes of every command.</summary>
internal static class Exit
{
    public const int Done = 0;
    public const int Found = 1;
    public const int BadInput = 2;

    /// <summary>Bad input: one sentence on stderr.</summary>
    public static int Refuse(string sentence)
    {
        Console.Error.WriteLine(sentence);
        return BadInput;
    }
}
