using System.Buffers.Binary;
using System.Text;

namespace Shizhang.Storage.Evidence;

/// <summary>A file packed in a zip: its name, how it is packed, where its packed bytes begin. The sizes a zip tells are not taken.</summary>
internal sealed record PackedFile(string Name, int Method, bool IsEncrypted, long Start);

/// <summary>Reads the directory of a zip file. By hand, because unpacking by the framework stops at the size the directory tells, which may be a lie.</summary>
internal static class ZipDirectory
{
    private const int MostFiles = 20_000;
    private const int EndBytes = 22;
    private const int EntryBytes = 46;
    private const int LocalBytes = 30;
    private const uint EndMark = 0x06054B50;
    private const uint EntryMark = 0x02014B50;
    private const uint LocalMark = 0x04034B50;

    /// <summary>What the zip holds; null when it is broken, or not of the plain kind that can be checked.</summary>
    public static async Task<List<PackedFile>?> ReadAsync(Stream file)
    {
        var tail = await BytesAsync(file, Math.Max(0, file.Length - EndBytes - ushort.MaxValue), (int)Math.Min(file.Length, EndBytes + ushort.MaxValue));
        var end = tail is null ? -1 : tail.AsSpan(0, Math.Max(0, tail.Length - EndBytes + 4)).LastIndexOf("PK\u0005\u0006"u8);
        if (end < 0 || Long(tail!, end) != EndMark)
        {
            return null;
        }

        var (count, size, at) = (Short(tail!, end + 10), Long(tail!, end + 12), Long(tail!, end + 16));
        if (count > MostFiles || at + (long)size > file.Length || await BytesAsync(file, at, (int)size) is not { } entries)
        {
            return null;
        }

        var files = new List<PackedFile>();
        for (var i = 0; files.Count < count;)
        {
            if (i + EntryBytes > entries.Length || Long(entries, i) != EntryMark
                || i + EntryBytes + Short(entries, i + 28) > entries.Length || await FileAsync(file, entries, i) is not { } packed)
            {
                return null;
            }

            files.Add(packed);
            i += EntryBytes + Short(entries, i + 28) + Short(entries, i + 30) + Short(entries, i + 32);
        }

        return files;
    }

    // What stands before the packed bytes names the file again: two names for one file are no honest zip.
    private static async Task<PackedFile?> FileAsync(Stream file, byte[] entries, int i)
    {
        var name = entries.AsMemory(i + EntryBytes, Short(entries, i + 28));
        var at = Long(entries, i + 42);
        if (await BytesAsync(file, at, LocalBytes) is not { } local || Long(local, 0) != LocalMark
            || await BytesAsync(file, at + LocalBytes, Short(local, 26)) is not { } again || !again.AsSpan().SequenceEqual(name.Span))
        {
            return null;
        }

        return new PackedFile(Encoding.UTF8.GetString(name.Span), Short(entries, i + 10), (Short(entries, i + 8) & 1) != 0, at + LocalBytes + Short(local, 26) + Short(local, 28));
    }

    private static async Task<byte[]?> BytesAsync(Stream file, long at, int count)
    {
        var bytes = new byte[count];
        file.Position = at;
        return await file.ReadAtLeastAsync(bytes, count, throwOnEndOfStream: false) == count ? bytes : null;
    }

    private static int Short(byte[] bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at));

    private static uint Long(byte[] bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at));
}
