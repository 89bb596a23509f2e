using System.IO.Compression;

namespace Shizhang.Office;

/// <summary>The package of a docx, where only some of its parts are to change.</summary>
internal static class DocxPackage
{
    /// <summary>The same package with some parts replaced; every other is copied as it is.</summary>
    public static byte[] With(byte[] bytes, params ReadOnlySpan<(Uri Part, byte[] Content)> changed)
    {
        var contents = new Dictionary<string, byte[]>(StringComparer.OrdinalIgnoreCase);
        foreach (var (part, content) in changed)
        {
            contents[Uri.UnescapeDataString(part.ToString().TrimStart('/'))] = content;
        }

        using var to = new MemoryStream();
        using (var target = new ZipArchive(to, ZipArchiveMode.Create, leaveOpen: true))
        using (var source = new ZipArchive(new MemoryStream(bytes), ZipArchiveMode.Read))
        {
            foreach (var entry in source.Entries)
            {
                var copy = target.CreateEntry(entry.FullName);
                copy.LastWriteTime = entry.LastWriteTime;
                using var stream = copy.Open();
                if (contents.TryGetValue(entry.FullName, out var content))
                {
                    stream.Write(content);
                    continue;
                }

                using var old = entry.Open();
                old.CopyTo(stream);
            }
        }

        return to.ToArray();
    }
}
