using System.IO.Compression;
using System.Xml;
using DocumentFormat.OpenXml;
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

    /// <summary>It carries macros.</summary>
    Macros,

    /// <summary>Strict Open XML: read, but never written, because what is written is of the usual kind.</summary>
    Strict,

    /// <summary>None of its figures are ours.</summary>
    NotOurs,

    /// <summary>Figures of ours are marked in it, but the part that says what they were is gone.</summary>
    MapLost,
}

/// <summary>The one gate every docx from outside passes before a tree of objects is made of it.</summary>
internal static class DocxGate
{
    private const int MostParts = 5000;

    // A tree takes some 500 bytes an element, 8 a byte of its XML and 35 a character of its text. All XML of a package together.
    private const int MostElements = 160_000;
    private const long MostBytesOfXml = 8 * 1024 * 1024;
    private const int MostCharacters = 600_000;
    private const int MostAttributes = 320_000;
    private const int Deepest = 200;
    private const string Macros = "vbaProject.bin";

    // What stands in smart tags is read once for each of them.
    private const int DeepestSmartTags = 8;
    private static readonly byte[] Ole = [0xD0, 0xCF, 0x11, 0xE0];

    /// <summary>Reads a docx that may be read; the reason when it may not, or when it is broken.</summary>
    public static (T? Read, DocxRefusal? Refusal) Pass<T>(byte[] bytes, Func<WordprocessingDocument, (T?, DocxRefusal?)> read)
        where T : class
    {
        if (bytes.AsSpan().StartsWith(Ole))
        {
            return (null, DocxRefusal.Encrypted);
        }

        if (Weigh(bytes) is { } refused)
        {
            return (null, refused);
        }

        try
        {
            using var docx = WordprocessingDocument.Open(new MemoryStream(bytes), isEditable: false);
            return docx.DocumentType is WordprocessingDocumentType.MacroEnabledDocument or WordprocessingDocumentType.MacroEnabledTemplate ? (null, DocxRefusal.Macros) : read(docx);
        }
        catch (Exception e) when (IsBroken(e))
        {
            return (null, DocxRefusal.Broken);
        }
    }

    /// <summary>What is said against it by its directory and by what its parts hold.</summary>
    private static DocxRefusal? Weigh(byte[] bytes)
    {
        try
        {
            using var zip = new ZipArchive(new MemoryStream(bytes), ZipArchiveMode.Read);
            var weight = new Weight();
            return zip.Entries.Count > MostParts || zip.Entries.Sum(e => e.Length) > DocxText.MostBytes || zip.Entries.Any(weight.IsTooMuchWith) ? DocxRefusal.TooLarge
                : zip.Entries.Any(e => e.Name.Equals(Macros, StringComparison.OrdinalIgnoreCase)) ? DocxRefusal.Macros
                : null;
        }
        catch (InvalidDataException)
        {
            return DocxRefusal.Broken;
        }
    }

    private static bool IsBroken(Exception e) => e is OpenXmlPackageException or InvalidDataException or XmlException or FileFormatException or InvalidOperationException or IOException;

    /// <summary>What the parts of a package hold so far.</summary>
    private sealed class Weight
    {
        private long _bytes;
        private int _elements;
        private int _attributes;
        private int _characters;

        // A tree of objects is made of each part, by calls as deep as its elements. What a part is called says nothing of what it holds.
        public bool IsTooMuchWith(ZipArchiveEntry entry)
        {
            using var stream = entry.Open();
            using var watch = new AttributeWatch(stream);
            try
            {
                using var reader = XmlReader.Create(watch, new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
                var smartTags = new Stack<int>();
                for (var isFirst = true; reader.Read();)
                {
                    watch.NextNode();
                    while (smartTags.TryPeek(out var depth) && reader.Depth <= depth)
                    {
                        smartTags.Pop();
                    }

                    if (reader.NodeType == XmlNodeType.Element)
                    {
                        // No entry unpacks to more than its directory says.
                        _bytes += isFirst ? entry.Length : 0;
                        isFirst = false;
                        _elements += 1 + smartTags.Count;
                        _attributes += reader.AttributeCount;
                        if (reader.LocalName == DocxSmartTags.Name)
                        {
                            smartTags.Push(reader.Depth);
                        }
                    }
                    else if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA)
                    {
                        _characters += reader.Value.Length;
                    }

                    if (reader.Depth > Deepest || smartTags.Count > DeepestSmartTags || _elements > MostElements || _attributes > MostAttributes || _bytes > MostBytesOfXml || _characters > MostCharacters)
                    {
                        return true;
                    }
                }
            }
            catch (XmlException)
            {
                // A picture, or a part that is broken and will be found so.
                return watch.HasTooMany;
            }

            return false;
        }
    }
}
