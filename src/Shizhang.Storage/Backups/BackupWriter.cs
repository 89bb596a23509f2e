using System.IO.Compression;
using System.Text;
using Shizhang.Core;
using Shizhang.Storage.Dialects;
using Shizhang.Storage.Schema;

namespace Shizhang.Storage.Backups;

/// <summary>
/// Writes whole data into one zip file: every table as of one moment, then the files of the data folder, then the manifest.
/// Writes go on meanwhile: readers hold nobody up. Evidence is kept before its record says so, so none the rows name is missed.
/// </summary>
public sealed class BackupWriter(Database database, string folder, TimeProvider clock)
{
    /// <summary>Writes to an empty file that can be read and written.</summary>
    public async Task<BackupManifest> WriteAsync(FileStream to, Action<BackupProgress>? progress = null)
    {
        BackupManifest manifest;
        using (var archive = new ZipArchive(to, ZipArchiveMode.Create, leaveOpen: true))
        {
            manifest = await database.ReadAsync(session => TablesAsync(session, archive, progress));
            manifest = manifest with { Files = Files(archive, manifest.Tables.Count, progress) };
            await using (var entry = await archive.CreateEntry(BackupManifest.Entry, CompressionLevel.Fastest).OpenAsync())
            {
                await manifest.WriteAsync(entry);
            }

            archive.Comment = BackupSeal.Blank;
        }

        await BackupSeal.SetAsync(to);
        to.Flush(flushToDisk: true);
        return manifest;
    }

    private async Task<BackupManifest> TablesAsync(Session session, ZipArchive archive, Action<BackupProgress>? progress)
    {
        var pack = await PackShelf.LatestAsync(session) ?? throw new StorageException("database_empty", []);
        var towns = await session.ListAsync(
            new Statement("SELECT town, name, head, head_hash FROM _town ORDER BY town", []),
            r => new BackedTown(r.GetString(0), r.GetString(1), r.GetInt64(2), Convert.ToHexStringLower(r.GetFieldValue<byte[]>(3))));
        var tables = await KeptTables.OfAsync(session);
        var backed = new List<BackedTable>();
        foreach (var table in tables)
        {
            backed.Add(await WriteAsync(session, archive, table));
            progress?.Invoke(new BackupProgress(backed.Count, tables.Count));
        }

        return new BackupManifest(BackupManifest.KnownFormat, BackupManifest.KnownVersion, clock.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ssZ"), pack, towns, backed, []);
    }

    private static async Task<BackedTable> WriteAsync(Session session, ZipArchive archive, Table table)
    {
        var backed = new BackedTable(table.Name.ToString(), [.. table.Columns.Select(c => new BackedColumn(c.Name.ToString(), c.Kind, c.Scale, c.NotNull))], table.Key, 0, 0, "");
        await using var entry = await archive.CreateEntry(backed.Entry, CompressionLevel.Fastest).OpenAsync();
        await using var digested = new Sm3Stream(entry);
        using var text = new RowText(table.Columns);
        var sql = new SqlText(session.Dialect).Raw("SELECT ");
        sql.List(table.Columns, c => sql.Name(c.Name)).Raw(" FROM ").Name(table.Name);
        var rows = 0L;
        await session.ReadAsync(sql.ToStatement(), reader =>
        {
            text.Write(digested, session.Dialect, reader);
            rows++;
        });
        text.Flush(digested);
        return backed with { Rows = rows, Size = digested.Count, Sm3 = digested.Finish() };
    }

    private List<BackedFile> Files(ZipArchive archive, int tables, Action<BackupProgress>? progress)
    {
        var (paths, files) = (DataFiles.Of(folder), new List<BackedFile>());
        for (var i = 0; i < paths.Count; i++)
        {
            if (Write(archive, paths[i]) is { } file)
            {
                files.Add(file);
            }

            progress?.Invoke(new BackupProgress(tables + i + 1, tables + paths.Count));
        }

        return files;
    }

    private BackedFile? Write(ZipArchive archive, string path)
    {
        FileStream from;
        try
        {
            from = File.OpenRead(Path.Combine(folder, path));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            // Gone since it was listed: whoever removed it wanted that.
            return null;
        }

        using (from)
        {
            var file = new BackedFile(path, 0, "");
            using var entry = archive.CreateEntry(file.Entry, CompressionLevel.Fastest).Open();
            using var digested = new Sm3Stream(entry);
            from.CopyTo(digested);
            return file with { Size = digested.Count, Sm3 = digested.Finish() };
        }
    }
}

/// <summary>The last 64 bytes of a backup: the SM3 of all bytes before, so that no byte of it can change unseen. They are the zip's comment.</summary>
internal static class BackupSeal
{
    public const int Length = 2 * Sm3.Size;

    public static string Blank { get; } = new('0', Length);

    public static async Task SetAsync(FileStream file)
    {
        var seal = await OfAsync(file);
        file.Position = file.Length - Length;
        await file.WriteAsync(Encoding.ASCII.GetBytes(seal));
    }

    public static async Task<bool> HoldsAsync(FileStream file, Action<BackupProgress>? progress)
    {
        var seal = await OfAsync(file, progress);
        var said = new byte[Length];
        file.Position = file.Length - Length;
        await file.ReadExactlyAsync(said);
        return Encoding.ASCII.GetString(said) == seal;
    }

    private static async Task<string> OfAsync(FileStream file, Action<BackupProgress>? progress = null)
    {
        var buffer = new byte[1 << 20];
        await using var digested = new Sm3Stream(file);
        file.Position = 0;
        for (var left = file.Length - Length; left > 0;)
        {
            var read = await digested.ReadAsync(buffer.AsMemory(0, (int)Math.Min(left, buffer.Length)));
            left -= read > 0 ? read : left;
            progress?.Invoke(new BackupProgress(file.Length - left, file.Length));
        }

        return digested.Finish();
    }
}
