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

    /// <summary>None of its figures are ours.</summary>
    NotOurs,

    /// <summary>Figures of ours are marked in it, but the part that says what they were is gone.</summary>
    MapLost,
}

/// <summary>The one gate every docx from outside passes before a tree of objects is made of it.</summary>
internal static class DocxGate
{
    private const int MostParts = 5000;
    private const int MostElements = 3_000_000;
    private const int Deepest = 200;
    private static readonly byte[] Ole = [0xD0, 0xCF, 0x11, 0xE0];

    /// <summary>Reads a docx that may be read; the reason when it may not, or when it is broken.</summary>
    public static (T? Read, DocxRefusal? Refusal) Pass<T>(byte[] bytes, Func<WordprocessingDocument, (T?, DocxRefusal?)> read)
        where T : class
    {
        if (bytes.AsSpan().StartsWith(Ole))
        {
            return (null, DocxRefusal.Encrypted);
        }

        if (IsTooLarge(bytes) is not { } tooLarge)
        {
            return (null, DocxRefusal.Broken);
        }

        if (tooLarge)
        {
            return (null, DocxRefusal.TooLarge);
        }

        try
        {
            using var docx = WordprocessingDocument.Open(new MemoryStream(bytes), isEditable: false);
            return read(docx);
        }
        catch (Exception e) when (IsBroken(e))
        {
            return (null, DocxRefusal.Broken);
        }
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
