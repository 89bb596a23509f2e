using System.Text;
using Shizhang.App.Texts;
using Shizhang.Core.Catalogs;
using Shizhang.Core.Records;
using Shizhang.Core.Workflows;
using Shizhang.Storage;
using Shizhang.Storage.Evidence;
using Shizhang.Storage.Journal;
using Shizhang.Storage.Records;

namespace Shizhang.App.Demo;

/// <summary>Enters drafts day by day through the write path everybody uses.</summary>
internal sealed class DemoLoader(Store store, EvidenceFiles evidence, string town, DemoClock clock)
{
    private static readonly TimeOnly Opening = new(9, 0);

    private readonly List<Task> _waiting = [];
    private readonly WorkCalendar _calendar = new(store.Catalog.Calendar);

    /// <summary>Number of writes made; drafts have their ids afterwards.</summary>
    public async Task<int> EnterAsync(DraftBook drafts, Action<int, int> progress)
    {
        var events = drafts.All.SelectMany(Events).OrderBy(e => e.On).ToList();
        for (var i = 0; i < events.Count; i++)
        {
            var (on, draft, move) = events[i];
            if (i == 0 || events[i - 1].On != on)
            {
                await FlushAsync();
                clock.Now = LocalTime.At(on, Opening);
                progress(i, events.Count);
            }

            if (draft.References.Any(r => r.Id == 0) || draft.IsWaiting || (move is not null && Draft.ReferencesIn(move.Inputs).Any(r => r.Id == 0)))
            {
                await FlushAsync();
            }

            // Files are kept before the write is queued: a demo is the same every time, its order included.
            _waiting.Add(EnterAsync(draft, move, move is null ? [] : await ProveAsync(draft, move)));
        }

        await FlushAsync();
        progress(events.Count, events.Count);
        return events.Count;
    }

    private static IEnumerable<(DateOnly On, Draft Draft, DraftMove? Move)> Events(Draft draft) =>
        draft.Moves.Select(m => (m.On, draft, (DraftMove?)m)).Prepend((draft.EnteredOn, draft, null));

    private async Task EnterAsync(Draft draft, DraftMove? move, IReadOnlyList<EvidenceFile> files)
    {
        if (move is not null)
        {
            foreach (var (field, value) in move.Inputs)
            {
                draft.Inputs[field] = value;
            }
        }

        var (values, refusals) = RecordReader.Read(draft.Ledger, Resolve(draft.Inputs));
        if (values is null)
        {
            throw new DemoScriptException(AppText.Of["demo_refused", draft.Ledger.Code, refusals[0].Path, refusals[0].Sentence]);
        }

        if (move?.Step is { } taken)
        {
            CheckStep(draft, taken, values);
            draft.State = taken.To;
        }

        var actor = new Actor(move?.Step?.By[0] ?? draft.Ledger.Owner);
        draft.IsWaiting = true;
        var outcome = move is null
            ? await store.WriteAsync(town, actor, new CreateRecord(draft.Ledger, values, draft.State))
            : await new EvidenceArchive(store).StepAsync(town, actor, new AmendRecord(draft.Ledger, draft.Id, draft.Version, values, draft.State, move.Step?.Reason is true ? move.Step.Name : null, move.Step is { } step ? Acts.Step(step.Name) : Acts.Amend), files);
        (draft.Id, draft.Version) = outcome is Written written
            ? (written.Id, written.Version)
            : throw new DemoScriptException(AppText.Of["demo_refused", draft.Ledger.Code, "", outcome]);
        draft.IsWaiting = false;
    }

    /// <summary>The evidence a step asks for: notes that say which record they belong to.</summary>
    private async Task<List<EvidenceFile>> ProveAsync(Draft draft, DraftMove move)
    {
        var files = new List<EvidenceFile>();
        for (var i = 1; i <= (move.Step?.Evidence ?? 0); i++)
        {
            var note = AppText.Of["demo_evidence", draft.Ledger.Name, draft.Id, move.Step!.Name, move.On.ToString("yyyy-MM-dd"), i];
            using var content = new MemoryStream(Encoding.UTF8.GetBytes(note));
            var (file, _) = await evidence.KeepAsync(AppText.Of["demo_evidence_name", move.Step.Name, i], content);
            files.Add(file!);
        }

        return files;
    }

    // The demo takes steps as people do, in their order and time; reasons it does not invent.
    private void CheckStep(Draft draft, Step step, RecordValues values)
    {
        var actor = new Taker(step.By[0], null, [step.By[0]]);
        var request = new StepRequest(draft.Ledger, step, draft.State, values, [], actor, LocalTime.Today(clock)) { Evidence = step.Evidence, Reason = step.Name };
        if (WorkflowEngine.Missing(request, store.Catalog, _calendar) is [var first, ..])
        {
            throw new DemoScriptException(AppText.Of["demo_refused", draft.Ledger.Code, step.Name, first.Sentence]);
        }
    }

    private static Dictionary<string, object?> Resolve(Dictionary<string, object?> inputs) => inputs.ToDictionary(i => i.Key, i => i.Value switch
    {
        Draft draft => draft.Id,
        List<Dictionary<string, object?>> lines => lines.ConvertAll(Resolve),
        var value => value,
    }, StringComparer.Ordinal);

    private async Task FlushAsync()
    {
        await Task.WhenAll(_waiting);
        _waiting.Clear();
    }
}
