using Shizhang.App.Texts;
using Shizhang.Core.Catalogs;
using Shizhang.Core.Records.Importing;
using Shizhang.Office.Sheets;

namespace Shizhang.App.Features.Imports;

/// <summary>A file opened at the sheet that has the headings of a ledger.</summary>
internal sealed class ImportFile : IDisposable
{
    private readonly SheetReader _reader;
    private readonly IEnumerator<SheetRow> _rows;
    private readonly List<SheetRow> _first;

    private ImportFile(SheetReader reader, IEnumerator<SheetRow> rows, List<SheetRow> first, HeadingMap map, string? otherSheets)
    {
        (_reader, _rows, _first) = (reader, rows, first);
        (Map, OtherSheets) = (map, otherSheets);
    }

    public HeadingMap Map { get; }

    public string Sheet => _reader.Sheet;

    /// <summary>Says that the file has more sheets than the one read; null when it has one.</summary>
    public string? OtherSheets { get; }

    public int RowCount => _reader.RowCount;

    /// <summary>Serial numbers of days count from 1904.</summary>
    public bool Is1904 => _reader.Is1904;

    /// <summary>Why it cannot be imported with the headings it has; null when it can.</summary>
    public string? Unfit { get; private init; }

    /// <summary>Opens the first sheet that has the ledger's headings, or says in a sentence why there is none.</summary>
    public static (ImportFile? File, string? Refusal) Open(ImportSource source, Catalog catalog, Ledger ledger, IReadOnlyDictionary<string, string> byHand)
    {
        var (reader, refusal) = SheetReader.Open(source.Open());
        if (reader is null)
        {
            return (null, AppText.Of[$"sheet_{refusal}", source.Name, SheetLimits.MostBytes / 1024 / 1024, SheetLimits.MostFilledRows]);
        }

        ImportFile? opened = null;
        try
        {
            var headings = new HeadingReader(ledger, Measures(catalog), byHand);
            if (headings.UnknownByHand is { } unknown)
            {
                return (null, AppText.Of["import_map_unknown", ledger.Name, unknown]);
            }

            do
            {
                var rows = reader.Rows().GetEnumerator();
                var first = new List<SheetRow>();
                while (!reader.IsHidden && first.Count < HeadingReader.MostRowsAbove && rows.MoveNext())
                {
                    first.Add(rows.Current);
                }

                var found = headings.Find(first);
                if ((found ?? (reader.SheetCount == 1 ? headings.Likely(first) : null)) is { } map)
                {
                    opened = new ImportFile(reader, rows, first, map, reader.SheetCount > 1 ? AppText.Of["import_sheet_read", reader.SheetCount, reader.Sheet] : null)
                    {
                        Unfit = found is null ? NoHeadings(source.Name, ledger) : UnfitOf(ledger, map),
                    };
                    return (opened, null);
                }

                rows.Dispose();
            }
            while (reader.NextSheet());
            return (null, NoHeadings(source.Name, ledger));
        }
        catch (InvalidDataException)
        {
            return (null, AppText.Of["sheet_Broken", source.Name]);
        }
        finally
        {
            if (opened is null)
            {
                reader.Dispose();
            }
        }
    }

    /// <summary>Units of measure that numbers may carry.</summary>
    public static IReadOnlySet<string> Measures(Catalog catalog) => catalog.Wording.Measures.Keys.ToHashSet(StringComparer.Ordinal);

    /// <summary>The rows below the headings, once.</summary>
    public IEnumerable<SheetRow> Rows()
    {
        foreach (var row in _first.Where(r => r.Number > Map.Row))
        {
            yield return row;
        }

        while (_rows.MoveNext())
        {
            yield return _rows.Current;
        }
    }

    public void Dispose()
    {
        _rows.Dispose();
        _reader.Dispose();
    }

    private static string NoHeadings(string name, Ledger ledger) =>
        AppText.Of["import_no_headings", name, ledger.Name, string.Join(AppText.Of["between_choices"], ledger.Fields.Where(f => f.Required || f.Lines is null).Take(6).Select(f => f.Name)), HeadingReader.MostRowsAbove, ledger.Code];

    private static string? UnfitOf(Ledger ledger, HeadingMap map)
    {
        var between = AppText.Of["between_choices"];
        return map.Repeated.Count > 0 ? AppText.Of["import_repeated", string.Join(between, map.Repeated)]
            : map.Missing(ledger) is { Count: > 0 } missing ? AppText.Of["import_missing", string.Join(between, missing), ledger.Code]
            : map.Unclear.Count > 0 ? AppText.Of["import_unit_unclear", string.Join(between, map.Unclear), map.Columns.First(c => c.Heading == map.Unclear[0]).Field.Code]
            : null;
    }
}
