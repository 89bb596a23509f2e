using System.IO.Compression;
using System.Xml;
using Shizhang.Core.Records.Importing;

namespace Shizhang.Office.Sheets;

/// <summary>
/// Looks through an xlsx before it is read: what it really unpacks to (a header may lie), macros, where its rows and columns
/// end, formulas without a result and error values, which the reader behind it would give as empty cells. A part is taken for
/// what its root says it is, as that reader does, wherever it lies.
/// </summary>
internal sealed class WorkbookScan
{
    private const long MostOfPart = 16 * 1024 * 1024;
    private const long MostCells = 400_000_000;
    private const int MostDepth = 200;
    private const int MostParts = 5000;
    private static readonly string[] Sheets = ["worksheet", "chartsheet", "dialogsheet", "macrosheet"];
    private static readonly string[] Opened = ["/worksheet", "/chartsheet", "/dialogsheet", "/styles", "/sharedStrings"];
    private const int MostFaults = 100_000;
    private const int MostMerged = 1_000_000;

    private readonly char[] _buffer = new char[4096];
    private long _left = SheetLimits.MostUnpacked;

    public SheetRefusal? Refusal { get; private set; }

    /// <summary>Cells such as C5 that hold no value though something is in them, by the part of their sheet.</summary>
    public Dictionary<string, Dictionary<string, CellFault>> Faults { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Serial numbers of days count from 1904.</summary>
    public bool Is1904 { get; private set; }

    public static WorkbookScan Of(Stream stream)
    {
        var scan = new WorkbookScan();
        try
        {
            using var zip = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
            scan.Run(zip);
        }
        catch (TooMuchXmlException)
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

        if (!zip.Entries.Any(e => e.FullName.StartsWith("xl/workbook", StringComparison.OrdinalIgnoreCase)) || zip.Entries.Any(e => e.FullName.EndsWith("workbook.bin", StringComparison.OrdinalIgnoreCase)))
        {
            Refusal = SheetRefusal.Broken;
            return;
        }

        // Pictures and drawings are never opened, so they may be as large as they like.
        foreach (var entry in zip.Entries.Where(e => e.FullName.EndsWith(".xml", StringComparison.OrdinalIgnoreCase) || e.FullName.EndsWith(".rels", StringComparison.OrdinalIgnoreCase)))
        {
            using var part = entry.Open();
            Part(part, entry.FullName);
            if (Refusal is not null)
            {
                return;
            }
        }
    }

    private void Part(Stream part, string name)
    {
        using var counted = new CountedStream(part, _left);
        using var xml = BoundedXml.Open(counted);
        if (xml.MoveToContent() != XmlNodeType.Element)
        {
            throw new InvalidDataException();
        }

        if (Sheets.Contains(xml.LocalName, StringComparer.Ordinal))
        {
            Sheet(xml, name);
            return;
        }

        counted.Most = Math.Min(_left, xml.LocalName == "sst" ? SheetLimits.MostShared : MostOfPart);
        if (xml.LocalName == "workbook" && xml.NamespaceURI.Contains("purl.oclc.org", StringComparison.Ordinal))
        {
            Refusal = SheetRefusal.Strict;
        }

        while (Refusal is null && xml.Read() && !IsTooDeep(xml))
        {
            if (xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA)
            {
                Skip(xml);
            }
            else if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "workbookPr")
            {
                Is1904 = xml.GetAttribute("date1904") is "1" or "true";
            }
            else if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "Relationship" && IsUnseen(xml.GetAttribute("Type"), xml.GetAttribute("Target")))
            {
                Refusal = SheetRefusal.Broken;
            }
        }
    }

    // What the reader behind this one opens has been looked at only when it is XML by its name.
    private static bool IsUnseen(string? type, string? target) =>
        Array.Exists(Opened, o => type?.EndsWith(o, StringComparison.OrdinalIgnoreCase) is true) && target?.EndsWith(".xml", StringComparison.OrdinalIgnoreCase) is not true;

    private bool IsTooDeep(XmlReader xml)
    {
        Refusal = xml.Depth > MostDepth ? SheetRefusal.TooLarge : Refusal;
        return Refusal is not null;
    }

    private void Sheet(XmlReader xml, string name)
    {
        var faults = new Dictionary<string, CellFault>(StringComparer.Ordinal);
        var (rows, filled, merged, rowHasValue) = (0, 0, 0, false);
        var (cell, isFormula, inFormula, hasValue) = ((string?)null, false, false, false);
        var extent = new SheetExtent();
        while (xml.Read() && !IsTooDeep(xml))
        {
            inFormula &= xml.NodeType != XmlNodeType.EndElement;
            if (xml.NodeType == XmlNodeType.EndElement && xml.LocalName == "c" && isFormula && !hasValue && cell is not null && faults.Count < MostFaults)
            {
                faults[cell] = CellFault.Formula;
            }

            if (xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA)
            {
                hasValue |= !inFormula;
                filled += rowHasValue || inFormula ? 0 : 1;
                rowHasValue |= !inFormula;
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
                        extent.Row(xml.GetAttribute("r"));
                        break;
                    case "mergeCell" when ++merged > MostMerged:
                        Refusal = SheetRefusal.TooLarge;
                        return;
                    case "c":
                        (cell, isFormula, hasValue) = (xml.GetAttribute("r"), false, false);
                        extent.Cell(cell);
                        if (cell is not null && xml.GetAttribute("t") == "e" && faults.Count < MostFaults)
                        {
                            faults[cell] = CellFault.Error;
                        }

                        break;
                    case "dimension" or "mergeCell":
                        extent.Range(xml.GetAttribute("ref"));
                        break;

                    // A result that is there is a result, even an empty one.
                    case "v":
                        hasValue = true;
                        break;
                    case "f":
                        (isFormula, inFormula) = (true, !xml.IsEmptyElement);
                        break;
                }
            }

            Refusal ??= extent.IsBeyond || extent.Cells > MostCells ? SheetRefusal.TooLarge : null;
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
}
