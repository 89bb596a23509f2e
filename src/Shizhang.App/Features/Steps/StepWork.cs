using Shizhang.App.Access;
using Shizhang.App.Features.Evidence;
using Shizhang.App.Features.Records;
using Shizhang.App.Features.Workplaces;
using Shizhang.App.Texts;
using Shizhang.Core.Catalogs;
using Shizhang.Core.Records;
using Shizhang.Core.Workflows;
using Shizhang.Storage.Evidence;
using Shizhang.Storage.Journal;
using Shizhang.Storage.Records;
using Shizhang.Storage.Rules;

namespace Shizhang.App.Features.Steps;

/// <summary>A step as somebody asks for it.</summary>
internal sealed record AskedStep(Ledger Ledger, long Id, string Step, IReadOnlyDictionary<string, object?> Changes, IReadOnlyList<GivenFile> Evidence, string? Reason, long? Version);

/// <summary>The version a step made, or every reason why it was not taken; then nothing changed.</summary>
internal sealed record StepOutcome(long? Version, string? State, IReadOnlyList<FieldRefusal> Refusals);

/// <summary>A step that leaves a record's state, and what is missing for it as the record stands.</summary>
internal sealed record OfferedStep(Step Step, IReadOnlyList<MissingCondition> Missing)
{
    /// <summary>Somebody else takes it: not even with everything filled in may this account.</summary>
    public bool IsForOthers => Missing.Any(m => m.Kind is MissingKind.Role or MissingKind.Duties);
}

/// <summary>Takes steps of workflows: everything that is missing is said at once, and what is taken is one journalled version.</summary>
internal sealed class StepWork(Workplace place)
{
    private readonly WorkCalendar _calendar = new(place.Catalog.Calendar);

    public async Task<StepOutcome> TakeAsync(AccessRules access, Actor actor, AskedStep asked)
    {
        if (asked.Ledger.Workflow?.Steps.GetValueOrDefault(asked.Step) is not { } step)
        {
            return Refuse(AppText.Of["step_unknown", asked.Ledger.Shown, asked.Step, Core.Texts.Text.List(asked.Ledger.Workflow?.Steps.Keys ?? [])]);
        }

        if (await new RecordArchive(place.Store).FindAsync(place.Town, asked.Ledger, asked.Id) is not { } record
            || !access.Sees(asked.Ledger, record.Values))
        {
            return Refuse(AppText.Of["record_unknown", asked.Ledger.Code, asked.Id]);
        }

        if (asked.Version is { } seen && seen != record.Version)
        {
            return Refuse(AppText.Of["version_stale", seen, record.Version]);
        }

        var (values, refusals) = RecordReader.Change(asked.Ledger, record.Values, asked.Changes);
        if (values is null)
        {
            return new StepOutcome(null, null, refusals);
        }

        if (Beyond(access, asked.Ledger, step, record.Values, values) is { Count: > 0 } beyond)
        {
            return new StepOutcome(null, null, beyond);
        }

        var (files, unfit) = await GivenFile.KeepAsync(place, asked.Evidence);
        var request = await RequestAsync(access, record, step, values, files.Count, asked.Reason);
        List<FieldRefusal> missing =
        [
            .. unfit.Select(sentence => new FieldRefusal("", sentence)),
            .. WorkflowEngine.Missing(request, place.Catalog, _calendar).Select(m => new FieldRefusal(m.Path ?? "", m.Sentence)),
        ];
        if (missing.Count > 0)
        {
            return new StepOutcome(null, null, missing);
        }

        var write = new AmendRecord(asked.Ledger, asked.Id, record.Version, values, step.To, string.IsNullOrWhiteSpace(asked.Reason) ? null : asked.Reason, Acts.Step(step.Name));
        var outcome = await new EvidenceArchive(place.Store).StepAsync(place.Town, actor, write, files);
        return outcome is Written written ? new StepOutcome(written.Version, step.To, []) : new StepOutcome(null, null, RecordWork.Explain(write, outcome));
    }

    /// <summary>The steps that leave the record's state, each with what is missing.</summary>
    public async Task<IReadOnlyList<OfferedStep>> OfferedAsync(AccessRules access, StoredRecord record)
    {
        var offered = new List<OfferedStep>();
        foreach (var step in record.State is { } state ? record.Ledger.Workflow?.From(state) ?? [] : [])
        {
            var request = await RequestAsync(access, record, step, record.Values, 0, reason: null);
            offered.Add(new OfferedStep(step, WorkflowEngine.Missing(request, place.Catalog, _calendar)));
        }

        return offered;
    }

    /// <summary>
    /// What a step does not ask for is an amendment, and wants the right to make one, where the record is and where it would go; who
    /// may not take the step is never changed by taking it.
    /// </summary>
    private static List<FieldRefusal> Beyond(AccessRules access, Ledger ledger, Step step, RecordValues before, RecordValues after)
    {
        var asked = WorkflowEngine.Asked(ledger, step);
        return [.. ledger.Fields.Where(f => !before.IsSame(f, after) && !asked.Contains(f)).Select(f => (Field: f, Sentence: RefusalTo(f))).Where(r => r.Sentence is not null).Select(r => new FieldRefusal(r.Field.Code, r.Sentence!))];

        string? RefusalTo(Field field) => step.NotBy.Contains(field.Code) ? AppText.Of["step_settled", step.Name, field.Name]
            : (access.RefusalToRecord(ledger, UnitOf(ledger, before)) ?? access.RefusalToRecord(ledger, UnitOf(ledger, after))) is { } denied ? AppText.Of["step_beyond", step.Name, field.Name, denied]
            : null;
    }

    private async Task<StepRequest> RequestAsync(AccessRules access, StoredRecord record, Step step, RecordValues values, int added, string? reason)
    {
        var past = await StateHistory.OfAsync(place.Store, place.Town, record.Ledger, record.Id);
        var kept = await new EvidenceArchive(place.Store).OfAsync(place.Town, record.Ledger, record.Id);
        var arrived = WorkflowEngine.Arrival(past)?.Version ?? 0;
        return new StepRequest(record.Ledger, step, record.State, values, past, access.Taker(UnitOf(record.Ledger, record.Values)), access.Day)
        {
            Before = record.Values,

            // Evidence given before the record came to its state belongs to what was before.
            Evidence = kept.Count(k => k.Seq > arrived) + added,
            Reason = reason,
            BrokenRule = record.Ledger.Workflow!.IsEnd(step.To) ? await BrokenRuleAsync(record.Ledger, values) : null,
        };
    }

    /// <summary>What the rule that a record keeps says now; null when it holds or none is kept.</summary>
    private async Task<string?> BrokenRuleAsync(Ledger ledger, RecordValues values)
    {
        if (ledger.Workflow?.Keeps is not { } keeps || values[keeps] is not string code)
        {
            return null;
        }

        if (!place.Catalog.Rules.TryGetValue(code, out var kept))
        {
            return AppText.Of["rule_unknown", code];
        }

        var engine = new AlertEngine(place.Store);
        var alerts = await engine.RunAsync((await engine.ScopeAsync(place.Town))!, [kept]);
        return alerts.Count > 0 ? $"{alerts[0].Rule.Said} {alerts[0].Message}" : null;
    }

    private static string UnitOf(Ledger ledger, RecordValues values) => (string?)values[ledger.Unit] ?? "";

    private static StepOutcome Refuse(string sentence) => new(null, null, [new FieldRefusal("", sentence)]);
}
