using System.Text.Json;
using Shizhang.App.Access;
using Shizhang.App.Features.Workplaces;
using Shizhang.App.Texts;
using Shizhang.Core.Catalogs;
using Shizhang.Core.Records;
using Shizhang.Core.Rules;
using Shizhang.Core.Workflows;
using Shizhang.Storage;
using Shizhang.Storage.Accounts;
using Shizhang.Storage.Evidence;
using Shizhang.Storage.Journal;
using Shizhang.Storage.Records;
using Shizhang.Storage.Rules;

namespace Shizhang.App.Features.Steps;

/// <summary>A step as somebody asks for it.</summary>
internal sealed record AskedStep(Ledger Ledger, long Id, string Step, IReadOnlyDictionary<string, object?> Changes, IReadOnlyList<string> Evidence, string? Reason, long? Version);

/// <summary>The version a step made, or every reason why it was not taken; then nothing changed.</summary>
internal sealed record StepOutcome(long? Version, string? State, IReadOnlyList<string> Refusals);

/// <summary>Takes steps of workflows: everything that is missing is said at once, and what is taken is one journalled version.</summary>
internal sealed class StepWork(Workplace place, TimeProvider clock)
{
    private readonly WorkCalendar _calendar = new(place.Catalog.Calendar);

    public async Task<StepOutcome> TakeAsync(Account account, AskedStep asked)
    {
        if (asked.Ledger.Workflow?.Steps.GetValueOrDefault(asked.Step) is not { } step)
        {
            return Refuse(AppText.Of["step_unknown", asked.Ledger.Name, asked.Step, string.Join('、', asked.Ledger.Workflow?.Steps.Keys ?? [])]);
        }

        if (await new RecordArchive(place.Store).FindAsync(place.Town, asked.Ledger, asked.Id) is not { } record
            || AccessRules.IsConcealed(account, asked.Ledger, record.Values, await UnitReader.ReadAsync(place.Store, place.Town), LocalTime.Today(clock)))
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
            return new StepOutcome(null, null, [.. refusals.Select(r => $"{NameOf(asked.Ledger, r.Path)}: {r.Sentence}")]);
        }

        var (files, unfit) = await KeepAsync(asked.Evidence);
        var request = await RequestAsync(account, asked, step, record, values, files.Count);
        List<string> missing = [.. unfit, .. WorkflowEngine.Missing(request, place.Catalog, _calendar).Select(m => m.Sentence)];
        if (missing.Count > 0)
        {
            return new StepOutcome(null, null, missing);
        }

        var write = new AmendRecord(asked.Ledger, asked.Id, record.Version, values, step.To, string.IsNullOrWhiteSpace(asked.Reason) ? null : asked.Reason, Acts.Step(step.Name));
        return await new EvidenceArchive(place.Store).StepAsync(place.Town, new Actor(account.Name), write, files) switch
        {
            Written written => new StepOutcome(written.Version, step.To, []),
            Conflict conflict => Refuse(AppText.Of["version_stale", record.Version, conflict.Current]),
            Refused refused => new StepOutcome(null, null, [.. refused.Refusals.Select(r => AppText.Of[$"refusal_{r.Kind}", NameOf(asked.Ledger, r.Path), r.Value])]),
            _ => Refuse(AppText.Of["record_unknown", asked.Ledger.Code, asked.Id]),
        };
    }

    private async Task<StepRequest> RequestAsync(Account account, AskedStep asked, Step step, StoredRecord record, RecordValues values, int added)
    {
        var today = LocalTime.Today(clock);
        var past = await StateHistory.OfAsync(place.Store, place.Town, asked.Ledger, asked.Id);
        var kept = await new EvidenceArchive(place.Store).OfAsync(place.Town, asked.Ledger, asked.Id);
        var arrived = await ArrivedAsync(asked.Ledger, asked.Id);
        var tree = await UnitReader.ReadAsync(place.Store, place.Town);
        var unit = (string?)values[asked.Ledger.Unit] ?? "";
        return new StepRequest(asked.Ledger, step, record.State, values, past, AccessRules.Taker(account, tree, unit, today), today)
        {
            Evidence = kept.Count(k => k.Seq > arrived) + added,
            Reason = asked.Reason,
            BrokenRule = await BrokenRuleAsync(asked.Ledger, values),
        };
    }

    /// <summary>The version by which the record came to its state: evidence given before belongs to what was before.</summary>
    private async Task<long> ArrivedAsync(Ledger ledger, long id)
    {
        var versions = await new RecordArchive(place.Store).HistoryAsync(place.Town, ledger, id);
        var first = versions.Count - 1;
        while (first > 0 && versions[first - 1].State == versions[first].State)
        {
            first--;
        }

        return first < 0 ? 0 : versions[first].Version;
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
        return alerts.Count > 0 ? Sentence(alerts[0]) : null;
    }

    private static string Sentence(Alert alert) => $"{alert.Rule.Message} {alert.Message}";

    private async Task<(List<EvidenceFile> Files, List<string> Refusals)> KeepAsync(IReadOnlyList<string> paths)
    {
        var (files, refusals) = (new List<EvidenceFile>(), new List<string>());
        foreach (var path in paths)
        {
            var (file, refusal) = await place.Evidence.KeepAsync(path);
            if (file is not null)
            {
                files.Add(file);
            }
            else
            {
                refusals.Add(AppText.Of[$"evidence_{refusal}", path, EvidenceFiles.MostBytes / 1024 / 1024, string.Join(' ', EvidenceFiles.Extensions)]);
            }
        }

        return (files, refusals);
    }

    private static string NameOf(Ledger ledger, string path) => ledger.Fields.Find(path.Split('[', '.')[0])?.Name ?? path;

    private static StepOutcome Refuse(string sentence) => new(null, null, [sentence]);

    /// <summary>Reads <c>k=v</c>; lines are given as JSON: <c>measures=[{"content":"…"}]</c>.</summary>
    public static (Dictionary<string, object?> Changes, string? Refusal) ReadChanges(IEnumerable<string> words)
    {
        var changes = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var word in words)
        {
            var at = word.IndexOf('=', StringComparison.Ordinal);
            if (at < 1)
            {
                return ([], AppText.Of["bad_set", word]);
            }

            var (key, value) = (word[..at].Trim(), word[(at + 1)..]);
            if (!value.StartsWith('['))
            {
                changes[key] = value;
                continue;
            }

            try
            {
                changes[key] = JsonSerializer.Deserialize<List<Dictionary<string, JsonElement>>>(value)!.ConvertAll(line => line.ToDictionary(l => l.Key, l => (object?)l.Value.ToString(), StringComparer.Ordinal));
            }
            catch (JsonException)
            {
                return ([], AppText.Of["bad_set", word]);
            }
        }

        return (changes, null);
    }
}
