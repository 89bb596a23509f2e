using System.Diagnostics;

namespace Shizhang.Bench;

/// <summary>Cold start of <c>figures</c> on the demo, from process start to output, against a .NET program that does nothing.</summary>
internal static class StartBench
{
    public const string Nothing = "--nothing";
    private const int Rounds = 7;

    public static async Task RunAsync(string program)
    {
        var folder = Path.Combine(Directory.CreateTempSubdirectory("shizhang-bench-").FullName, "data");
        await RunAsync(program, "demo", "--once", "--data", folder);
        string[] figures = ["figures", "--from", "2016-01-01", "--to", "2018-12-31", "--format", "json", "--data", folder];
        string[] some = ["figures", "party_members", "--from", "2016-01-01", "--to", "2018-12-31", "--format", "json", "--data", folder];
        var (all, one, nothing) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            all.Add(await RunAsync(program, figures));
            one.Add(await RunAsync(program, some));
            nothing.Add(await RunAsync("dotnet", Path.Combine(AppContext.BaseDirectory, "Shizhang.Bench.dll"), Nothing));
        }

        Console.WriteLine($"(c) cold start of figures on the demo, published: all indicators {Median(all):0} ms, one {Median(one):0} ms, an empty .NET program {Median(nothing):0} ms: {Median(all) / Median(nothing):0.0}x (under 1000 ms)");
        Directory.Delete(Path.GetDirectoryName(folder)!, recursive: true);
    }

    private static async Task<double> RunAsync(string program, params string[] arguments)
    {
        var started = Stopwatch.GetTimestamp();
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        var errors = process.StandardError.ReadToEndAsync();
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? Stopwatch.GetElapsedTime(started).TotalMilliseconds : throw new InvalidOperationException(await errors);
    }

    private static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);
}
