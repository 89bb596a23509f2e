using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;

namespace Shizhang.Office.Sheets;

/// <summary>
/// Writes an xlsx row by row straight into its archive; memory does not grow with the rows. Values are cells of text, number
/// or date and never formulas. A sheet that is full is followed by another with the same headings.
/// </summary>
public sealed class SheetWriter : IDisposable
{
    private const int MostRemarks = 1000;
    private const int MostInCell = 32_767;
    private static readonly DateOnly Epoch = new(1899, 12, 30);

    private readonly ZipArchive _zip;
    private readonly IReadOnlyList<SheetColumn> _columns;
    private readonly string _name;
    private readonly int _validatedRows;
    private readonly WorkbookParts _parts;
    private readonly SheetHead _head;
    private readonly List<(int From, int To)> _merged = [];
    private readonly List<(int Row, int Column, string Text)> _remarks = [];
    private readonly string[] _letters;
    private HashSet<int> _mergedColumns = [];
    private Stream? _entry;
    private XmlWriter _xml = null!;
    private int _row;

    /// <param name="to">Where the file goes; stays open.</param>
    /// <param name="name">The name of the sheet.</param>
    /// <param name="columns">Its columns, in order.</param>
    /// <param name="validatedRows">For so many rows drop-downs are laid out; 0 for a list that is only read.</param>
    /// <param name="title">What stands over the headings; null for nothing.</param>
    public SheetWriter(Stream to, string name, IReadOnlyList<SheetColumn> columns, int validatedRows = 0, string? title = null)
    {
        _zip = new ZipArchive(to, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8);
        (_columns, _name, _validatedRows) = (columns, name, validatedRows);
        _letters = [.. Enumerable.Range(0, columns.Count).Select(Core.Records.Importing.SheetRow.ColumnName)];
        _parts = new WorkbookParts(_zip, columns);
        _head = SheetHead.Of(columns, title);
        BeginSheet();
    }

    /// <summary>Writes one row.</summary>
    public void Write(IReadOnlyList<object?> row) => Write([row], null);

    /// <summary>
    /// Writes rows that belong together. The columns of <paramref name="merge"/> are one cell over all of them, with the value
    /// of the first row.
    /// </summary>
    public void Write(IReadOnlyList<IReadOnlyList<object?>> rows, HashSet<int>? merge)
    {
        if (_row + rows.Count > SheetLimits.MostRows && _row > _head.Rows.Count)
        {
            EndSheet();
            BeginSheet();
        }

        if (merge is not null && rows.Count > 1)
        {
            _mergedColumns = merge;
            _merged.Add((_row + 1, _row + rows.Count));
        }

        for (var i = 0; i < rows.Count; i++)
        {
            BeginRow();
            for (var c = 0; c < _columns.Count; c++)
            {
                Cell(c, i > 0 && merge?.Contains(c) is true ? null : rows[i][c]);
            }

            _xml.WriteEndElement();
        }
    }

    public void Dispose()
    {
        EndSheet();
        _parts.Finish();
        _zip.Dispose();
    }

    private void BeginSheet()
    {
        _entry = _parts.BeginSheet(_name);
        _xml = XmlWriter.Create(_entry, new XmlWriterSettings { Encoding = new UTF8Encoding(false), CheckCharacters = false });
        _xml.WriteStartElement("worksheet", WorkbookParts.Main);
        _xml.WriteRaw($"<sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"{_head.Rows.Count}\" topLeftCell=\"A{_head.Rows.Count + 1}\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews><cols>");
        for (var i = 0; i < _columns.Count; i++)
        {
            _xml.WriteRaw($"<col min=\"{i + 1}\" max=\"{i + 1}\" width=\"{_columns[i].Width}\" style=\"{_parts.StyleOf(i, false)}\" customWidth=\"1\"/>");
        }

        _xml.WriteRaw("</cols>");
        _xml.WriteStartElement("sheetData");
        (_row, _mergedColumns) = (0, []);
        foreach (var headings in _head.Rows)
        {
            BeginRow();
            foreach (var (column, text) in headings)
            {
                Text(column, WorkbookParts.HeadingStyle, text);
            }

            _xml.WriteEndElement();
        }

        _remarks.AddRange(_columns.Select((c, i) => (_row, i, c.Note!)).Where(r => r.Item3 is not null));
    }

    private void BeginRow()
    {
        _row++;
        _xml.WriteStartElement("row");
        _xml.WriteAttributeString("r", _row.ToString(CultureInfo.InvariantCulture));
    }

    private void Cell(int column, object? value)
    {
        var isMarked = false;
        if (value is MarkedCell marked)
        {
            (isMarked, value) = (true, marked.Value);
            if (_remarks.Count < MostRemarks)
            {
                _remarks.Add((_row, column, marked.Remark));
            }
        }

        var style = _parts.StyleOf(column, isMarked);
        switch (value)
        {
            case null when isMarked:
                BeginCell(column, style);
                _xml.WriteEndElement();
                break;
            case null:
                break;
            case DateOnly day when day.Year >= 1900:
                Number(column, style, (day.DayNumber - Epoch.DayNumber).ToString(CultureInfo.InvariantCulture));
                break;
            // Beyond fifteen digits Excel would round.
            case decimal number when Math.Abs(number) < 1e13m:
                Number(column, style, number.ToString(CultureInfo.InvariantCulture));
                break;
            case long number when Math.Abs(number) < 1_000_000_000_000_000:
                Number(column, style, number.ToString(CultureInfo.InvariantCulture));
                break;
            case double number:
                Number(column, style, number.ToString("R", CultureInfo.InvariantCulture));
                break;
            case DateOnly day:
                Text(column, style, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
                break;
            case IFormattable other:
                Text(column, style, other.ToString(null, CultureInfo.InvariantCulture));
                break;
            default:
                Text(column, style, value.ToString() ?? "");
                break;
        }
    }

    private void BeginCell(int column, int style)
    {
        _xml.WriteStartElement("c");
        _xml.WriteAttributeString("r", _letters[column] + _row.ToString(CultureInfo.InvariantCulture));
        _xml.WriteAttributeString("s", style.ToString(CultureInfo.InvariantCulture));
    }

    private void Number(int column, int style, string number)
    {
        BeginCell(column, style);
        _xml.WriteElementString("v", number);
        _xml.WriteEndElement();
    }

    private void Text(int column, int style, string text)
    {
        BeginCell(column, style);
        _xml.WriteAttributeString("t", "inlineStr");
        _xml.WriteStartElement("is");
        _xml.WriteStartElement("t");
        _xml.WriteAttributeString("xml", "space", null, "preserve");
        _xml.WriteString(Clean(text.Length > MostInCell ? text[..MostInCell] : text));
        _xml.WriteEndElement();
        _xml.WriteEndElement();
        _xml.WriteEndElement();
    }

    // What XML cannot say is left out.
    internal static string Clean(string text) => text.All(c => c is >= ' ' and < '\uD800' or >= '\uE000' and <= '\uFFFD' or '\n' or '\t')
        ? text
        : string.Concat(text.EnumerateRunes().Where(r => r.Value is '\n' or '\t' || (r.Value >= ' ' && r.Value is not (0xFFFE or 0xFFFF))).Select(r => r.ToString()));

    private void EndSheet()
    {
        _xml.WriteEndElement();
        if (_merged.Count + _head.Merged.Count > 0)
        {
            _xml.WriteStartElement("mergeCells");
            foreach (var cells in _head.Merged)
            {
                _xml.WriteRaw($"<mergeCell ref=\"{cells}\"/>");
            }

            foreach (var (from, to) in _merged)
            {
                foreach (var column in _mergedColumns)
                {
                    _xml.WriteRaw($"<mergeCell ref=\"{_letters[column]}{from}:{_letters[column]}{to}\"/>");
                }
            }

            _xml.WriteEndElement();
            _merged.Clear();
        }

        DropDowns();
        if (_remarks.Count > 0)
        {
            _xml.WriteRaw($"<legacyDrawing xmlns:r=\"{WorkbookParts.Relations}\" r:id=\"rId1\"/>");
        }

        _xml.WriteEndElement();
        _xml.Dispose();
        _entry!.Dispose();
        _parts.Remarks(_remarks);
        _remarks.Clear();
    }

    private void DropDowns()
    {
        var lists = _columns.Select((c, i) => (c.Choices, Index: i)).Where(c => c.Choices is { Count: > 0 }).ToList();
        if (lists.Count == 0 || _validatedRows == 0)
        {
            return;
        }

        _xml.WriteRaw($"<dataValidations count=\"{lists.Count}\">");
        foreach (var (choices, column) in lists)
        {
            // Warns without forbidding: several choices in one cell, or the code of a unit, are right too.
            _xml.WriteRaw($"<dataValidation type=\"list\" allowBlank=\"1\" errorStyle=\"warning\" showErrorMessage=\"1\" sqref=\"{_letters[column]}{_head.Rows.Count + 1}:{_letters[column]}{_validatedRows + _head.Rows.Count}\"><formula1>{_parts.ListOf(choices!)}</formula1></dataValidation>");
        }

        _xml.WriteRaw("</dataValidations>");
    }
}
