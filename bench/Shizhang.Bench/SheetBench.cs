using System.Diagnostics;
using Shizhang.Core.Records.Importing;
using Shizhang.Office.Sheets;
using Shizhang.Storage.Records;

namespace Shizhang.Bench;

/// <summary>Rows per second of a spreadsheet of 100,000 rows: written, opened and scanned, read into records, and recorded in one transaction.</summary>
internal static class SheetBench
{
    private const int Rows = 100_000;

    public static async Task RunAsync(Target target)
    {
        var ledger = target.Store.Catalog.Ledgers["work"];
        var path = Path.Combine(Path.GetTempPath(), $"shizhang-bench-{Guid.NewGuid():N}.xlsx");
        try
        {
            var watch = Stopwatch.StartNew();
            Write(path);
            Say("xlsx out", watch, "");

            watch.Restart();
            var (reader, _) = SheetReader.Open(path);
            using (reader)
            {
                var raw = reader!.Rows().Count();
                Console.WriteLine($"    of which opening and reading cells: {raw / watch.Elapsed.TotalSeconds:n0} rows/s");
            }

            watch.Restart();
            var records = Read(target, path);
            Say("xlsx in, read into records", watch, " (at least 20,000)");

            watch.Restart();
            var written = await target.Store.WriteAsync(BenchPack.Town, new Actor("bench"), [.. records.Select(r => new CreateRecord(ledger, r.Values!))]);
            Say($"{target.Name}: recorded in one transaction", watch, " (at least 10,000)");
            Console.WriteLine($"    {written.Count(w => w is Written):n0} records, peak memory {Process.GetCurrentProcess().PeakWorkingSet64 / 1024 / 1024} MB");
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static void Say(string what, Stopwatch watch, string wanted) => Console.WriteLine($"(f) {what}: {Rows / watch.Elapsed.TotalSeconds:n0} rows/s{wanted}");

    private static void Write(string path)
    {
        using var file = File.Create(path);
        using var sheet = new SheetWriter(file, "work",
        [
            new("done_on", SheetForm.Date), new("village", SheetForm.Text), new("kind", SheetForm.Text), new("result", SheetForm.Text),
            new("people", SheetForm.Number), new("cost", SheetForm.Money), new("note", SheetForm.Text),
        ]);
        string[] kinds = ["修路", "会议", "植树"];
        for (var i = 0; i < Rows; i++)
        {
            sheet.Write([new DateOnly(2016, 1, 1).AddDays(i % 1000), $"v{i % 12}", kinds[i % 3], "完成", (long)(i % 40), 1234.56m + i, $"办理情况说明{i}"]);
        }
    }

    private static List<ImportedRecord> Read(Target target, string path)
    {
        var ledger = target.Store.Catalog.Ledgers["work"];
        var tree = new Core.Records.UnitTree(Enumerable.Range(0, 12).Select(i => new Core.Records.Unit($"v{i}", $"v{i}", "village", null, null, null, null)));
        using var reader = SheetReader.Open(path).Reader!;
        var rows = reader.Rows().GetEnumerator();
        rows.MoveNext();
        var map = new HeadingReader(ledger, new HashSet<string>()).Find([rows.Current])!;
        return [.. new RowReader(ledger, map, new CellReader(new KnownNames(tree), new HashSet<string>(), new DateOnly(2026, 11, 25))).Read(Rest(rows))];
    }

    private static IEnumerable<SheetRow> Rest(IEnumerator<SheetRow> rows)
    {
        while (rows.MoveNext())
        {
            yield return rows.Current;
        }
    }
}
