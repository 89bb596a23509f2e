using System.IO.Compression;
using System.Xml.Linq;

namespace Shizhang.Office.Sheets;

/// <summary>Which part of an xlsx holds which sheet.</summary>
internal static class SheetParts
{
    /// <summary>The part, such as xl/worksheets/sheet1.xml, of the sheet with a name; null when the workbook does not say.</summary>
    public static string? PartOf(string path, string sheet)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var zip = new ZipArchive(file, ZipArchiveMode.Read);
        if (Load(zip, "xl/workbook.xml") is not { } workbook || Load(zip, "xl/_rels/workbook.xml.rels") is not { } relations)
        {
            return null;
        }

        var element = workbook.Descendants().FirstOrDefault(e => e.Name.LocalName == "sheet" && e.Attribute("name")?.Value == sheet);
        var id = element?.Attributes().FirstOrDefault(a => a.Name.LocalName == "id" && a.Name.Namespace != XNamespace.None)?.Value;
        var target = relations.Root?.Elements().FirstOrDefault(r => r.Attribute("Id")?.Value == id)?.Attribute("Target")?.Value;
        return target is null ? null : target.StartsWith('/') ? target[1..] : "xl/" + target;
    }

    private static XDocument? Load(ZipArchive zip, string part)
    {
        if (zip.GetEntry(part) is not { } entry)
        {
            return null;
        }

        using var stream = entry.Open();
        return XDocument.Load(stream);
    }
}
