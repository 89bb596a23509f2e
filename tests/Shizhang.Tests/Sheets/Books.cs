using System.IO.Compression;
using System.Text;
using Shizhang.Core.Records.Importing;
using Shizhang.Office.Sheets;

namespace Shizhang.Tests.Sheets;

/// <summary>Spreadsheets made by hand, among them those that no program writes.</summary>
internal static class Books
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    public static string File(string extension, byte[] bytes)
    {
        var path = Path.Combine(Path.GetTempPath(), $"shizhang-{Guid.NewGuid():N}{extension}");
        System.IO.File.WriteAllBytes(path, bytes);
        return path;
    }

    /// <summary>An xlsx of sheets, each the XML of its rows and what follows them.</summary>
    public static byte[] Xlsx(params (string Name, string Rows, string After)[] sheets) => Zip(z =>
    {
        for (var i = 0; i < sheets.Length; i++)
        {
            z($"xl/worksheets/sheet{i + 1}.xml", $"<worksheet xmlns=\"{Main}\"><sheetData>{sheets[i].Rows}</sheetData>{sheets[i].After}</worksheet>");
        }

        z("xl/workbook.xml", $"<workbook xmlns=\"{Main}\" xmlns:r=\"{Relations}\"><sheets>{string.Concat(sheets.Select((s, i) => $"<sheet name=\"{s.Name}\" sheetId=\"{i + 1}\" r:id=\"r{i + 1}\"/>"))}</sheets></workbook>");
        z("xl/_rels/workbook.xml.rels", $"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{string.Concat(sheets.Select((_, i) => $"<Relationship Id=\"r{i + 1}\" Type=\"{Relations}/worksheet\" Target=\"worksheets/sheet{i + 1}.xml\"/>"))}</Relationships>");
    });

    /// <summary>An xlsx of one sheet, given as the XML within it, at a place under xl.</summary>
    public static byte[] Parts(string sheet, string at = "worksheets/sheet1.xml", string styles = "", string before = "", string main = Main) => Zip(z =>
    {
        z("xl/" + at, $"<worksheet xmlns=\"{main}\">{sheet}</worksheet>");
        z("xl/styles.xml", $"<styleSheet xmlns=\"{main}\">{styles}</styleSheet>");
        z("xl/workbook.xml", $"<workbook xmlns=\"{main}\" xmlns:r=\"{Relations}\">{before}<sheets><sheet name=\"表\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>");
        z("xl/_rels/workbook.xml.rels", $"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"{Relations}/worksheet\" Target=\"{at}\"/><Relationship Id=\"r2\" Type=\"{Relations}/styles\" Target=\"styles.xml\"/></Relationships>");
    });

    public static byte[] Zip(Action<Action<string, string>> parts)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create))
        {
            parts((name, text) =>
            {
                using var entry = zip.CreateEntry(name, CompressionLevel.Fastest).Open();
                entry.Write(Encoding.UTF8.GetBytes(text));
            });
        }

        return stream.ToArray();
    }

    /// <summary>A row of cells: text as inline strings, numbers, and anything else as the XML it is.</summary>
    public static string Row(int number, params object?[] cells) => $"<row r=\"{number}\">{string.Concat(cells.Select((c, i) => c switch
    {
        null => "",
        string text when text.StartsWith('<') => text,
        string text => $"<c r=\"{SheetRow.ColumnName(i)}{number}\" t=\"inlineStr\"><is><t>{text}</t></is></c>",
        _ => $"<c r=\"{SheetRow.ColumnName(i)}{number}\"><v>{c}</v></c>",
    }))}</row>";

    public static List<SheetRow> Read(byte[] bytes, string extension = ".xlsx", int sheet = 0)
    {
        var path = File(extension, bytes);
        var (reader, refusal) = SheetReader.Open(path);
        Assert.Null(refusal);
        using (reader)
        {
            for (var i = 0; i < sheet; i++)
            {
                Assert.True(reader!.NextSheet());
            }

            var rows = reader!.Rows().ToList();
            System.IO.File.Delete(path);
            return rows;
        }
    }

    public static SheetRefusal? Refusal(byte[] bytes, string extension = ".xlsx")
    {
        var path = File(extension, bytes);
        var (reader, refusal) = SheetReader.Open(path);
        reader?.Dispose();
        System.IO.File.Delete(path);
        return refusal;
    }

    public static byte[] Written(IReadOnlyList<SheetColumn> columns, Action<SheetWriter> write, int validated = 0)
    {
        using var stream = new MemoryStream();
        using (var writer = new SheetWriter(stream, "表", columns, validated))
        {
            write(writer);
        }

        return stream.ToArray();
    }
}
