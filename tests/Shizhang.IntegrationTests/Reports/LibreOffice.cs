using Shizhang.IntegrationTests.Cli;

namespace Shizhang.IntegrationTests.Reports;

/// <summary>LibreOffice, with a profile of its own for each call: two that share one refuse each other.</summary>
internal static class LibreOffice
{
    public static async Task ConvertAsync(string file, string to, string folder)
    {
        var profile = Directory.CreateTempSubdirectory("shizhang-office-").FullName;
        var ran = await Shell.RunAsync("/usr/bin/soffice", $"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", to, "--outdir", folder, file);
        Assert.True(ran.Code == 0, ran.Errors);
        Directory.Delete(profile, recursive: true);
    }
}
