using Shizhang.App.Texts;

namespace Shizhang.App.Features.Imports;

/// <summary>What an import says besides its numbers: other sheets, columns and rows that were left out.</summary>
internal static class ImportRemarks
{
    private const int MostRowsNamed = 10;

    public static IEnumerable<string> Of(ImportOutcome outcome)
    {
        if (outcome.OtherSheets is { } sheets)
        {
            yield return sheets;
        }

        if (outcome.Unmatched.Count > 0)
        {
            yield return AppText.Of["import_unmatched", string.Join(AppText.Of["between_choices"], outcome.Unmatched)];
        }

        foreach (var (reason, rows) in outcome.Skipped)
        {
            yield return AppText.Of[$"import_skipped_{reason}", rows.Count, Named(rows)];
        }

        if (outcome.Hidden.Count > 0)
        {
            yield return AppText.Of["import_hidden", outcome.Hidden.Count, Named(outcome.Hidden)];
        }

        if (outcome.Differing > 0)
        {
            yield return AppText.Of["import_differing", outcome.Differing];
        }
    }

    private static string Named(IReadOnlyList<int> rows) => string.Join(AppText.Of["between_choices"], rows.Take(MostRowsNamed)) + (rows.Count > MostRowsNamed ? "…" : "");
}
