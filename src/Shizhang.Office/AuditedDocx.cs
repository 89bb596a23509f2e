using System.IO.Compression;
using System.Xml;
using DocumentFormat.OpenXml.Packaging;

namespace Shizhang.Office;

/// <summary>Why a docx could not be read.</summary>
public enum DocxRefusal
{
    /// <summary>Not a docx, or a broken one.</summary>
    Broken,

    /// <summary>Protected by a password.</summary>
    Encrypted,

    /// <summary>It unpacks to more than is reasonable.</summary>
    TooLarge,
}

/// <summary>The text of a docx, or why there is none.</summary>
public readonly record struct ReadDocx(string? Text, DocxRefusal? Refusal);

/// <summary>Reads a docx to audit, and gives it back with a comment at each place.</summary>
public static class AuditedDocx
{
    private const int MostParts = 5000;
    private const int MostElements = 3_000_000;
    private const int Deepest = 200;
    private static readonly byte[] Ole = [0xD0, 0xCF, 0x11, 0xE0];

    public static ReadDocx Read(byte[] bytes)
    {
        if (bytes.AsSpan().StartsWith(Ole))
        {
            return new ReadDocx(null, DocxRefusal.Encrypted);
        }

        if (IsTooLarge(bytes) is not { } tooLarge)
        {
            return new ReadDocx(null, DocxRefusal.Broken);
        }

        if (tooLarge)
        {
            return new ReadDocx(null, DocxRefusal.TooLarge);
        }

        try
        {
            using var docx = WordprocessingDocument.Open(new MemoryStream(bytes), isEditable: false);
            return DocxText.Of(docx) is { } text ? new ReadDocx(text.Content, null) : new ReadDocx(null, DocxRefusal.Broken);
        }
        catch (Exception e) when (IsBroken(e))
        {
            return new ReadDocx(null, DocxRefusal.Broken);
        }
    }

    /// <summary>The same docx with a comment at each place of its text.</summary>
    public static byte[] Commented(byte[] bytes, IEnumerable<(int Start, int End, string Comment)> places, string author, DateTime at)
    {
        using var stream = new MemoryStream();
        stream.Write(bytes);
        using (var docx = WordprocessingDocument.Open(stream, isEditable: true))
        {
            DocxText.Of(docx)!.Comment(docx, places, author, at);
        }

        return stream.ToArray();
    }

    /// <summary>Whether it unpacks to too much, by what its directory says and by its elements; null when it has none.</summary>
    private static bool? IsTooLarge(byte[] bytes)
    {
        try
        {
            using var zip = new ZipArchive(new MemoryStream(bytes), ZipArchiveMode.Read);
            return zip.Entries.Count > MostParts || zip.Entries.Sum(e => e.Length) > DocxText.MostBytes || zip.Entries.Any(IsTooDeep);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    // A tree of objects is made of each part, by calls as deep as its elements. What a part is called says nothing of what it holds.
    private static bool IsTooDeep(ZipArchiveEntry entry)
    {
        try
        {
            using var stream = entry.Open();
            using var reader = XmlReader.Create(stream, new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
            var elements = 0;
            while (reader.Read())
            {
                if (reader.Depth > Deepest || (reader.NodeType == XmlNodeType.Element && ++elements > MostElements))
                {
                    return true;
                }
            }
        }
        catch (XmlException)
        {
            // A picture, or a part that is broken and will be found so.
        }

        return false;
    }

    private static bool IsBroken(Exception e) => e is OpenXmlPackageException or InvalidDataException or XmlException or FileFormatException or InvalidOperationException or IOException;
}
