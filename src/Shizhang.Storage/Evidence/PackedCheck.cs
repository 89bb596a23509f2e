using System.IO.Compression;
using System.Text;

namespace Shizhang.Storage.Evidence;

/// <summary>Looks into a file that packs others, or may hold a program: what would harm whoever opens it is no evidence.</summary>
internal static class PackedCheck
{
    /// <summary>How much a file may unpack to: in all, and as often its own size once it is more than <see cref="Small"/>.</summary>
    public const long MostUnpacked = 400L * 1024 * 1024;

    private const long MostTimes = 200;
    private const long Small = 20L * 1024 * 1024;
    private const int BufferBytes = 128 * 1024;
    private const int Stored = 0;
    private const int Deflated = 8;
    private const string ContentTypes = "[Content_Types].xml";

    // How the old office formats name the storage of their macros.
    private static readonly byte[] OldMacros = Encoding.Unicode.GetBytes("_VBA_PROJECT");

    /// <summary>Why the file is refused; null when nothing is wrong with it, or its type packs nothing.</summary>
    public static async Task<EvidenceRefusal?> OfAsync(string path, string extension)
    {
        await using var file = File.OpenRead(path);
        return extension.ToUpperInvariant() switch
        {
            ".DOC" or ".XLS" => await HoldsAsync(file, OldMacros) ? EvidenceRefusal.Macros : null,
            ".DOCX" => await OfZipAsync(file, "word/"),
            ".XLSX" => await OfZipAsync(file, "xl/"),
            ".OFD" or ".ZIP" => await OfZipAsync(file, null),
            _ => null,
        };
    }

    private static async Task<EvidenceRefusal?> OfZipAsync(Stream file, string? office)
    {
        if (await ZipDirectory.ReadAsync(file) is not { } packed
            || (office is not null && !(packed.Exists(p => p.Name == ContentTypes) && packed.Exists(p => p.Name.StartsWith(office, StringComparison.OrdinalIgnoreCase)))))
        {
            return EvidenceRefusal.Broken;
        }

        if (packed.Exists(p => Escapes(p.Name)))
        {
            return EvidenceRefusal.Escapes;
        }

        if (packed.Exists(p => p.Name.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase)))
        {
            return EvidenceRefusal.Macros;
        }

        try
        {
            var total = 0L;
            foreach (var one in packed)
            {
                var (size, refusal) = await UnpackAsync(file, one, total, office is not null && one.Name == ContentTypes);
                total += size;
                if (refusal is not null)
                {
                    return refusal;
                }
            }
        }
        catch (InvalidDataException)
        {
            return EvidenceRefusal.Broken;
        }

        return null;
    }

    /// <summary>Unpacks a file into nothing and counts; gives up as soon as it is too much.</summary>
    private static async Task<(long Size, EvidenceRefusal? Refusal)> UnpackAsync(Stream file, PackedFile one, long before, bool isContentTypes)
    {
        // Packed bytes that cannot be looked at are not taken on trust. What is not packed is no larger than the file it is in.
        if (one.IsEncrypted || one.Method is not (Stored or Deflated))
        {
            return (0, EvidenceRefusal.Broken);
        }

        if (one.Method == Stored)
        {
            return (0, null);
        }

        file.Position = one.Start;
        await using var content = new DeflateStream(file, CompressionMode.Decompress, leaveOpen: true);
        var (buffer, size, head) = (new byte[BufferBytes], 0L, "");
        int read;
        while ((read = await content.ReadAsync(buffer)) > 0)
        {
            size += read;
            head = isContentTypes && head.Length < BufferBytes * 8 ? head + Encoding.UTF8.GetString(buffer, 0, read) : head;
            if (before + size is var total && (total > MostUnpacked || (total > Small && total / MostTimes > file.Length)))
            {
                return (size, EvidenceRefusal.Unpacks);
            }
        }

        // A part with macros may have any name; what it is, this list says.
        return (size, head.Contains("vbaProject", StringComparison.OrdinalIgnoreCase) || head.Contains("macroEnabled", StringComparison.OrdinalIgnoreCase) ? EvidenceRefusal.Macros : null);
    }

    private static bool Escapes(string name) =>
        name.Contains('\0', StringComparison.Ordinal) || name.Replace('\\', '/') is var path && (path.StartsWith('/') || path.Contains(':', StringComparison.Ordinal) || path.Split('/').Contains(".."));

    private static async Task<bool> HoldsAsync(Stream file, byte[] wanted)
    {
        var (buffer, kept) = (new byte[BufferBytes], 0);
        int read;
        while ((read = await file.ReadAsync(buffer.AsMemory(kept))) > 0)
        {
            if (buffer.AsSpan(0, kept + read).IndexOf(wanted) >= 0)
            {
                return true;
            }

            var all = kept + read;
            kept = Math.Min(wanted.Length - 1, all);
            buffer.AsSpan(all - kept, kept).CopyTo(buffer);
        }

        return false;
    }
}
