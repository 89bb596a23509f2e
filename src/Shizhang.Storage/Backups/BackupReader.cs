using System.Data.Common;
using System.IO.Compression;
using System.Text.Json;
using Shizhang.Core;
using Shizhang.Core.Catalogs.Loading;
using Shizhang.Storage.Dialects;
using Shizhang.Storage.Schema;

namespace Shizhang.Storage.Backups;

/// <summary>Reads a backup back. Nothing of it is believed before its seal holds, and every entry again has its own size and SM3.</summary>
public sealed class BackupReader : IDisposable
{
    // Deflate packs no tighter than this: a manifest that promises more describes no file of this size.
    private const long MostTimesLarger = 1100;

    private readonly ZipArchive _archive;
    private long _done;

    private BackupReader(ZipArchive archive, BackupManifest manifest)
    {
        _archive = archive;
        Manifest = manifest;
    }

    public BackupManifest Manifest { get; }

    /// <summary>Bytes that will be read.</summary>
    private long Size => Manifest.Tables.Sum(t => t.Size) + Manifest.Files.Sum(f => f.Size);

    /// <summary>A backup whose bytes are all as they were written, or why it is none.</summary>
    public static async Task<(BackupReader? Reader, BackupRefusal? Refusal)> OpenAsync(FileStream file, Action<BackupProgress>? progress = null)
    {
        try
        {
            var archive = new ZipArchive(file, ZipArchiveMode.Read);
            if (archive.Comment.Length != BackupSeal.Length || archive.GetEntry(BackupManifest.Entry) is not { } entry)
            {
                return (null, new BackupRefusal(BackupFault.NotABackup));
            }

            if (!await BackupSeal.HoldsAsync(file, progress))
            {
                return (null, new BackupRefusal(BackupFault.Damaged));
            }

            await using var bounded = new Sm3Stream(await entry.OpenAsync(), BackupManifest.MostBytes);
            var manifest = await BackupManifest.ReadAsync(bounded);
            var reader = new BackupReader(archive, manifest!);
            return manifest is null ? (null, new BackupRefusal(BackupFault.NotABackup))
                : manifest.Version > BackupManifest.KnownVersion ? (null, new BackupRefusal(BackupFault.Newer))
                : reader.Size > file.Length * MostTimesLarger ? (null, new BackupRefusal(BackupFault.Damaged, BackupManifest.Entry))
                : (reader, null);
        }
        catch (InvalidDataException)
        {
            return (null, new BackupRefusal(BackupFault.NotABackup));
        }
    }

    /// <summary>
    /// Puts the files into a folder and the rows into an empty database, in one transaction; <paramref name="beforeCommit"/>
    /// makes the files count. Refused or failed, the database is as empty as it was.
    /// </summary>
    public async Task<BackupRefusal?> RestoreAsync(Database database, string folder, Action beforeCommit, Action<BackupProgress>? progress = null)
    {
        var place = "";
        await using var session = await database.OpenAsync(write: true);
        if ((await session.ListAsync(session.Dialect.ActualColumns, r => r.GetString(0))).Count > 0)
        {
            return new BackupRefusal(BackupFault.DatabaseNotEmpty);
        }

        // A server has a disk of its own.
        var needed = session.Dialect is SqliteDialect ? Size : Manifest.Files.Sum(f => f.Size);
        if (needed > new DriveInfo(Path.GetFullPath(folder)).AvailableFreeSpace)
        {
            return new BackupRefusal(BackupFault.TooLarge);
        }

        try
        {
            foreach (var file in Manifest.Files)
            {
                place = file.Path;
                await ExtractAsync(file, Path.Combine(folder, file.Path));
                Report(file.Size, progress);
            }

            await session.ExecuteAsync(session.Dialect.BeginWrite);
            foreach (var table in Manifest.Tables)
            {
                place = table.Name;
                await LoadAsync(session, table);
                Report(table.Size, progress);
            }

            place = BackupManifest.Entry;
            await CheckHeadsAsync(session);
            await FinishSchemaAsync(session);
        }
        catch (Exception e) when (e is InvalidDataException or JsonException)
        {
            return new BackupRefusal(BackupFault.Damaged, place);
        }

        beforeCommit();
        await session.ExecuteAsync("COMMIT");
        return null;
    }

    public void Dispose() => _archive.Dispose();

    private async Task ExtractAsync(BackedFile file, string target)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        await using var entry = await OpenEntryAsync(file.Entry);
        await using var digested = new Sm3Stream(entry, file.Size);
        await using var to = new FileStream(target, FileMode.CreateNew);
        await digested.CopyToAsync(to);
        to.Flush(flushToDisk: true);
        Check(digested, file.Size, file.Sm3);
    }

    private async Task LoadAsync(Session session, BackedTable backed)
    {
        var table = backed.ToTable();
        await session.ExecuteAsync(SchemaChange.Create(session.Dialect, table));
        await using var entry = await OpenEntryAsync(backed.Entry);
        await using var digested = new Sm3Stream(entry, backed.Size);
        var rows = 0L;
        try
        {
            await session.Dialect.LoadAsync(session, table, Counted(RowText.ReadAsync(digested, table.Columns)));
        }
        catch (DbException e) when (session.Dialect.Explain(e) is null)
        {
            // The table was made for these rows: what it does not take is not what was written.
            throw new InvalidDataException("Rows that do not fit their table.", e);
        }

        Check(digested, backed.Size, backed.Sm3);
        if (rows != backed.Rows)
        {
            throw new InvalidDataException("Not as many rows as were written.");
        }

        async IAsyncEnumerable<object?[]> Counted(IAsyncEnumerable<object?[]> read)
        {
            await foreach (var row in read)
            {
                rows++;
                yield return row;
            }
        }
    }

    private async Task CheckHeadsAsync(Session session)
    {
        var heads = await session.ListAsync(
            new Statement("SELECT town, name, head, head_hash FROM _town ORDER BY town", []),
            r => new BackedTown(r.GetString(0), r.GetString(1), r.GetInt64(2), Convert.ToHexStringLower(r.GetFieldValue<byte[]>(3))));
        if (!heads.SequenceEqual(Manifest.Towns))
        {
            throw new InvalidDataException("Other heads than the manifest says.");
        }
    }

    /// <summary>Indexes are made when the rows are in; a newer program adds what it has besides.</summary>
    private async Task FinishSchemaAsync(Session session)
    {
        var files = await PackShelf.FilesAsync(session, Manifest.Pack);
        if (await PackShelf.LatestAsync(session) != Manifest.Pack || PackReader.Read(new PackFiles(files)).Catalog is not { } catalog)
        {
            throw new StorageException("pack_lost", [Manifest.Pack]);
        }

        if ((await new SchemaChange(session, catalog).ApplyWithinAsync()).Count > 0)
        {
            throw new InvalidDataException("Tables that do not follow their pack.");
        }
    }

    private async Task<Stream> OpenEntryAsync(string name) =>
        await (_archive.GetEntry(name) ?? throw new InvalidDataException("An entry is missing.")).OpenAsync();

    private static void Check(Sm3Stream read, long size, string digest)
    {
        if (read.Count != size || read.Finish() != digest)
        {
            throw new InvalidDataException("Not what was written.");
        }
    }

    private void Report(long bytes, Action<BackupProgress>? progress)
    {
        _done += bytes;
        progress?.Invoke(new BackupProgress(_done, Size));
    }
}
