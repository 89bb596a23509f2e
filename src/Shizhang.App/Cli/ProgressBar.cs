using Spectre.Console;

namespace Shizhang.App.Cli;

/// <summary>Says how far a piece of work is.</summary>
internal delegate void ShowProgress(string description, long done, long all);

/// <summary>What takes long shows on stderr how far it is; what says nothing of it shows nothing, so that a refusal stands alone.</summary>
internal static class ProgressBar
{
    public static async Task<T> RunAsync<T>(Func<ShowProgress, Task<T>> work)
    {
        var result = default(T);
        await AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) })
            .Progress().Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                ProgressTask? task = null;
                result = await work((description, done, all) =>
                {
                    task ??= context.AddTask(description);
                    task.Description = description;
                    task.MaxValue = Math.Max(all, 1);
                    task.Value = done;
                });
            });
        return result!;
    }
}
