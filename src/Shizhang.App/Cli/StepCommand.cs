using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Shizhang.App.Access;
using Shizhang.App.Features.Evidence;
using Shizhang.App.Features.Steps;
using Shizhang.App.Texts;
using Shizhang.Storage.Records;

namespace Shizhang.App.Cli;

/// <summary><c>step LEDGER/ID STEP</c>: moves a record; what is missing is said all at once, and then nothing changed.</summary>
internal static class StepCommand
{
    public static Command Create(TimeProvider clock)
    {
        var record = new Argument<string>("LEDGER/ID") { Description = AppText.Of["step_record"] };
        var step = new Argument<string>("STEP") { Description = AppText.Of["step_name"] };
        var set = new Option<string[]>("--set") { Description = AppText.Of["option_set"], HelpName = "k=v" };
        var evidence = new Option<string[]>("--evidence") { Description = AppText.Of["option_evidence"], HelpName = "F" };
        var reason = new Option<string?>("--reason") { Description = AppText.Of["option_reason"], HelpName = "…" };
        var version = new Option<long?>("--version-seen") { Description = AppText.Of["option_version"], HelpName = "N" };
        var user = new Option<string?>("--as") { Description = AppText.Of["option_as"], HelpName = "USER" };
        var workplace = new WorkplaceOptions();
        var command = new Command("step", AppText.Of["step"]) { record, step, set, evidence, reason, version, user };
        workplace.AddTo(command);
        command.SetAction(parsed => workplace.RunAsync(parsed, clock, async place =>
        {
            var parts = parsed.GetRequiredValue(record).Split('/');
            if (parts.Length != 2 || !place.Catalog.Ledgers.TryGetValue(parts[0], out var ledger) || !long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            {
                return Exit.Refuse(AppText.Of["bad_record", parsed.GetRequiredValue(record)]);
            }

            var (changes, wrong) = ReadChanges(parsed.GetValue(set) ?? []);
            if (wrong is not null)
            {
                return Exit.Refuse(wrong);
            }

            var (access, nobody) = await Accounts.FindAsync(place, parsed.GetValue(user));
            if (access is null)
            {
                return Exit.Refuse(nobody!);
            }

            List<GivenFile> files = [.. (parsed.GetValue(evidence) ?? []).Select(GivenFile.OfPath)];
            var outcome = await new StepWork(place).TakeAsync(access, new Actor(access.Account.Name), new AskedStep(
                ledger, id, parsed.GetRequiredValue(step), changes, files, parsed.GetValue(reason), parsed.GetValue(version)));
            if (outcome.Version is null)
            {
                return Exit.Refuse(string.Join('；', outcome.Refusals.Select(r => ledger.Fields.Find(r.Path) is { } field && !r.Sentence.Contains(field.Name, StringComparison.Ordinal) ? $"{field.Name}：{r.Sentence}" : r.Sentence)));
            }

            Console.WriteLine(AppText.Of["step_taken", $"{ledger.Code}/{id}", parsed.GetRequiredValue(step), outcome.State, outcome.Version]);
            return Exit.Done;
        }));
        return command;
    }

    /// <summary>Reads <c>k=v</c>; lines are given as JSON: <c>measures=[{"content":"…"}]</c>.</summary>
    private static (Dictionary<string, object?> Changes, string? Refusal) ReadChanges(IEnumerable<string> words)
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
