namespace Shizhang.IntegrationTests.Cli;

/// <summary>The demo backed up and restored by the commands; bad input is answered in a sentence.</summary>
[Collection(DemoCollection.Name)]
public class BackupTests(DemoFixture demo)
{
    [Fact]
    public async Task A_backup_restores_to_the_same_figures_and_verifies()
    {
        var root = Directory.CreateTempSubdirectory("shizhang-backup-").FullName;
        var (file, folder) = (Path.Combine(root, "b.zip"), Path.Combine(root, "restored"));
        var backup = await Shell.ShizhangAsync("backup", file, "--data", demo.Folder, "--lang", "en");
        Assert.True(backup.Code == 0, backup.Errors);
        var restore = await Shell.ShizhangAsync("restore", file, "--data", folder, "--lang", "en");
        Assert.True(restore.Code == 0, restore.Errors);

        var verified = await Shell.ShizhangAsync("verify", "--data", folder, "--lang", "en");
        Assert.Equal((0, (await Shell.ShizhangAsync("verify", "--data", demo.Folder, "--lang", "en")).Output), (verified.Code, verified.Output));
        var hash = backup.Output.Trim().Split(' ')[^1];
        Assert.Equal(64, hash.Length);
        Assert.Contains(hash, verified.Output);
        Assert.Contains(hash, restore.Output);
        Assert.Equal(await DemoFixture.FiguresAsync(demo.Folder), await DemoFixture.FiguresAsync(folder));
        Assert.Equal(await File.ReadAllBytesAsync(Path.Combine(demo.Folder, "report.docx"), TestContext.Current.CancellationToken), await File.ReadAllBytesAsync(Path.Combine(folder, "report.docx"), TestContext.Current.CancellationToken));
        Assert.Equal(["b.zip", "restored"], Directory.EnumerateFileSystemEntries(root).Select(Path.GetFileName).Order());

        Assert.Contains("overwrites nothing", await RefusedAsync("backup", file, "--data", demo.Folder));
        Assert.Contains("not an empty folder", await RefusedAsync("restore", file, "--data", folder));
        Assert.Contains("elsewhere", await RefusedAsync("backup", Path.Combine(demo.Folder, "inside.zip"), "--data", demo.Folder));
        Directory.Delete(root, recursive: true);
    }

    [Fact]
    public async Task A_restore_that_is_killed_leaves_nothing_that_opens()
    {
        var root = Directory.CreateTempSubdirectory("shizhang-backup-").FullName;
        var file = Path.Combine(root, "b.zip");
        Assert.Equal(0, (await Shell.ShizhangAsync("backup", file, "--data", demo.Folder)).Code);

        // On a busy machine the restore may be done before it is killed: then it is whole, and another is tried.
        var (folder, isWhole) = ("", true);
        for (var i = 0; isWhole && i < 20; i++)
        {
            folder = Path.Combine(root, $"restored{i}");
            await RestoreAndKillAsync(file, folder);
            isWhole = (await Shell.ShizhangAsync("verify", "--data", folder)).Code == 0;
        }

        Assert.False(isWhole);
        Assert.Contains("no data", await RefusedAsync("verify", "--data", folder));
        Assert.Contains("not an empty folder", await RefusedAsync("restore", file, "--data", folder));
        Directory.Delete(root, recursive: true);
    }

    /// <summary>Killed as soon as its database is there, which is long before it is whole.</summary>
    private static async Task RestoreAndKillAsync(string file, string folder)
    {
        using var process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "shizhang.dll"), "restore", file, "--data", folder])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        while (!process.HasExited && !(Directory.Exists(folder) && Directory.EnumerateFiles(folder, "shizhang.db", SearchOption.AllDirectories).Any()))
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task What_is_no_backup_and_where_there_is_nothing_is_named()
    {
        var root = Directory.CreateTempSubdirectory("shizhang-backup-").FullName;
        var letter = Path.Combine(root, "letter.txt");
        await File.WriteAllTextAsync(letter, "珍贵", TestContext.Current.CancellationToken);
        Assert.Contains("not a backup", await RefusedAsync("restore", letter, "--data", Path.Combine(root, "new")));
        Assert.Contains("not a backup", await RefusedAsync("restore", Path.Combine(demo.Folder, "report.docx"), "--data", Path.Combine(root, "new")));
        Assert.Contains("no file", await RefusedAsync("restore", Path.Combine(root, "none.zip"), "--data", Path.Combine(root, "new")));
        Assert.Contains("no data", await RefusedAsync("backup", Path.Combine(root, "b.zip"), "--data", Path.Combine(root, "new")));
        Assert.Equal(["letter.txt"], Directory.EnumerateFileSystemEntries(root).Select(Path.GetFileName));
        Directory.Delete(root, recursive: true);
    }

    [Theory]
    [InlineData("backup")]
    [InlineData("restore")]
    public async Task The_commands_explain_themselves_with_an_example(string command)
    {
        Assert.Contains($"例：shizhang {command}", (await Shell.ShizhangAsync(command, "--help")).Output);
        Assert.Contains($"Example: shizhang {command}", (await Shell.ShizhangAsync(command, "--help", "--lang", "en")).Output);
    }

    private static async Task<string> RefusedAsync(params string[] arguments)
    {
        var ran = await Shell.ShizhangAsync([.. arguments, "--lang", "en"]);
        Assert.Equal((2, ""), (ran.Code, ran.Output));
        Assert.DoesNotContain("   at ", ran.Errors);
        return ran.Errors;
    }
}
