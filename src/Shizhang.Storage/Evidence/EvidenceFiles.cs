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

    /// <summary>A packed file that cannot be opened, or not looked into.</summary>
    Broken,

    /// <summary>An office file with a program in it.</summary>
    Macros,

    /// <summary>A packed file that would write outside its folder.</summary>
    Escapes,

    /// <summary>A packed file that unpacks to far more than it is.</summary>
    Unpacks,
}

/// <summary>The folder of evidence beside the database: <c>evidence/ab/abcdef…</c>.</summary>
public sealed class EvidenceFiles(string folder)
{
    public const long MostBytes = 100L * 1024 * 1024;
    private const int LongestName = 200;
    private const int HeadBytes = 8;
    private const int BufferBytes = 128 * 1024;

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

    /// <summary>Keeps a file of this machine.</summary>
    public async Task<(EvidenceFile? File, EvidenceRefusal? Refusal)> KeepAsync(string path)
    {
        if (!File.Exists(path))
        {
            return (null, EvidenceRefusal.Missing);
        }

        await using var source = File.OpenRead(path);
        return await KeepAsync(Path.GetFileName(path), source);
    }

    /// <summary>Keeps what a stream holds under a name; its size does not matter to memory, and what is too large is given up on the way.</summary>
    public async Task<(EvidenceFile? File, EvidenceRefusal? Refusal)> KeepAsync(string name, Stream content)
    {
        if (!Types.TryGetValue(Path.GetExtension(name), out var heads))
        {
            return (null, EvidenceRefusal.Type);
        }

        // Under another name first: a copy that was cut off is never taken for the file.
        Directory.CreateDirectory(Folder);
        var part = Path.Combine(Folder, $"{Guid.NewGuid():N}.part");
        try
        {
            var (size, head) = await CopyAsync(content, part);
            EvidenceRefusal? refusal = size switch
            {
                0 => EvidenceRefusal.Empty,
                > MostBytes => EvidenceRefusal.TooLarge,
                _ => IsOfItsType(head, heads) ? await PackedCheck.OfAsync(part, Path.GetExtension(name)) : EvidenceRefusal.Type,
            };
            if (refusal is not null)
            {
                return (null, refusal);
            }

            var hash = await HashAsync(part);
            if (!File.Exists(PathOf(hash)))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(PathOf(hash))!);
                File.Move(part, PathOf(hash), overwrite: true);
            }

            return (new EvidenceFile(hash, name.Length > LongestName ? name[^LongestName..] : name, size), null);
        }
        finally
        {
            File.Delete(part);
        }
    }

    public string PathOf(string hash) => Path.Combine(Folder, hash[..2], hash);

    /// <summary>True when the file is there and its content is still what its name says; null when it is missing.</summary>
    public async Task<bool?> IsIntactAsync(string hash) => File.Exists(PathOf(hash)) ? await HashAsync(PathOf(hash)) == hash : null;

    private static async Task<(long Size, byte[] Head)> CopyAsync(Stream content, string path)
    {
        await using var to = File.Create(path);
        var (buffer, head, size) = (new byte[BufferBytes], Array.Empty<byte>(), 0L);
        int read;
        while (size <= MostBytes && (read = await content.ReadAtLeastAsync(buffer, HeadBytes, throwOnEndOfStream: false)) > 0)
        {
            head = size == 0 ? buffer[..Math.Min(read, HeadBytes)] : head;
            size += read;
            await to.WriteAsync(buffer.AsMemory(0, read));
        }

        to.Flush(flushToDisk: true);
        return (size, head);
    }

    private static bool IsOfItsType(byte[] head, byte[][] heads) => heads.Length == 0 ? !head.Contains((byte)0) : heads.Any(h => head.AsSpan().StartsWith(h));

    private static async Task<string> HashAsync(string path)
    {
        await using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(await Sm3.HashAsync(stream));
    }
}
