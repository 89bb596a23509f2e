using System.CommandLine;
using Shizhang.App.Features.Administration;
using Shizhang.App.Texts;
using Shizhang.Storage.Accounts;
using Shizhang.Storage.Records;

namespace Shizhang.App.Cli;

/// <summary><c>token add</c>: a key for a program, with a role and a day it ends; printed once.</summary>
internal static class TokenCommand
{
    public static Command Create(TimeProvider clock)
    {
        var name = new Argument<string>("NAME") { Description = AppText.Of["token_name"] };
        var role = new Option<string>("--role") { Description = AppText.Of["user_role"], HelpName = "ROLE[@UNIT]", Required = true };
        var days = new Option<int>("--days") { Description = AppText.Of["token_days"], HelpName = "N", DefaultValueFactory = _ => TokenWork.DefaultDays };
        var workplace = new WorkplaceOptions();
        var command = new Command("add", AppText.Of["token_add"]) { name, role, days };
        workplace.AddTo(command);
        command.SetAction(parsed => workplace.RunAsync(parsed, clock, async place =>
        {
            var parts = parsed.GetRequiredValue(role).Split('@', 2);
            var grant = new Grant(parts[0], parts.Length > 1 ? parts[1] : place.Town);
            var actor = new Actor((await new AccountArchive(place.Store).ListAsync(place.Town)).FirstOrDefault()?.Name ?? "token");
            var (secret, refusal) = await new TokenWork(place).AddAsync(actor, parsed.GetRequiredValue(name), grant, parsed.GetValue(days));
            if (secret is null)
            {
                return Exit.Refuse(refusal!);
            }

            Console.WriteLine(secret);
            return Exit.Done;
        }));
        return new Command("token", AppText.Of["token"]) { command };
    }
}
