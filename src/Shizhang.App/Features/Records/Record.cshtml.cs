using Microsoft.AspNetCore.Mvc;
using Shizhang.App.Access;
using Shizhang.App.Features.Evidence;
using Shizhang.App.Features.Steps;
using Shizhang.App.Site;
using Shizhang.App.Texts;
using Shizhang.Core.Catalogs;
using Shizhang.Storage.Evidence;
using Shizhang.Storage.Journal;
using Shizhang.Storage.Records;

namespace Shizhang.App.Features.Records;

/// <summary>Records of another ledger that refer to this one: through which field, how many.</summary>
internal sealed record Referring(Ledger Ledger, Field Field, long Count);

[Needs(Right.ReadLedger)]
internal sealed class RecordPageModel : SitePage
{
    public override Room Room => Room.Ledgers;

    [BindProperty(SupportsGet = true, Name = "id")]
    public long Id { get; set; }

    public Ledger Ledger => Visit.Ledger!;

    public StoredRecord Record { get; private set; } = null!;

    public RecordView View { get; private set; } = null!;

    public IReadOnlyList<OfferedStep> Steps { get; private set; } = [];

    public IReadOnlyList<KeptEvidence> Evidence { get; private set; } = [];

    public IReadOnlyList<RecordChange> History { get; private set; } = [];

    public IReadOnlyList<Referring> Referring { get; private set; } = [];

    /// <summary>Who withdrew the record, when and why; null while it lives.</summary>
    public RecordChange? Withdrawn { get; private set; }

    public List<string> Refusals { get; } = [];

    public string Unit => (string?)Record.Values[Ledger.Unit] ?? "";

    public bool HasPersonal => Ledger.Fields.Any(f => f.Personal || f.Lines?.Any(l => l.Personal) is true);

    public bool MayAmend => Withdrawn is null && Access.RefusalToRecord(Ledger, Unit) is null && Ledger.Workflow?.IsEnd(Record.State) is not true;

    /// <summary>Evidence is given by whoever amends the record or takes its next step.</summary>
    public bool MayGive => MayAmend || Steps.Any(s => !s.IsForOthers);

    public async Task<IActionResult> OnGetAsync() => await LoadAsync() ? Page() : Nothing();

    /// <summary>Shows personal fields in clear, once, on this answer: journalled with the reason before anything is shown.</summary>
    public async Task<IActionResult> OnPostShowAsync(string? reason)
    {
        if (!await LoadAsync())
        {
            return Nothing();
        }

        if (Access.RefusalToShow(Ledger, Unit, reason) is { } denied)
        {
            Refusals.Add(denied);
            return Page();
        }

        await new Disclosure(Place.Store).WriteAsync(Place.Town, Visit.Actor, Ledger, Id, reason!);
        View = await RecordView.OfAsync(Visit, [Record.Values], isClear: true);
        return Page();
    }

    public async Task<IActionResult> OnPostEvidenceAsync(List<IFormFile> files)
    {
        if (!await LoadAsync() || Withdrawn is not null)
        {
            return Nothing();
        }

        if (!MayGive)
        {
            Refusals.Add(Access.RefusalToRecord(Ledger, Unit) ?? AppText.Of["record_ended", Record.State]);
            return Page();
        }

        var (kept, refusals) = await GivenFile.KeepAsync(Place, files.Select(f => new GivenFile(f.FileName, f.OpenReadStream)));
        if (kept.Count > 0)
        {
            await new EvidenceArchive(Place.Store).AddAsync(Place.Town, Visit.Actor, Ledger, Id, kept);
        }

        Refusals.AddRange(refusals);
        if (Refusals.Count > 0)
        {
            await LoadAsync();
            return Page();
        }

        Notice(AppText.Of["evidence_kept", kept.Count]);
        return Go($"/ledgers/{Ledger.Code}/{Id}");
    }

    public async Task<IActionResult> OnPostVoidAsync(long version, string? reason)
    {
        if (!await LoadAsync() || Withdrawn is not null)
        {
            return Nothing();
        }

        var outcome = await new RecordWork(Place).VoidAsync(Access, Visit.Actor, Ledger, Id, version, reason);
        if (outcome.Version is null)
        {
            Refusals.AddRange(outcome.Refusals.Select(r => r.Sentence));
            if (outcome.Conflict is { } now)
            {
                Refusals.Add(AppText.Of["version_stale", version, now]);
            }

            return Page();
        }

        Notice(AppText.Of["record_voided", View.TitleOf(Record)]);
        return Go($"/ledgers/{Ledger.Code}");
    }

    public async Task<IActionResult> OnGetFileAsync(string hash)
    {
        if (!await LoadAsync() || Evidence.FirstOrDefault(e => e.File.Hash == hash) is not { File: var file } || !System.IO.File.Exists(Place.Evidence.PathOf(file.Hash)))
        {
            return Nothing();
        }

        // Pictures and PDF open beside the record; all else is saved, so that nothing runs in this site's name.
        var (type, isShown) = EvidenceType.Of(file.Name);
        Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        return isShown ? PhysicalFile(Path.GetFullPath(Place.Evidence.PathOf(file.Hash)), type) : PhysicalFile(Path.GetFullPath(Place.Evidence.PathOf(file.Hash)), type, file.Name);
    }

    private async Task<bool> LoadAsync()
    {
        if (Visit.Ledger is null || await FindAsync() is not { } found)
        {
            return false;
        }

        Record = found;
        if (!Access.Sees(Ledger, Record.Values))
        {
            return false;
        }

        View = await RecordView.OfAsync(Visit, [found.Values]);
        Steps = found.Gone is null ? await new StepWork(Place).OfferedAsync(Access, found) : [];
        Evidence = await new EvidenceArchive(Place.Store).OfAsync(Place.Town, Ledger, Id);
        History = await RecordHistory.OfAsync(Visit, Ledger, Id);
        Withdrawn = found.Gone is null ? null : History.FirstOrDefault(c => c.Line.Act == Acts.Void);
        Referring = await ReferringAsync();
        return true;
    }

    // No list has a withdrawn record, but whoever has its address reads what it was and who withdrew it.
    private async Task<StoredRecord?> FindAsync()
    {
        var archive = new RecordArchive(Place.Store);
        return await archive.FindAsync(Place.Town, Ledger, Id) ?? (await archive.HistoryAsync(Place.Town, Ledger, Id)).LastOrDefault();
    }

    private async Task<IReadOnlyList<Referring>> ReferringAsync()
    {
        var counts = await new RecordReferrers(Place.Store).CountAsync(Place.Town, Ledger, Id, Access.Units, Access.Visible);
        return [.. counts.Select(c => new Referring(c.Ledger, c.Field, c.Count))];
    }
}
