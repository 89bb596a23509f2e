using Shizhang.App.Access;
using Shizhang.App.Features.Workplaces;
using Shizhang.App.Texts;
using Shizhang.Core.Catalogs;
using Shizhang.Core.Filters;
using Shizhang.Office.Sheets;
using Shizhang.Storage;
using Shizhang.Storage.Records;

namespace Shizhang.App.Features.Exports;

/// <summary>Writes the records of a ledger as a spreadsheet, a page at a time: as filtered, at the units the account reaches, personal facts masked.</summary>
internal sealed class ExportWork(Workplace place, TimeProvider clock)
{
    public static bool IsKnown(string path) => Path.GetExtension(path).ToLowerInvariant() is ".xlsx" or ".csv";

    /// <summary>The number of records written, or why none were; then no file is left behind.</summary>
    public async Task<(long? Records, string? Refusal)> RunAsync(AccessRules access, Ledger ledger, string? where, string? named, string path, Action<long> progress)
    {
        if (access.RefusalToRead(ledger) is { } denied)
        {
            return (null, denied);
        }

        var (filter, refusal) = where is null ? default : new FilterReader(ledger.Fields, ledger.Workflow?.States).Read(where);
        if (refusal is not null)
        {
            return (null, refusal);
        }

        var today = LocalTime.Today(clock);
        var (columns, unknown) = named is null ? (LedgerColumn.Of(ledger), null) : LedgerColumn.Named(ledger, named);
        if (unknown is not null)
        {
            return (null, AppText.Of["export_no_column", ledger.Name, unknown]);
        }

        var printer = await CellPrinter.LoadAsync(place, columns, access.Tree, today);
        var part = path + ".part";
        try
        {
            var written = 0L;
            using (var file = new FileStream(part, FileMode.Create, FileAccess.Write))
            using (var sheet = RecordSheet.Create(file, path, ledger, columns, printer))
            {
                await new RecordArchive(place.Store).StreamAsync(place.Town, ledger, today, Within(filter, ledger, access), some =>
                {
                    foreach (var record in some)
                    {
                        sheet.Write(record);
                    }

                    progress(written += some.Count);
                    return Task.CompletedTask;
                });
            }

            File.Move(part, path, overwrite: true);
            return (written, null);
        }
        finally
        {
            File.Delete(part);
        }
    }

    /// <summary>What was asked, at the units the account reads, without what is kept from it.</summary>
    private static Filter? Within(Filter? filter, Ledger ledger, AccessRules access)
    {
        var within = access.Units(ledger) is { } units ? new In(new FieldOperand(ledger.Unit), [.. units.Select(u => new Literal(u))], Negated: false) : null;
        return new[] { filter, within, access.Visible(ledger) }.OfType<Filter>().Aggregate((Filter?)null, (all, one) => all is null ? one : new And(all, one));
    }
}

/// <summary>A sheet that takes records: lines beneath each other, the record's own cells merged over them, or in csv repeated.</summary>
internal sealed class RecordSheet(IReadOnlyList<LedgerColumn> columns, CellPrinter printer, bool hasState, SheetWriter? workbook, CsvWriter? csv) : IDisposable
{
    private readonly HashSet<int> _own = [.. Enumerable.Range(0, columns.Count).Where(i => columns[i].Lines is null).Select(i => i + 1), 0, .. hasState ? [columns.Count + 1] : Array.Empty<int>()];
    private long _number;

    public static RecordSheet Create(Stream to, string path, Ledger ledger, IReadOnlyList<LedgerColumn> columns, CellPrinter printer)
    {
        List<SheetColumn> shown = [new(AppText.Of["sheet_number"], SheetForm.Number, 0, 6), .. columns.Select(c => c.Shown())];
        var hasState = ledger.Workflow is not null;
        if (hasState)
        {
            shown.Add(new SheetColumn(AppText.Of["sheet_state"], SheetForm.Text));
        }

        return Path.GetExtension(path).Equals(".csv", StringComparison.OrdinalIgnoreCase)
            ? new RecordSheet(columns, printer, hasState, null, new CsvWriter(to, shown.Select(s => s.Heading)))
            : new RecordSheet(columns, printer, hasState, new SheetWriter(to, ledger.Name, shown), null);
    }

    public void Write(StoredRecord record)
    {
        _number++;
        var height = Math.Max(1, columns.Select(c => c.Lines).OfType<Field>().Distinct().Select(l => record.Values.LinesOf(l).Count).DefaultIfEmpty(1).Max());
        var rows = new object?[height][];
        for (var i = 0; i < height; i++)
        {
            rows[i] = Row(record, i);
        }

        workbook?.Write(rows, _own);
        csv?.Write(rows);
    }

    public void Dispose()
    {
        workbook?.Dispose();
        csv?.Dispose();
    }

    private object?[] Row(StoredRecord record, int line)
    {
        var row = new object?[columns.Count + (hasState ? 2 : 1)];
        row[0] = _number;
        for (var c = 0; c < columns.Count; c++)
        {
            var (lines, field) = (columns[c].Lines, columns[c].Field);
            var values = lines is null ? record.Values : record.Values.LinesOf(lines) is var all && line < all.Count ? all[line] : null;
            row[c + 1] = printer.Print(columns[c], values?[field]);
        }

        if (hasState)
        {
            row[^1] = record.State;
        }

        return row;
    }
}
