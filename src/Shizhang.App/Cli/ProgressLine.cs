using Spectre.Console;

namespace Shizhang.App.Cli;

/// <summary>A progress bar on stderr for who looks at it; a file or a pipe gets none.</summary>
internal static class ProgressLine
{
    /// <summary>Runs the work, which tells what it is doing, how far it is and of how much; 0 when it does not know.</summary>
    public static async Task<T> RunAsync<T>(string first, Func<Action<string, long, long>, Task<T>> work)
    {
        if (Console.IsErrorRedirected)
        {
            return await work((_, _, _) => { });
        }

        return await AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) })
            .Progress().Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                var task = context.AddTask(first);
                return await work((what, done, all) =>
                {
                    task.Description = what;
                    task.IsIndeterminate = all == 0;
                    task.MaxValue = Math.Max(1, all);
                    task.Value = all == 0 ? 0 : done;
                });
            });
    }
}
