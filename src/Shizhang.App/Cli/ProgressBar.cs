using Spectre.Console;

namespace Shizhang.App.Cli;

/// <summary>What takes long shows on stderr how far it is.</summary>
internal static class ProgressBar
{
    public static async Task<T> RunAsync<T>(string description, Func<ProgressTask, Task<T>> work)
    {
        var result = default(T);
        await AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) })
            .Progress().Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async context => result = await work(context.AddTask(description)));
        return result!;
    }

    /// <summary>Moves a task to where the work is.</summary>
    public static void Show(this ProgressTask task, string description, long done, long all)
    {
        task.Description = description;
        task.MaxValue = Math.Max(all, 1);
        task.Value = done;
    }
}
