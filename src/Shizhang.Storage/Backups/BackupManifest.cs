using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Shizhang.Storage.Dialects;
using Shizhang.Storage.Schema;

namespace Shizhang.Storage.Backups;

/// <summary>What a backup holds: the head of each town's journal, and each entry with its size and SM3. The last entry of the file.</summary>
public sealed record BackupManifest(
    string Format, int Version, string MadeAt, string Pack, IReadOnlyList<BackedTown> Towns, IReadOnlyList<BackedTable> Tables, IReadOnlyList<BackedFile> Files)
{
    public const string KnownFormat = "shizhang-backup";
    public const int KnownVersion = 1;
    internal const string Entry = "manifest.json";

    /// <summary>Nobody keeps so many files that their list is longer; what says so is no backup.</summary>
    internal const long MostBytes = 256L * 1024 * 1024;

    private const int MostScale = 18;

    private static readonly JsonSerializerOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter<ColumnKind>(JsonNamingPolicy.SnakeCaseLower) },
    };

    internal Task WriteAsync(Stream to) => JsonSerializer.SerializeAsync(to, this, Options);

    /// <summary>Null when it is no manifest, or says what none of ours would.</summary>
    internal static async Task<BackupManifest?> ReadAsync(Stream from)
    {
        try
        {
            return await JsonSerializer.DeserializeAsync<BackupManifest>(from, Options) is { Format: KnownFormat } manifest && (manifest.Version > KnownVersion || manifest.IsSound()) ? manifest : null;
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            return null;
        }
    }

    private bool IsSound() =>
        Towns.All(t => t is not null) && Tables.All(IsSound) && Files.All(f => f is not null && f.Size >= 0 && DataFiles.IsSafe(f.Path))
        && Tables.Select(t => t.Name).Concat(Files.Select(f => "/" + f.Path)).GroupBy(n => n, StringComparer.Ordinal).All(g => g.Count() == 1);

    // A name that is none is an ArgumentException of the gate.
    private static bool IsSound(BackedTable table) =>
        table is not null && table.Columns.Count > 0 && table.Size >= 0 && Identifier.Of(table.Name).ToString() == table.Name
        && table.Columns.All(c => c is not null && Identifier.Of(c.Name).ToString() == c.Name && c.Scale is >= 0 and <= MostScale)
        && table.Key.All(k => table.Columns.Any(c => c.Name == k));
}

/// <summary>A town and the head of its journal when the backup was made; <see cref="Hash"/> in lower-case hex.</summary>
public sealed record BackedTown(string Town, string Name, long Head, string Hash);

/// <summary>A table: its columns, and its rows as JSON arrays, one a line.</summary>
public sealed record BackedTable(string Name, IReadOnlyList<BackedColumn> Columns, IReadOnlyList<string> Key, long Rows, long Size, string Sm3)
{
    internal string Entry => $"tables/{Name}.jsonl";

    internal Table ToTable() => new(Identifier.Of(Name), [.. Columns.Select(c => new Column(Identifier.Of(c.Name), c.Kind, c.Scale, c.Required))], Key);
}

/// <summary>A column in neutral words, the same for every database.</summary>
public sealed record BackedColumn(string Name, ColumnKind Kind, int Scale, bool Required);

/// <summary>A file of the data folder: its path there, with <c>/</c> between.</summary>
public sealed record BackedFile(string Path, long Size, string Sm3)
{
    internal string Entry => $"files/{Path}";
}

/// <summary>How much of a backup or restore is done, in whatever it counts.</summary>
public readonly record struct BackupProgress(long Done, long All);

/// <summary>Why a file is not restored; <see cref="Place"/> is the entry it is about, if one.</summary>
public sealed record BackupRefusal(BackupFault Fault, string? Place = null);

public enum BackupFault
{
    /// <summary>Not a backup, or one that was cut off.</summary>
    NotABackup,

    /// <summary>A byte is not as it was written.</summary>
    Damaged,

    /// <summary>Made by a newer program.</summary>
    Newer,

    /// <summary>More than the disk has room for.</summary>
    TooLarge,

    /// <summary>The database holds something.</summary>
    DatabaseNotEmpty,
}
