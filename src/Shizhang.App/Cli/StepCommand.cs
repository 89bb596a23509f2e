using System.CommandLine;
using System.Globalization;
using Shizhang.App.Access;
using Shizhang.App.Features.Steps;
using Shizhang.App.Texts;

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

            var (changes, wrong) = StepWork.ReadChanges(parsed.GetValue(set) ?? []);
            if (wrong is not null)
            {
                return Exit.Refuse(wrong);
            }

            var (account, nobody) = await AccessRules.AccountAsync(place, parsed.GetValue(user));
            if (account is null)
            {
                return Exit.Refuse(nobody!);
            }

            var outcome = await new StepWork(place, clock).TakeAsync(account, new AskedStep(
                ledger, id, parsed.GetRequiredValue(step), changes, parsed.GetValue(evidence) ?? [], parsed.GetValue(reason), parsed.GetValue(version)));
            if (outcome.Version is null)
            {
                return Exit.Refuse(string.Join('；', outcome.Refusals));
            }

            Console.WriteLine(AppText.Of["step_taken", $"{ledger.Code}/{id}", parsed.GetRequiredValue(step), outcome.State, outcome.Version]);
            return Exit.Done;
        }));
        return command;
    }
}
