using System.IO.Compression;
using System.Text;
using System.Xml;

namespace Shizhang.Office.Sheets;

/// <summary>What stands around the rows of an xlsx: its styles, the hidden lists of drop-downs, remarks, and the table of parts.</summary>
internal sealed class WorkbookParts(ZipArchive zip, IReadOnlyList<SheetColumn> columns)
{
    public const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    public const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    public const int HeadingStyle = 1;
    private const string Packages = "http://schemas.openxmlformats.org/package/2006/";
    private const string Head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>";
    private const string ListsName = "lists";
    private const int FirstFormat = 164;

    private readonly List<string> _sheets = [];
    private readonly List<int> _withRemarks = [];
    private readonly List<IReadOnlyList<string>> _lists = [];
    private readonly List<(SheetForm Form, int Scale)> _forms = [.. columns.Select(FormOf).Distinct()];
    private int[]? _styles;

    /// <summary>The style of a column's cells; marked ones are coloured.</summary>
    public int StyleOf(int column, bool isMarked) =>
        (_styles ??= [.. columns.Select(c => HeadingStyle + 1 + (2 * _forms.IndexOf(FormOf(c))))])[column] + (isMarked ? 1 : 0);

    public Stream BeginSheet(string name)
    {
        _sheets.Add(_sheets.Count == 0 ? SheetName(name) : $"{SheetName(name)[..Math.Min(25, SheetName(name).Length)]} {_sheets.Count + 1}");
        return Part($"xl/worksheets/sheet{_sheets.Count}.xml");
    }

    /// <summary>The cells that hold a list, as a formula names them.</summary>
    public string ListOf(IReadOnlyList<string> choices)
    {
        var at = _lists.FindIndex(l => l.SequenceEqual(choices));
        if (at < 0)
        {
            at = _lists.Count;
            _lists.Add(choices);
        }

        var letter = Core.Records.Importing.SheetRow.ColumnName(at);
        return $"{ListsName}!${letter}$1:${letter}${choices.Count}";
    }

    /// <summary>Writes the remarks of the sheet that was written last.</summary>
    public void Remarks(IReadOnlyList<(int Row, int Column, string Text)> remarks)
    {
        if (remarks.Count == 0)
        {
            return;
        }

        var n = _sheets.Count;
        _withRemarks.Add(n);
        Write($"xl/worksheets/_rels/sheet{n}.xml.rels", $"{Head}<Relationships xmlns=\"{Packages}relationships\"><Relationship Id=\"rId1\" Type=\"{Relations}/vmlDrawing\" Target=\"../drawings/vmlDrawing{n}.vml\"/><Relationship Id=\"rId2\" Type=\"{Relations}/comments\" Target=\"../comments{n}.xml\"/></Relationships>");
        using (var xml = XmlWriter.Create(Part($"xl/comments{n}.xml"), new XmlWriterSettings { CloseOutput = true, CheckCharacters = false }))
        {
            xml.WriteStartElement("comments", Main);
            xml.WriteRaw("<authors><author></author></authors>");
            xml.WriteStartElement("commentList");
            foreach (var (row, column, text) in remarks)
            {
                xml.WriteStartElement("comment");
                xml.WriteAttributeString("ref", Core.Records.Importing.SheetRow.ColumnName(column) + row);
                xml.WriteAttributeString("authorId", "0");
                xml.WriteStartElement("text");
                xml.WriteElementString("t", SheetWriter.Clean(text));
                xml.WriteEndElement();
                xml.WriteEndElement();
            }
        }

        var shapes = new StringBuilder("<xml xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><v:shapetype id=\"note\" coordsize=\"21600,21600\" o:spt=\"202\" path=\"m,l,21600r21600,l21600,xe\"/>");
        for (var i = 0; i < remarks.Count; i++)
        {
            var (row, column, text) = remarks[i];
            var lines = Math.Min(12, text.Split('\n').Sum(l => 1 + (l.Length / 18)));
            shapes.Append($"<v:shape id=\"n{i}\" type=\"#note\" style=\"visibility:hidden\" fillcolor=\"#ffffe1\" o:insetmode=\"auto\"><v:fill color2=\"#ffffe1\"/><x:ClientData ObjectType=\"Note\"><x:Anchor>{column + 1}, 10, {row - 1}, 4, {column + 4}, 10, {row + lines}, 4</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>{row - 1}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>");
        }

        Write($"xl/drawings/vmlDrawing{n}.vml", shapes.Append("</xml>").ToString());
    }

    /// <summary>Writes everything that is not a sheet of rows; nothing may follow.</summary>
    public void Finish()
    {
        Styles();
        if (_lists.Count > 0)
        {
            Lists();
        }

        var sheets = _sheets.Select((name, i) => (Name: name, Hidden: "")).Concat(_lists.Count > 0 ? [(ListsName, " state=\"hidden\"")] : []).ToList();
        Write("xl/workbook.xml", $"{Head}<workbook xmlns=\"{Main}\" xmlns:r=\"{Relations}\"><sheets>{string.Concat(sheets.Select((s, i) => $"<sheet name=\"{System.Security.SecurityElement.Escape(s.Name)}\" sheetId=\"{i + 1}\"{s.Hidden} r:id=\"rId{i + 1}\"/>"))}</sheets></workbook>");
        Write("xl/_rels/workbook.xml.rels", $"{Head}<Relationships xmlns=\"{Packages}relationships\">{string.Concat(sheets.Select((_, i) => $"<Relationship Id=\"rId{i + 1}\" Type=\"{Relations}/worksheet\" Target=\"worksheets/sheet{i + 1}.xml\"/>"))}<Relationship Id=\"rId{sheets.Count + 1}\" Type=\"{Relations}/styles\" Target=\"styles.xml\"/></Relationships>");
        Write("_rels/.rels", $"{Head}<Relationships xmlns=\"{Packages}relationships\"><Relationship Id=\"rId1\" Type=\"{Relations}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>");
        const string type = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
        Write("[Content_Types].xml", $"{Head}<Types xmlns=\"{Packages}content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Default Extension=\"vml\" ContentType=\"application/vnd.openxmlformats-officedocument.vmlDrawing\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"{type}sheet.main+xml\"/><Override PartName=\"/xl/styles.xml\" ContentType=\"{type}styles+xml\"/>"
            + string.Concat(sheets.Select((_, i) => $"<Override PartName=\"/xl/worksheets/sheet{i + 1}.xml\" ContentType=\"{type}worksheet+xml\"/>"))
            + string.Concat(_withRemarks.Select(n => $"<Override PartName=\"/xl/comments{n}.xml\" ContentType=\"{type}comments+xml\"/>")) + "</Types>");
    }

    private static (SheetForm Form, int Scale) FormOf(SheetColumn column) => (column.Form, column.Form == SheetForm.Number ? column.Scale : 0);

    // Excel takes no more than 31 characters and none of these in the name of a sheet.
    private static string SheetName(string name)
    {
        var allowed = string.Concat(name.Where(c => !"[]:*?/\\'".Contains(c, StringComparison.Ordinal)));
        return allowed.Length == 0 ? "1" : allowed[..Math.Min(31, allowed.Length)];
    }

    private void Styles()
    {
        var codes = _forms.Select(f => f.Form switch
        {
            SheetForm.Date => "yyyy-mm-dd",
            SheetForm.Money => "#,##0.00",
            SheetForm.Number => f.Scale == 0 ? "0" : "0." + new string('0', f.Scale),
            _ => "@",
        }).ToList();
        var formats = string.Concat(codes.Select((c, i) => $"<numFmt numFmtId=\"{FirstFormat + i}\" formatCode=\"{c}\"/>"));
        var cells = string.Concat(codes.Select((c, i) => Cell(i, 0) + Cell(i, 3)));
        Write("xl/styles.xml", $"{Head}<styleSheet xmlns=\"{Main}\"><numFmts count=\"{codes.Count}\">{formats}</numFmts>"
            + "<fonts count=\"2\"><font><sz val=\"11\"/></font><font><b/><sz val=\"11\"/></font></fonts>"
            + "<fills count=\"4\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill><fill><patternFill patternType=\"solid\"><fgColor rgb=\"FFF5F6F7\"/></patternFill></fill><fill><patternFill patternType=\"solid\"><fgColor rgb=\"FFF8C9C9\"/></patternFill></fill></fills>"
            + "<borders count=\"1\"><border/></borders><cellStyleXfs count=\"1\"><xf/></cellStyleXfs>"
            + $"<cellXfs count=\"{2 + (2 * codes.Count)}\"><xf xfId=\"0\"/><xf numFmtId=\"49\" fontId=\"1\" fillId=\"2\" xfId=\"0\" applyNumberFormat=\"1\" applyFont=\"1\" applyFill=\"1\" applyAlignment=\"1\"><alignment vertical=\"center\" wrapText=\"1\"/></xf>{cells}</cellXfs></styleSheet>");

        static string Cell(int format, int fill) => $"<xf numFmtId=\"{FirstFormat + format}\" fillId=\"{fill}\" xfId=\"0\" applyNumberFormat=\"1\" applyFill=\"1\" applyAlignment=\"1\"><alignment vertical=\"top\" wrapText=\"1\"/></xf>";
    }

    private void Lists()
    {
        using var xml = XmlWriter.Create(Part($"xl/worksheets/sheet{_sheets.Count + 1}.xml"), new XmlWriterSettings { CloseOutput = true, CheckCharacters = false });
        xml.WriteStartElement("worksheet", Main);
        xml.WriteStartElement("sheetData");
        for (var row = 0; row < _lists.Max(l => l.Count); row++)
        {
            xml.WriteStartElement("row");
            xml.WriteAttributeString("r", (row + 1).ToString());
            for (var column = 0; column < _lists.Count; column++)
            {
                if (row < _lists[column].Count)
                {
                    xml.WriteStartElement("c");
                    xml.WriteAttributeString("r", Core.Records.Importing.SheetRow.ColumnName(column) + (row + 1));
                    xml.WriteAttributeString("t", "inlineStr");
                    xml.WriteStartElement("is");
                    xml.WriteElementString("t", SheetWriter.Clean(_lists[column][row]));
                    xml.WriteEndElement();
                    xml.WriteEndElement();
                }
            }

            xml.WriteEndElement();
        }
    }

    private Stream Part(string name) => zip.CreateEntry(name, CompressionLevel.Fastest).Open();

    private void Write(string name, string text)
    {
        using var to = new StreamWriter(Part(name), new UTF8Encoding(false));
        to.Write(text);
    }
}
