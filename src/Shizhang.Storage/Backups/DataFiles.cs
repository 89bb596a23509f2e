namespace Shizhang.Storage.Backups;

/// <summary>What lies in a data folder beside the database: evidence, issued reports, keys, and whatever else people put there.</summary>
internal static class DataFiles
{
    private const string EvidenceFolder = "evidence/";
    private static readonly EnumerationOptions Everything = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };

    /// <summary>Paths within the folder with <c>/</c> between, in order; none when there is no folder.</summary>
    public static IReadOnlyList<string> Of(string folder) => !Directory.Exists(folder)
        ? []
        : [.. Directory.EnumerateFiles(folder, "*", Everything)
            .Select(f => Path.GetRelativePath(folder, f).Replace(Path.DirectorySeparatorChar, '/'))
            .Where(f => !IsDatabase(f) && !IsHalfKept(f) && !f.StartsWith(Database.AuditsFolder + "/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)];

    /// <summary>True for a path that stays within the folder it is put in, on this system, and is not the database.</summary>
    public static bool IsSafe(string path)
    {
        if (path.Contains('\0', StringComparison.Ordinal) || Path.IsPathRooted(path) || path.Split('/').Any(part => part is "" or "." or "..") || IsDatabase(path))
        {
            return false;
        }

        var root = Path.GetFullPath("folder") + Path.DirectorySeparatorChar;
        return Path.GetFullPath(Path.Combine(root, path)).StartsWith(root, StringComparison.Ordinal);
    }

    // The database goes into the backup as rows, from one moment; its files would be of no moment at all.
    private static bool IsDatabase(string path) => path.StartsWith(Database.FileName, StringComparison.OrdinalIgnoreCase);

    // Evidence is copied under another name first, and that name has a dot.
    private static bool IsHalfKept(string path) => path.StartsWith(EvidenceFolder, StringComparison.Ordinal) && path.Contains('.', StringComparison.Ordinal);
}
