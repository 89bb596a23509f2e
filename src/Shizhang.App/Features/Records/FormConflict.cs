using Shizhang.App.Site;
using Shizhang.Storage.Records;

namespace Shizhang.App.Features.Records;

/// <summary>What somebody else changed since a form was opened, and beside it what stands in the form.</summary>
internal sealed record FormConflict(long Version, IReadOnlyList<FieldChange> Theirs, IReadOnlyDictionary<string, string> Mine)
{
    public static async Task<FormConflict> OfAsync(Visit visit, RecordForm form, StoredRecord current, long seen)
    {
        var ledger = current.Ledger;
        var versions = await new RecordArchive(visit.Place.Store).HistoryAsync(visit.Place.Town, ledger, current.Id);
        if (versions.Find(v => v.Version == seen) is not { } before)
        {
            return new FormConflict(current.Version, [], new Dictionary<string, string>());
        }

        var view = await RecordView.OfAsync(visit, [before.Values, current.Values]);
        return new FormConflict(
            current.Version,
            RecordHistory.Differences(view, ledger, before.Values, current.Values),
            form.Fields.Where(f => !f.IsChild).DistinctBy(RecordView.NameOf).ToDictionary(RecordView.NameOf, f => form.Inputs.Text(f.Code), StringComparer.Ordinal));
    }
}
