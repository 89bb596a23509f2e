using Shizhang.App.Texts;
using Shizhang.Storage;

namespace Shizhang.App.Demo;

/// <summary>The folder a demo is built in: marked as one, so that nothing else is ever overwritten.</summary>
internal static class DemoFolder
{
    /// <summary>The password of every account of a demo, whose people are invented.</summary>
    public const string Password = "Demo-2018";

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

        foreach (var name in (string[])["records", "evidence", "keys", Database.AuditsFolder])
        {
            var inner = Path.Combine(folder, name);
            if (Directory.Exists(inner))
            {
                Directory.Delete(inner, recursive: true);
            }
        }

        File.WriteAllText(Path.Combine(folder, Marker), "");
    }
}
