using Shizhang.App.Texts;
using Shizhang.Core.Catalogs;
using Shizhang.Core.Records.Importing;
using Shizhang.Office.Sheets;

namespace Shizhang.App.Features.Imports;

/// <summary>The rows of a refused file again, the cells at fault coloured with a remark, and a column that says what is wrong: corrected, it imports.</summary>
internal static class ErrorWorkbook
{
    public static void Write(ImportSource source, Stream to, Catalog catalog, Ledger ledger, IReadOnlyDictionary<string, string> byHand, IReadOnlyList<CellRefusal> errors)
    {
        var (file, _) = ImportFile.Open(source, catalog, ledger, byHand);
        using (file)
        {
            var map = file!.Map;
            var byRow = errors.GroupBy(e => e.Row).ToDictionary(g => g.Key, g => g.ToList());
            using var sheet = new SheetWriter(to, ledger.Name, [.. map.Headings.Select(h => new SheetColumn(h, SheetForm.Text, 0, 16)), new SheetColumn(AppText.Of["import_errors_heading"], SheetForm.Text, 0, 60)]);
            foreach (var row in file.Rows())
            {
                var wrong = byRow.GetValueOrDefault(row.Number) ?? [];
                var cells = new object?[map.Headings.Count + 1];
                for (var i = 0; i < map.Headings.Count; i++)
                {
                    var value = Plain(row[i]);
                    var sentences = wrong.Where(e => e.Column == i).Select(e => e.Sentence).ToList();
                    cells[i] = sentences.Count > 0 ? new MarkedCell(value, string.Join('\n', sentences)) : value;
                }

                cells[^1] = wrong.Count == 0 ? null : string.Join('\n', wrong.Select(e => $"{e.Heading}: {e.Sentence}"));
                sheet.Write(cells);
            }
        }
    }

    private static object? Plain(object? cell) => cell switch
    {
        CellFault => null,
        CodedNumber coded => coded.Text,
        DateTime time => DateOnly.FromDateTime(time).ToString("yyyy-MM-dd"),
        TimeSpan time => time.ToString(),
        bool yes => AppText.Of[yes ? "yes" : "no"],
        _ => cell,
    };
}
