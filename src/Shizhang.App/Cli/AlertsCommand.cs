using System.CommandLine;
using Shizhang.App.Access;
using Shizhang.App.Features.Alerts;
using Shizhang.App.Features.Steps;
using Shizhang.App.Texts;
using Shizhang.Core.Rules;
using Shizhang.Storage.Figures;
using Shizhang.Storage.Records;

namespace Shizhang.App.Cli;

/// <summary><c>alerts</c>: what the rules find, by unit; <c>alerts aside ID</c> sets one aside with a reason until a day.</summary>
internal static class AlertsCommand
{
    public static Command Create(TimeProvider clock)
    {
        var unit = new Option<string?>("--unit") { Description = AppText.Of["option_unit"], HelpName = "U" };
        var asOf = new Option<string?>("--as-of") { Description = AppText.Of["option_as_of"], HelpName = "T" };
        var all = new Option<bool>("--all") { Description = AppText.Of["alerts_all"] };
        var (workplace, format) = (new WorkplaceOptions(), RowFormat.Option());
        var command = new Command("alerts", AppText.Of["alerts"]) { unit, asOf, all, format };
        workplace.AddTo(command);
        command.Add(CreateAside(clock));
        command.SetAction(parsed => workplace.RunAsync(parsed, clock, async place =>
        {
            // Looking at what is wrong now is when a kept rule is found broken; a past day only is looked at.
            foreach (var reopened in parsed.GetValue(asOf) is null ? await KeptRules.WatchAsync(place) : [])
            {
                await Console.Error.WriteLineAsync(AppText.Of["reopened", reopened]);
            }

            var (scope, alerts, refusal) = await AlertList.RunAsync(place, parsed.GetValue(unit), parsed.GetValue(asOf));
            if (scope is null)
            {
                return Exit.Refuse(refusal!);
            }

            var shown = alerts.Where(a => a.AsideUntil is null || parsed.GetValue(all)).ToList();
            parsed.GetRequiredValue(format).Write(Columns(scope), shown, Console.Out);
            return Exit.Done;
        }));
        return command;
    }

    private static Command CreateAside(TimeProvider clock)
    {
        var id = new Argument<string>("ID") { Description = AppText.Of["alert_id"] };
        var until = new Option<string>("--until") { Description = AppText.Of["alert_until"], HelpName = "D", Required = true };
        var reason = new Option<string>("--reason") { Description = AppText.Of["option_reason"], HelpName = "…", Required = true };
        var user = new Option<string?>("--as") { Description = AppText.Of["option_as"], HelpName = "USER" };
        var asOf = new Option<string?>("--as-of") { Description = AppText.Of["option_as_of"], HelpName = "T" };
        var workplace = new WorkplaceOptions();
        var command = new Command("aside", AppText.Of["alerts_aside"]) { id, until, reason, user, asOf };
        workplace.AddTo(command);
        command.SetAction(parsed => workplace.RunAsync(parsed, clock, async place =>
        {
            var (access, nobody) = await Accounts.FindAsync(place, parsed.GetValue(user));
            if (access is null)
            {
                return Exit.Refuse(nobody!);
            }

            var open = await AlertList.RunAsync(place, null, parsed.GetValue(asOf));
            var asked = new AskedAside(parsed.GetRequiredValue(id), parsed.GetRequiredValue(until), parsed.GetRequiredValue(reason));
            var (alert, day, refusal) = await AsideWork.TakeAsync(place, access, new Actor(access.Account.Name), open, asked);
            if (alert is null)
            {
                return Exit.Refuse(refusal!);
            }

            Console.WriteLine(AppText.Of["alert_set_aside", alert.Title, alert.Message, day.ToString("yyyy-MM-dd")]);
            return Exit.Done;
        }));
        return command;
    }

    private static IReadOnlyList<Column<Alert>> Columns(FigureScope scope) =>
    [
        new("unit", AppText.Of["column_unit"], a => new Coded(a.Unit, scope.Tree.Find(a.Unit)?.Name ?? a.Unit)),
        new("ledger", AppText.Of["column_ledger"], a => new Coded(a.Ledger.Code, a.Ledger.Name)),
        new("rule", null, a => a.Rule.Code),
        new("record", AppText.Of["column_id"], a => a.Record),
        new("title", AppText.Of["column_title"], a => a.Title),
        new("message", AppText.Of["column_alert"], a => a.Rule.Said),
        new("detail", AppText.Of["column_detail"], a => a.Message),
        new("since", AppText.Of["column_since"], a => a.Since),
        new("due", null, a => a.Due),
        new("provisional", null, a => a.IsProvisional),
        new("clears", AppText.Of["column_clears"], a => a.Clears),
        new("aside_until", null, a => a.AsideUntil),
        new("aside_reason", null, a => a.AsideReason),
        new("id", AppText.Of["column_alert_id"], a => a.Id),
    ];
}
