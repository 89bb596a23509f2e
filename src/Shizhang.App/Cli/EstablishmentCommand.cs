using System.CommandLine;
using Shizhang.App.Access;
using Shizhang.App.Features.Figures;
using Shizhang.App.Features.Units;
using Shizhang.App.Texts;
using Shizhang.Storage;

namespace Shizhang.App.Cli;

/// <summary><c>establishment -o F.xlsx</c>: posts approved, in post and vacant, unit by unit on a day.</summary>
internal static class EstablishmentCommand
{
    public static Command Create(TimeProvider clock)
    {
        var output = new Option<string>("-o", "--output") { Description = AppText.Of["establishment_output"], HelpName = "F.xlsx", Required = true };
        var on = new Option<string?>("--on") { Description = AppText.Of["establishment_on"], HelpName = "D" };
        var unit = new Option<string?>("--unit") { Description = AppText.Of["option_unit"], HelpName = "U" };
        var user = new Option<string?>("--as") { Description = AppText.Of["option_as"], HelpName = "USER" };
        var workplace = new WorkplaceOptions();
        var command = new Command("establishment", AppText.Of["establishment_command"]) { output, on, unit, user };
        workplace.AddTo(command);
        command.SetAction(parsed => workplace.RunAsync(parsed, clock, async place =>
        {
            var path = parsed.GetRequiredValue(output);
            if (!Path.GetExtension(path).Equals(".xlsx", StringComparison.OrdinalIgnoreCase))
            {
                return Exit.Refuse(AppText.Of["template_unknown_type", path]);
            }

            var (access, nobody) = await Accounts.FindAsync(place, parsed.GetValue(user));
            if (access is null)
            {
                return Exit.Refuse(nobody!);
            }

            // Whoever reads one village is told of that village, not refused the town.
            var day = parsed.GetValue(on) ?? $"{LocalTime.Today(clock):yyyy-MM-dd}";
            var (scope, refusal) = await Frame.OpenAsync(place, day, day, parsed.GetValue(unit) ?? (access.Units() is null ? null : access.Account.Grants[0].Unit), null);
            if (scope is null)
            {
                return Exit.Refuse(refusal!);
            }

            if (await Establishment.ReadAsync(place, access, scope, scope.Period.To) is not { } table)
            {
                return Exit.Refuse(AppText.Of["establishment_none", day]);
            }

            await using var file = new FileStream(path, FileMode.Create, FileAccess.Write);
            EstablishmentSheet.Write(table, place.Catalog, file);
            Console.WriteLine(AppText.Of["establishment_written", table.Rows.Count, path]);
            return Exit.Done;
        }));
        return command;
    }
}
