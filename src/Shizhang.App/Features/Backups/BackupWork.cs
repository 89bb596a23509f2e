using Shizhang.App.Features.Workplaces;
using Shizhang.App.Texts;
using Shizhang.Storage.Backups;
using Shizhang.Storage.Schema;

namespace Shizhang.App.Features.Backups;

/// <summary>What was written and how many bytes that is, or the sentence that says why nothing was.</summary>
internal sealed record MadeBackup(BackupManifest? Manifest, long Bytes, string? Refusal);

/// <summary>Makes a backup beside its name first, so that a file of that name is always whole.</summary>
internal static class BackupWork
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static async Task<MadeBackup> RunAsync(WorkplaceAddress address, string file, TimeProvider clock, Action<BackupProgress>? progress = null)
    {
        var target = Path.GetFullPath(file);
        if (Path.Exists(target))
        {
            return Refuse("backup_exists", file);
        }

        // Else each backup would hold those before it.
        if (target.StartsWith(Path.GetFullPath(address.Folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            return Refuse("backup_inside", file, address.Folder);
        }

        if (address.Connection is null && !File.Exists(address.File))
        {
            return Refuse("no_data", address.Folder);
        }

        await using var database = address.Open();
        return await PackShelf.LatestAsync(database) is null
            ? Refuse("database_empty")
            : await WriteAsync(new BackupWriter(database, address.Folder, clock), target, progress);
    }

    private static async Task<MadeBackup> WriteAsync(BackupWriter writer, string target, Action<BackupProgress>? progress)
    {
        var part = $"{target}.{Guid.NewGuid():N}";
        try
        {
            // It holds personal data and keys: nobody else reads it.
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = OwnerOnly;
            }

            BackupManifest manifest;
            long bytes;
            await using (var to = new FileStream(part, options))
            {
                manifest = await writer.WriteAsync(to, progress);
                bytes = to.Length;
            }

            File.Move(part, target, overwrite: false);
            return new MadeBackup(manifest, bytes, null);
        }
        finally
        {
            File.Delete(part);
        }
    }

    private static MadeBackup Refuse(string key, params ReadOnlySpan<object?> arguments) => new(null, 0, AppText.Of[key, arguments]);
}
