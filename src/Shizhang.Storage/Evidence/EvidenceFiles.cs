using Shizhang.Core;

namespace Shizhang.Storage.Evidence;

/// <summary>A file kept by the SM3 of its content; the same content is kept once, whatever it is called.</summary>
public sealed record EvidenceFile(string Hash, string Name, long Size);

/// <summary>Why a file is not taken as evidence.</summary>
public enum EvidenceRefusal
{
    Missing,
    Empty,
    TooLarge,

    /// <summary>A type that is no evidence, or one that does not begin as its type does.</summary>
    Type,
}

/// <summary>The folder of evidence beside the database: <c>evidence/ab/abcdef…</c>.</summary>
public sealed class EvidenceFiles(string folder)
{
    public const long MostBytes = 100L * 1024 * 1024;
    private const int LongestName = 200;
    private const int HeadBytes = 8;

    // What a file of the type begins with; nothing for plain text.
    private static readonly Dictionary<string, byte[][]> Types = new(StringComparer.OrdinalIgnoreCase)
    {
        [".pdf"] = ["%PDF"u8.ToArray()],
        [".docx"] = [[0x50, 0x4B]],
        [".xlsx"] = [[0x50, 0x4B]],
        [".ofd"] = [[0x50, 0x4B]],
        [".zip"] = [[0x50, 0x4B]],
        [".jpg"] = [[0xFF, 0xD8]],
        [".jpeg"] = [[0xFF, 0xD8]],
        [".png"] = [[0x89, 0x50, 0x4E, 0x47]],
        [".doc"] = [[0xD0, 0xCF, 0x11, 0xE0]],
        [".xls"] = [[0xD0, 0xCF, 0x11, 0xE0]],
        [".txt"] = [],
    };

    public static IEnumerable<string> Extensions => Types.Keys;

    public string Folder { get; } = folder;

    /// <summary>Keeps a file; streams it, so its size does not matter to memory.</summary>
    public async Task<(EvidenceFile? File, EvidenceRefusal? Refusal)> KeepAsync(string path)
    {
        var source = new FileInfo(path);
        if (!source.Exists)
        {
            return (null, EvidenceRefusal.Missing);
        }

        if (source.Length == 0)
        {
            return (null, EvidenceRefusal.Empty);
        }

        if (source.Length > MostBytes)
        {
            return (null, EvidenceRefusal.TooLarge);
        }

        if (!await IsOfItsTypeAsync(source))
        {
            return (null, EvidenceRefusal.Type);
        }

        var hash = await HashAsync(source.FullName);
        var target = PathOf(hash);
        if (!File.Exists(target))
        {
            // Under another name first: a copy that was cut off is never taken for the file.
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            var part = $"{target}.{Guid.NewGuid():N}";
            await using (var from = source.OpenRead())
            await using (var to = File.Create(part))
            {
                await from.CopyToAsync(to);
                to.Flush(flushToDisk: true);
            }

            File.Move(part, target, overwrite: true);
        }

        var name = source.Name.Length > LongestName ? source.Name[^LongestName..] : source.Name;
        return (new EvidenceFile(hash, name, source.Length), null);
    }

    public string PathOf(string hash) => Path.Combine(Folder, hash[..2], hash);

    /// <summary>True when the file is there and its content is still what its name says; null when it is missing.</summary>
    public async Task<bool?> IsIntactAsync(string hash) => File.Exists(PathOf(hash)) ? await HashAsync(PathOf(hash)) == hash : null;

    private static async Task<bool> IsOfItsTypeAsync(FileInfo file)
    {
        if (!Types.TryGetValue(file.Extension, out var heads))
        {
            return false;
        }

        var head = new byte[HeadBytes];
        await using var stream = file.OpenRead();
        var read = await stream.ReadAtLeastAsync(head, HeadBytes, throwOnEndOfStream: false);
        return heads.Length == 0 ? !head.AsSpan(0, read).Contains((byte)0) : heads.Any(h => head.AsSpan(0, read).StartsWith(h));
    }

    private static async Task<string> HashAsync(string path)
    {
        await using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(await Sm3.HashAsync(stream));
    }
}
