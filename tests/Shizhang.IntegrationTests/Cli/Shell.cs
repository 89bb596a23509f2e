using System.Diagnostics;

namespace Shizhang.IntegrationTests.Cli;

/// <summary>What a command left: its exit code, its result and what it said beside it.</summary>
internal sealed record Ran(int Code, string Output, string Errors);

/// <summary>Runs the program as people do: as a process of its own.</summary>
internal static class Shell
{
    public static Task<Ran> ShizhangAsync(params string[] arguments) =>
        RunAsync("dotnet", [Path.Combine(AppContext.BaseDirectory, "shizhang.dll"), .. arguments]);

    public static async Task<Ran> RunAsync(string command, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new Ran(process.ExitCode, await output, await errors);
    }

    /// <summary>The folder of the solution, found from where the tests run.</summary>
    public static string Root
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder.FullName, "Shizhang.slnx")))
            {
                folder = folder.Parent!;
            }

            return folder.FullName;
        }
    }
}
