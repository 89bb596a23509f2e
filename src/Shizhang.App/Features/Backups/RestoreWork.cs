using Shizhang.App.Features.Workplaces;
using Shizhang.App.Texts;
using Shizhang.Storage;
using Shizhang.Storage.Backups;

namespace Shizhang.App.Features.Backups;

/// <summary>What was restored, or the sentence that says why nothing was.</summary>
internal sealed record RestoredBackup(BackupManifest? Manifest, string? Refusal);

/// <summary>
/// Restores into an empty folder (and database). Everything is put together in a folder within it and moved up at the end, the
/// database last: what was cut off holds nothing that opens.
/// </summary>
internal static class RestoreWork
{
    public static async Task<RestoredBackup> RunAsync(WorkplaceAddress address, string file, Action<BackupProgress>? checking = null, Action<BackupProgress>? restoring = null)
    {
        if (!File.Exists(file))
        {
            return Refuse("restore_missing", file);
        }

        if (File.Exists(address.Folder) || (Directory.Exists(address.Folder) && Directory.EnumerateFileSystemEntries(address.Folder).Any()))
        {
            return Refuse("restore_not_empty", address.Folder);
        }

        await using var from = File.OpenRead(file);
        var (reader, refusal) = await BackupReader.OpenAsync(from, checking);
        using (reader)
        {
            if (reader is not null)
            {
                refusal = await RestoreAsync(address, reader, restoring);
            }

            return refusal is null ? new RestoredBackup(reader!.Manifest, null) : Refuse($"backup_{refusal.Fault}", file, refusal.Place ?? "");
        }
    }

    private static async Task<BackupRefusal?> RestoreAsync(WorkplaceAddress address, BackupReader reader, Action<BackupProgress>? progress)
    {
        var isNew = !Directory.Exists(address.Folder);
        var part = Path.Combine(address.Folder, $".restoring-{Guid.NewGuid():N}");
        Directory.CreateDirectory(part);
        var isDone = false;
        try
        {
            var refusal = address.Connection is null
                ? await IntoFileAsync(address, reader, part, progress)
                : await IntoServerAsync(address, reader, part, progress);
            isDone = refusal is null;
            return refusal;
        }
        finally
        {
            if (!isDone)
            {
                Clear(address.Folder, isNew);
            }
        }
    }

    private static async Task<BackupRefusal?> IntoFileAsync(WorkplaceAddress address, BackupReader reader, string part, Action<BackupProgress>? progress)
    {
        await using (var database = Database.Sqlite(Path.Combine(part, Database.FileName)))
        {
            if (await reader.RestoreAsync(database, part, () => { }, progress) is { } refusal)
            {
                return refusal;
            }
        }

        MoveUp(part, address.Folder);
        return null;
    }

    private static async Task<BackupRefusal?> IntoServerAsync(WorkplaceAddress address, BackupReader reader, string part, Action<BackupProgress>? progress)
    {
        await using var database = address.Open();
        return await reader.RestoreAsync(database, part, () => MoveUp(part, address.Folder), progress);
    }

    private static void MoveUp(string part, string folder)
    {
        foreach (var entry in Directory.EnumerateFileSystemEntries(part).OrderBy(e => Path.GetFileName(e) == Database.FileName).ToList())
        {
            Directory.Move(entry, Path.Combine(folder, Path.GetFileName(entry)));
        }

        Directory.Delete(part);
    }

    // The folder was empty, so all that is in it is ours.
    private static void Clear(string folder, bool isNew)
    {
        if (isNew)
        {
            Directory.Delete(folder, recursive: true);
            return;
        }

        foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos())
        {
            if (entry is DirectoryInfo directory)
            {
                directory.Delete(recursive: true);
            }
            else
            {
                entry.Delete();
            }
        }
    }

    private static RestoredBackup Refuse(string key, params ReadOnlySpan<object?> arguments) => new(null, AppText.Of[key, arguments]);
}
