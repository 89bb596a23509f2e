namespace Shizhang.App.Features.Imports;

/// <summary>What is imported: what it is called, and how it is opened, each time from its beginning.</summary>
internal sealed record ImportSource(string Name, Func<Stream> Open)
{
    /// <summary>A file on this machine; null when there is none.</summary>
    public static ImportSource? OfFile(string path) =>
        File.Exists(path) ? new ImportSource(Path.GetFileName(path), () => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite)) : null;
}
