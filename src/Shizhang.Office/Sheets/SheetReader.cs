using System.Text;
using ExcelDataReader;
using ExcelDataReader.Exceptions;
using Shizhang.Core.Records.Importing;

namespace Shizhang.Office.Sheets;

/// <summary>
/// Reads xlsx, xls and csv row by row; nothing is kept. Merged cells are filled down. csv may be UTF-8, with or without BOM,
/// or GB18030.
/// </summary>
public sealed class SheetReader : IDisposable
{
    private static readonly byte[] Ole = [0xD0, 0xCF, 0x11, 0xE0];
    private static readonly byte[] Zip = "PK"u8.ToArray();

    // The names of the storages in which an xls keeps its macros, as its directory writes them.
    private static readonly byte[] VbaStorage = Encoding.Unicode.GetBytes("_VBA_PROJECT");

    private static readonly HashSet<string> Errors = new(StringComparer.Ordinal) { "#REF!", "#DIV/0!", "#N/A", "#NAME?", "#NUM!", "#NULL!", "#VALUE!" };

    private readonly Stream _file;
    private readonly IExcelDataReader _reader;
    private readonly Dictionary<string, Dictionary<string, CellFault>> _faults;
    private readonly ShownNumbers _shown;

    private SheetReader(Stream file, Begun begun)
    {
        (_file, _reader, _faults) = (file, begun.Reader!, begun.Faults);
        (IsCsv, Is1904) = (begun.IsCsv, begun.Is1904);
        _shown = new ShownNumbers(_reader, Is1904);
    }

    static SheetReader() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public bool IsCsv { get; }

    /// <summary>Serial numbers of days count from 1904, as in workbooks of old Macs.</summary>
    public bool Is1904 { get; }

    /// <summary>The name of the sheet at hand; empty for csv.</summary>
    public string Sheet => IsCsv ? "" : _reader.Name;

    public int SheetCount => _reader.ResultsCount;

    /// <summary>People do not see the sheet: it holds lists for drop-downs and the like.</summary>
    public bool IsHidden => !IsCsv && _reader.VisibleState != "visible";

    /// <summary>Rows of the sheet at hand, empty ones included; 0 when it cannot tell.</summary>
    public int RowCount => _reader.RowCount;

    /// <summary>Opens a file at its first sheet, or says why not. A broken disk or a missing file throws as files do.</summary>
    public static (SheetReader? Reader, SheetRefusal? Refusal) Open(string path) => Open(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));

    /// <summary>The same of what can be read and sought in; it is closed with the reader.</summary>
    public static (SheetReader? Reader, SheetRefusal? Refusal) Open(Stream file)
    {
        SheetReader? opened = null;
        try
        {
            var begun = Begin(file);
            if (begun is { IsCsv: true, Reader.RowCount: > SheetLimits.MostFilledRows })
            {
                begun.Reader.Dispose();
                return (null, SheetRefusal.TooManyRows);
            }

            opened = begun.Reader is null ? null : new SheetReader(file, begun);
            return (opened, opened is null ? begun.Refusal : null);
        }
        catch (InvalidPasswordException)
        {
            return (null, SheetRefusal.Encrypted);
        }
        catch (Exception e) when (IsBroken(e))
        {
            return (null, SheetRefusal.Broken);
        }
        finally
        {
            if (opened is null)
            {
                file.Dispose();
            }
        }
    }

    /// <summary>Goes to the next sheet; false when there is none.</summary>
    public bool NextSheet() => _reader.NextResult();

    /// <summary>The rows from here to the end of the sheet; a row of a broken file throws <see cref="InvalidDataException"/>.</summary>
    public IEnumerable<SheetRow> Rows()
    {
        var merged = new MergedCells(_reader.MergeCells ?? []);
        var faults = _faults.GetValueOrDefault(_reader.Name ?? "");
        for (var number = 1; Read(); number++)
        {
            var cells = new object?[Math.Min(_reader.FieldCount, SheetLimits.MostColumns)];
            for (var i = 0; i < cells.Length; i++)
            {
                cells[i] = faults is not null && faults.TryGetValue(SheetRow.ColumnName(i) + number, out var fault) ? fault : Value(_reader.GetValue(i), i);
            }

            yield return new SheetRow(number, cells, merged.Fill(number - 1, cells)) { IsHidden = !IsCsv && _reader.RowHeight == 0 };
        }
    }

    public void Dispose()
    {
        _reader.Dispose();
        _file.Dispose();
    }

    private static Begun Begin(Stream file)
    {
        var head = new byte[4];
        if (file.Length > SheetLimits.MostBytes)
        {
            return new Begun(null) { Refusal = SheetRefusal.TooLarge };
        }

        var read = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        file.Position = 0;
        if (head.AsSpan().StartsWith(Ole))
        {
            // An xlsx with a password is kept in the same kind of container as an xls.
            var refusal = OleRefusal(file);
            file.Position = 0;
            return refusal is null ? new Begun(ExcelReaderFactory.CreateBinaryReader(file)) : new Begun(null) { Refusal = refusal };
        }

        if (head.AsSpan().StartsWith(Zip))
        {
            var scan = WorkbookScan.Of(file);
            file.Position = 0;
            var faults = scan.Refusal is null ? BySheet(file, scan.Faults) : [];
            file.Position = 0;
            return scan.Refusal is { } refusal ? new Begun(null) { Refusal = refusal } : new Begun(ExcelReaderFactory.CreateOpenXmlReader(file)) { Faults = faults, Is1904 = scan.Is1904 };
        }

        return read == 0 ? new Begun(null) { Refusal = SheetRefusal.Broken } : Csv(file, head);
    }

    private static Begun Csv(Stream file, byte[] head)
    {
        var text = file;
        if (CsvScan.Wide(head) is { } wide)
        {
            if (file.Length > SheetLimits.MostWide)
            {
                return new Begun(null) { Refusal = SheetRefusal.TooLarge };
            }

            text = new MemoryStream((int)file.Length * 3 / 2);
            using (var narrow = Encoding.CreateTranscodingStream(file, wide, Encoding.UTF8, leaveOpen: true))
            {
                narrow.CopyTo(text);
            }

            text.Position = 0;
        }

        var isText = CsvScan.IsText(text);
        text.Position = 0;
        return !isText ? new Begun(null) { Refusal = SheetRefusal.Broken } : new Begun(ExcelReaderFactory.CreateCsvReader(text, new ExcelReaderConfiguration
        {
            FallbackEncoding = Encoding.GetEncoding("GB18030"),
            AutodetectSeparators = [',', '\t', ';'],
            AnalyzeInitialCsvRows = 0,
        })) { IsCsv = true };
    }

    private static SheetRefusal? OleRefusal(Stream file)
    {
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes.AsSpan().IndexOf(Encoding.Unicode.GetBytes("EncryptedPackage")) >= 0 ? SheetRefusal.Encrypted
            : bytes.AsSpan().IndexOf(VbaStorage) >= 0 ? SheetRefusal.Macros
            : null;
    }

    // A csv has no formulas, but ours marks text that would look like one; the mark comes off again.
    private object? Value(object? value, int column) => value switch
    {
        int number => _shown.Of(number, column),
        double number => _shown.Of(number, column),
        string text when IsCsv => CsvText.Unmark(text),
        string text when text.StartsWith('#') && Errors.Contains(text) => CellFault.Error,
        _ => value,
    };

    // Faults are found by part, before anybody knows the sheets by name.
    private static Dictionary<string, Dictionary<string, CellFault>> BySheet(Stream file, Dictionary<string, Dictionary<string, CellFault>> byPart)
    {
        var found = new Dictionary<string, Dictionary<string, CellFault>>(StringComparer.Ordinal);
        foreach (var (part, name) in byPart.Count == 0 ? [] : SheetParts.Names(file))
        {
            if (byPart.TryGetValue(part, out var faults))
            {
                found.TryAdd(name, faults);
            }
        }

        return found;
    }

    private bool Read()
    {
        try
        {
            return _reader.Read();
        }
        catch (Exception e) when (IsBroken(e))
        {
            throw new InvalidDataException(e.Message, e);
        }
    }

    // The reader behind this one meets a damaged file with whatever its own code then stumbles over.
    private static bool IsBroken(Exception e) =>
        e is ExcelReaderException or InvalidDataException or System.Xml.XmlException or EndOfStreamException or FormatException or OverflowException
            or ArgumentException or IndexOutOfRangeException or NullReferenceException or KeyNotFoundException or InvalidOperationException or NotSupportedException;

    /// <summary>A file that was begun, or why it was not.</summary>
    private sealed record Begun(IExcelDataReader? Reader)
    {
        public bool IsCsv { get; init; }

        public bool Is1904 { get; init; }

        public Dictionary<string, Dictionary<string, CellFault>> Faults { get; init; } = [];

        public SheetRefusal? Refusal { get; init; }
    }
}
