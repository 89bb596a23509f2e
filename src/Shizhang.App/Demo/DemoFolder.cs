using Shizhang.App.Texts;
using Shizhang.Storage;

namespace Shizhang.App.Demo;

/// <summary>The folder a demo is built in: marked as one, so that nothing else is ever overwritten.</summary>
internal static class DemoFolder
{
    private const string Marker = ".demo";

    /// <summary>Why a demo may not be built there; null when it may.</summary>
    public static string? Refusal(string folder) =>
        File.Exists(folder) ? AppText.Of["demo_not_folder", folder]
        : !Directory.Exists(folder) || File.Exists(Path.Combine(folder, Marker)) || !Directory.EnumerateFileSystemEntries(folder).Any() ? null
        : AppText.Of["demo_other_data", folder];

    /// <summary>An empty folder, marked; the demo that was there is gone.</summary>
    public static void Clear(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var name in (string[])[Database.FileName, Database.FileName + "-wal", Database.FileName + "-shm", "report.docx", "report.html", "report.md"])
        {
            File.Delete(Path.Combine(folder, name));
        }

        var records = Path.Combine(folder, "records");
        if (Directory.Exists(records))
        {
            Directory.Delete(records, recursive: true);
        }

        File.WriteAllText(Path.Combine(folder, Marker), "");
    }
}
