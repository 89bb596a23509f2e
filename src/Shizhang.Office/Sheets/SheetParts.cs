using System.IO.Compression;
using System.Xml.Linq;

namespace Shizhang.Office.Sheets;

/// <summary>Which part of an xlsx holds which sheet.</summary>
internal static class SheetParts
{
    /// <summary>The sheet of each part such as xl/worksheets/sheet1.xml; none when the workbook does not say.</summary>
    public static Dictionary<string, string> Names(Stream file)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        using var zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
        if (Load(zip, "xl/workbook.xml") is not { } workbook || Load(zip, "xl/_rels/workbook.xml.rels") is not { } relations)
        {
            return names;
        }

        foreach (var sheet in workbook.Descendants().Where(e => e.Name.LocalName == "sheet"))
        {
            var id = sheet.Attributes().FirstOrDefault(a => a.Name.LocalName == "id" && a.Name.Namespace != XNamespace.None)?.Value;
            var target = relations.Root?.Elements().FirstOrDefault(r => r.Attribute("Id")?.Value == id)?.Attribute("Target")?.Value;
            if (target is not null && sheet.Attribute("name")?.Value is { } name)
            {
                names.TryAdd(target.StartsWith('/') ? target[1..] : "xl/" + target, name);
            }
        }

        return names;
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
