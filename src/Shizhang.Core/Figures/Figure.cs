using Shizhang.Core.Catalogs;

namespace Shizhang.Core.Figures;

/// <summary>
/// The answer to an indicator for one unit and period, as of one moment. <see cref="Value"/> is in the indicator's measure at
/// full precision, null when there is none (a ratio over 0); <see cref="Records"/> the number of records it counts;
/// <see cref="Unit"/> the unit asked for; <see cref="AsOf"/> the journal number.
/// </summary>
public sealed record Figure(Indicator Indicator, decimal? Value, long Records, Period Period, string Unit, long AsOf);

/// <summary>One record behind a figure. <see cref="Amount"/> is what it adds: 1 for a count, else a number of lines or a value.</summary>
public sealed record CountedRecord(string Ledger, long Id, long Version, DateOnly? Date, string? Unit, decimal? Amount, string Title);

/// <summary>The digest of the records a figure counts: SM3 over ledger, id and version of each, in their order.</summary>
public static class CountedRecords
{
    public static string Digest(IEnumerable<CountedRecord> records)
    {
        var text = new System.Text.StringBuilder();
        foreach (var record in records.OrderBy(r => r.Ledger, StringComparer.Ordinal).ThenBy(r => r.Id))
        {
            text.Append(record.Ledger).Append('/').Append(record.Id).Append('@').Append(record.Version).Append('\n');
        }

        return Sm3.Hex(System.Text.Encoding.UTF8.GetBytes(text.ToString()));
    }
}
