using Shizhang.App.Site;
using Shizhang.Core.Catalogs;
using Shizhang.Core.Records;
using Shizhang.Storage.Accounts;
using Shizhang.Storage.Journal;
using Shizhang.Storage.Records;

namespace Shizhang.App.Features.Records;

/// <summary>One field before and after.</summary>
internal sealed record FieldChange(string Field, string Before, string After);

/// <summary>One thing done to a record: when, by whom, what, and which fields it changed.</summary>
internal sealed record RecordChange(JournalLine Line, string Who, string? State, string? Reason, IReadOnlyList<FieldChange> Fields);

/// <summary>Who changed what, field by field, newest first; personal fields masked as everywhere.</summary>
internal static class RecordHistory
{
    public static async Task<IReadOnlyList<RecordChange>> OfAsync(Visit visit, Ledger ledger, long id)
    {
        var place = visit.Place;
        var versions = (await new RecordArchive(place.Store).HistoryAsync(place.Town, ledger, id)).ToDictionary(v => v.Version);
        var lines = await new JournalReader(place.Store.Database).OfRecordAsync(place.Town, ledger.Code, id);
        var view = await RecordView.OfAsync(visit, versions.Values.Select(v => v.Values));
        var names = (await new AccountArchive(place.Store).ListAsync(place.Town)).ToDictionary(a => a.Name, a => a.Display, StringComparer.Ordinal);
        var (changes, before) = (new List<RecordChange>(), (StoredRecord?)null);
        foreach (var (line, reason) in lines)
        {
            var version = versions.GetValueOrDefault(line.Seq);
            changes.Add(new RecordChange(line, names.GetValueOrDefault(line.Actor, line.Actor), version?.State, reason, version is null ? [] : Differences(view, ledger, before?.Values, version.Values)));
            before = version ?? before;
        }

        changes.Reverse();
        return changes;
    }

    /// <summary>The fields in which two versions differ, as people read them.</summary>
    public static List<FieldChange> Differences(RecordView view, Ledger ledger, RecordValues? before, RecordValues after) =>
        [.. ledger.Fields
            .Select(f => new FieldChange(RecordView.NameOf(f), before is null ? "" : Said(view, f, before), Said(view, f, after)))
            .Where((c, i) => before is null ? c.After.Length > 0 : !before.IsSame(ledger.Fields[i], after))];

    private static string Said(RecordView view, Field field, RecordValues values) => field.IsLines
        ? string.Join('；', values.LinesOf(field).Select(line => string.Join(' ', field.Lines!.Select(f => view.Show(f, line[f]).Text).Where(t => t.Length > 0))))
        : view.Show(field, values[field]).Text;
}
