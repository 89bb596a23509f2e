using Shizhang.App.Access;
using Shizhang.App.Features.Workplaces;
using Shizhang.App.Texts;
using Shizhang.Core.Catalogs;
using Shizhang.Core.Records;
using Shizhang.Storage.Desks;
using Shizhang.Storage.Records;

namespace Shizhang.App.Features.Records;

/// <summary>What became of a record that was entered: its id and version, or why not. A conflict names the version that stands.</summary>
internal sealed record RecordOutcome(long? Id, long? Version, IReadOnlyList<FieldRefusal> Refusals, long? Conflict = null);

/// <summary>Enters, amends and withdraws records: the one way from what somebody typed or sent to a version.</summary>
internal sealed class RecordWork(Workplace place)
{
    public async Task<RecordOutcome> CreateAsync(AccessRules access, Actor actor, Ledger ledger, IReadOnlyDictionary<string, object?> inputs, AskedOnce? once = null)
    {
        var (values, refusals) = RecordReader.Read(ledger, inputs);
        return values is null ? new RecordOutcome(null, null, refusals)
            : access.RefusalToRecord(ledger, UnitOf(ledger, values)) is { } denied ? Refuse(ledger.Unit.Code, denied)
            : await WriteAsync(actor, new CreateRecord(ledger, values, ledger.Workflow?.Start), once);
    }

    /// <summary>Changes the fields named; what has come to its end is only opened again by a step.</summary>
    public async Task<RecordOutcome> AmendAsync(AccessRules access, Actor actor, Ledger ledger, long id, long version, IReadOnlyDictionary<string, object?> inputs, AskedOnce? once = null)
    {
        if (await new RecordArchive(place.Store).FindAsync(place.Town, ledger, id) is not { } record || !access.Sees(ledger, record.Values))
        {
            return Refuse("", AppText.Of["record_unknown", ledger.Code, id]);
        }

        if (access.RefusalToRecord(ledger, UnitOf(ledger, record.Values)) is { } denied)
        {
            return Refuse("", denied);
        }

        if (ledger.Workflow?.IsEnd(record.State) is true)
        {
            return Refuse("", AppText.Of["record_ended", ledger.Workflow.Shown(record.State!)]);
        }

        if (record.Version != version)
        {
            return new RecordOutcome(id, null, [], record.Version);
        }

        var (values, refusals) = RecordReader.Change(ledger, record.Values, inputs);
        return values is null ? new RecordOutcome(id, null, refusals)
            : access.RefusalToRecord(ledger, UnitOf(ledger, values)) is { } elsewhere ? Refuse(ledger.Unit.Code, elsewhere)
            : await WriteAsync(actor, new AmendRecord(ledger, id, version, values, record.State), once);
    }

    public async Task<RecordOutcome> VoidAsync(AccessRules access, Actor actor, Ledger ledger, long id, long version, string? reason)
    {
        if (await new RecordArchive(place.Store).FindAsync(place.Town, ledger, id) is not { } record || !access.Sees(ledger, record.Values))
        {
            return Refuse("", AppText.Of["record_unknown", ledger.Code, id]);
        }

        return access.RefusalToRecord(ledger, UnitOf(ledger, record.Values)) is { } denied ? Refuse("", denied)
            : string.IsNullOrWhiteSpace(reason) ? Refuse("reason", AppText.Of["reason_needed"])
            : ledger.Workflow?.IsEnd(record.State) is true ? Refuse("", AppText.Of["record_ended", ledger.Workflow.Shown(record.State!)])
            : await WriteAsync(actor, new VoidRecord(ledger, id, version, reason));
    }

    /// <summary>What the database refused, in sentences with the path of each field.</summary>
    public static IReadOnlyList<FieldRefusal> Explain(RecordWrite write, WriteOutcome outcome) => outcome switch
    {
        Refused refused => [.. refused.Refusals.Select(r => new FieldRefusal(r.Path, AppText.Of[$"refusal_{r.Kind}", NameOf(write.Ledger, r.Path), r.Value]))],
        KeyTaken => [new FieldRefusal("Idempotency-Key", AppText.Of["key_taken"])],
        Conflict conflict => [new FieldRefusal("", AppText.Of["version_stale", (write as AmendRecord)?.Version, conflict.Current])],
        _ => [new FieldRefusal("", AppText.Of["record_unknown", write.Ledger.Code, (write as AmendRecord)?.Id ?? (write as VoidRecord)?.Id])],
    };

    /// <summary>The name of a field by its path: <c>attendance[3].member</c>.</summary>
    public static string NameOf(Ledger ledger, string path)
    {
        var parts = path.Split('.', 2);
        var field = ledger.Fields.Find(parts[0].Split('[')[0]);
        return (field, parts) switch
        {
            (null, _) => path,
            ({ Lines: { } lines }, [_, var inner]) when lines.Find(inner) is { } found => $"{field.Shown}·{found.Shown}",
            _ => field.Shown,
        };
    }

    private async Task<RecordOutcome> WriteAsync(Actor actor, RecordWrite write, AskedOnce? once = null) => await (once is null
        ? place.Store.WriteAsync(place.Town, actor, write)
        : new AnswerArchive(place.Store).WriteAsync(place.Town, actor, write, once)) switch
    {
        Written written => new RecordOutcome(written.Id, written.Version, []),
        Conflict conflict => new RecordOutcome((write as AmendRecord)?.Id, null, [], conflict.Current),
        var other => new RecordOutcome(null, null, Explain(write, other)),
    };

    private static string UnitOf(Ledger ledger, RecordValues values) => (string?)values[ledger.Unit] ?? "";

    private static RecordOutcome Refuse(string path, string sentence) => new(null, null, [new FieldRefusal(path, sentence)]);
}
