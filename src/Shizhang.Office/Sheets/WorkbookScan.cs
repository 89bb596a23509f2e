using System.IO.Compression;
using System.Xml;
using Shizhang.Core.Records.Importing;

namespace Shizhang.Office.Sheets;

/// <summary>
/// Looks through an xlsx before it is read: what it really unpacks to (a header may lie), macros, rows, formulas without a result
/// and error values, which the reader behind it would give as empty cells.
/// </summary>
internal sealed class WorkbookScan
{
    private const long MostOfPart = 16 * 1024 * 1024;
    private const int MostParts = 5000;
    private const int MostFaults = 100_000;
    private const int MostMerged = 1_000_000;

    private readonly char[] _buffer = new char[4096];
    private long _left = SheetLimits.MostUnpacked;

    public SheetRefusal? Refusal { get; private set; }

    /// <summary>Cells such as C5 that hold no value though something is in them, by the part of their sheet.</summary>
    public Dictionary<string, Dictionary<string, CellFault>> Faults { get; } = new(StringComparer.OrdinalIgnoreCase);

    public static WorkbookScan Of(Stream stream)
    {
        var scan = new WorkbookScan();
        try
        {
            using var zip = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
            scan.Run(zip);
        }
        catch (TooMuchException)
        {
            scan.Refusal = SheetRefusal.TooLarge;
        }
        catch (Exception e) when (e is InvalidDataException or XmlException or EndOfStreamException or NotSupportedException)
        {
            scan.Refusal ??= SheetRefusal.Broken;
        }

        return scan;
    }

    private void Run(ZipArchive zip)
    {
        if (zip.Entries.Count > MostParts)
        {
            Refusal = SheetRefusal.TooLarge;
            return;
        }

        if (zip.Entries.Any(e => e.FullName.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase)))
        {
            Refusal = SheetRefusal.Macros;
            return;
        }

        if (!zip.Entries.Any(e => e.FullName.StartsWith("xl/workbook", StringComparison.OrdinalIgnoreCase)))
        {
            Refusal = SheetRefusal.Broken;
            return;
        }

        // Pictures and drawings are never opened, so they may be as large as they like.
        foreach (var entry in zip.Entries.Where(e => e.FullName.EndsWith(".xml", StringComparison.OrdinalIgnoreCase) || e.FullName.EndsWith(".rels", StringComparison.OrdinalIgnoreCase)))
        {
            using var part = entry.Open();
            if (entry.FullName.StartsWith("xl/worksheets/", StringComparison.OrdinalIgnoreCase) && !entry.FullName.EndsWith(".rels", StringComparison.OrdinalIgnoreCase))
            {
                Sheet(part, entry.FullName);
            }
            else if (entry.FullName.EndsWith("sharedStrings.xml", StringComparison.OrdinalIgnoreCase))
            {
                Shared(part);
            }
            else
            {
                Measure(part);
            }

            if (Refusal is not null)
            {
                return;
            }
        }
    }

    private void Sheet(Stream part, string name)
    {
        var faults = new Dictionary<string, CellFault>(StringComparer.Ordinal);
        var (rows, filled, merged, rowHasValue) = (0, 0, 0, false);
        var (cell, isFormula, inFormula, hasValue) = ((string?)null, false, false, false);
        using var xml = Xml(part, _left);
        while (xml.Read())
        {
            inFormula &= xml.NodeType != XmlNodeType.EndElement;
            if (xml.NodeType == XmlNodeType.EndElement && xml.LocalName == "c" && isFormula && !hasValue && cell is not null && faults.Count < MostFaults)
            {
                faults[cell] = CellFault.Formula;
            }

            if (xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA)
            {
                hasValue |= !inFormula;
                filled += rowHasValue ? 0 : 1;
                rowHasValue = true;
                if (filled > SheetLimits.MostFilledRows)
                {
                    Refusal = SheetRefusal.TooManyRows;
                    return;
                }

                Skip(xml);
            }
            else if (xml.NodeType == XmlNodeType.Element)
            {
                switch (xml.LocalName)
                {
                    case "row" when ++rows > SheetLimits.MostRows:
                        Refusal = SheetRefusal.TooManyRows;
                        return;
                    case "row":
                        rowHasValue = false;
                        break;
                    case "mergeCell" when ++merged > MostMerged:
                        Refusal = SheetRefusal.TooLarge;
                        return;
                    case "c":
                        (cell, isFormula, hasValue) = (xml.GetAttribute("r"), false, false);
                        if (cell is not null && xml.GetAttribute("t") == "e" && faults.Count < MostFaults)
                        {
                            faults[cell] = CellFault.Error;
                        }

                        break;
                    case "f":
                        (isFormula, inFormula) = (true, !xml.IsEmptyElement);
                        break;
                }
            }

            if (Refusal is not null)
            {
                return;
            }
        }

        if (faults.Count > 0)
        {
            Faults[name] = faults;
        }
    }

    private void Shared(Stream part)
    {
        using var xml = Xml(part, Math.Min(_left, SheetLimits.MostShared));
        while (Refusal is null && xml.Read())
        {
            if (xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA)
            {
                Skip(xml);
            }
        }
    }

    private void Measure(Stream part)
    {
        var (bytes, read) = (new byte[64 * 1024], 0L);
        for (int some; (some = part.Read(bytes)) > 0;)
        {
            read += some;
            if (read > MostOfPart)
            {
                Refusal = SheetRefusal.TooLarge;
                return;
            }
        }
    }

    private static XmlReader Xml(Stream part, long most) => XmlReader.Create(new CountedStream(part, most), new XmlReaderSettings
    {
        DtdProcessing = DtdProcessing.Prohibit,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
    });

    // A text is read in pieces, so that one that never ends costs nothing.
    private void Skip(XmlReader xml)
    {
        var length = 0;
        for (int some; xml.CanReadValueChunk && (some = xml.ReadValueChunk(_buffer, 0, _buffer.Length)) > 0;)
        {
            length += some;
            if (length > SheetLimits.MostInCell)
            {
                Refusal = SheetRefusal.TooLarge;
                return;
            }
        }

        _left -= length;
    }

    private sealed class TooMuchException : Exception;

    /// <summary>Gives no more than so many bytes, whatever the archive's header promised.</summary>
    private sealed class CountedStream(Stream inner, long most) : Stream
    {
        private const int MostOpen = 1024 * 1024;

        private long _read;
        private long _open;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => _read; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = inner.Read(buffer, offset, count);
            _read += read;
            var end = buffer.AsSpan(offset, read).LastIndexOf((byte)'>');
            _open = end < 0 ? _open + read : read - end;

            // A tag or text that goes on for ever would be kept whole by a reader of XML.
            return _read <= most && _open <= MostOpen ? read : throw new TooMuchException();
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
