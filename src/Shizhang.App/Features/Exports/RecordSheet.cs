using Shizhang.App.Texts;
using Shizhang.Office.Sheets;
using Shizhang.Storage.Records;

namespace Shizhang.App.Features.Exports;

/// <summary>A sheet that takes records: lines beneath each other, the record's own cells merged over them, or in csv repeated.</summary>
internal sealed class RecordSheet(IReadOnlyList<LedgerColumn> columns, CellPrinter printer, bool hasState, SheetWriter? workbook, CsvWriter? csv) : IDisposable
{
    private readonly HashSet<int> _own = [.. Enumerable.Range(0, columns.Count).Where(i => columns[i].Lines is null).Select(i => i + 1), 0, .. hasState ? [columns.Count + 1] : Array.Empty<int>()];
    private long _number;

    public static string NameOf(AskedExport asked) => asked.Sheet?.Shown ?? asked.Ledger.Shown;

    public static RecordSheet Create(Stream to, AskedExport asked, IReadOnlyList<LedgerColumn> columns, CellPrinter printer)
    {
        List<SheetColumn> shown = [new(AppText.Of["sheet_number"], SheetForm.Number, 0, 6), .. columns.Select(c => c.Shown(asked.Clear is not null))];

        // A list of the pack has the columns it has; a ledger says the state besides.
        var hasState = asked is { Sheet: null, Ledger.Workflow: not null };
        if (hasState)
        {
            shown.Add(new SheetColumn(AppText.Of["sheet_state"], SheetForm.Text));
        }

        return asked.IsCsv
            ? new RecordSheet(columns, printer, hasState, null, new CsvWriter(to, shown.Select(s => s.Heading)))
            : new RecordSheet(columns, printer, hasState, new SheetWriter(to, NameOf(asked), shown), null);
    }

    public void Write(StoredRecord record, bool isClear)
    {
        _number++;
        var rows = new object?[LedgerColumn.HeightOf(columns, record.Values)][];
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = Row(record, i, isClear);
        }

        workbook?.Write(rows, _own);
        csv?.Write(rows);
    }

    public void Dispose()
    {
        workbook?.Dispose();
        csv?.Dispose();
    }

    private object?[] Row(StoredRecord record, int line, bool isClear)
    {
        var row = new object?[columns.Count + (hasState ? 2 : 1)];
        row[0] = _number;
        for (var c = 0; c < columns.Count; c++)
        {
            row[c + 1] = printer.Print(columns[c], columns[c].ValueIn(record.Values, line), isClear);
        }

        if (hasState)
        {
            row[^1] = record.State;
        }

        return row;
    }
}
