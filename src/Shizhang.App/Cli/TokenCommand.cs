using System.CommandLine;
using System.Security.Cryptography;
using Shizhang.App.Access;
using Shizhang.App.Texts;
using Shizhang.Storage;
using Shizhang.Storage.Accounts;
using Shizhang.Storage.Records;

namespace Shizhang.App.Cli;

/// <summary><c>token add</c>: a key for a program, with a role and a day it ends; printed once.</summary>
internal static class TokenCommand
{
    private const int MostDays = 366;

    public static Command Create(TimeProvider clock)
    {
        var name = new Argument<string>("NAME") { Description = AppText.Of["token_name"] };
        var role = new Option<string>("--role") { Description = AppText.Of["user_role"], HelpName = "ROLE[@UNIT]", Required = true };
        var days = new Option<int>("--days") { Description = AppText.Of["token_days"], HelpName = "N", DefaultValueFactory = _ => 90 };
        var workplace = new WorkplaceOptions();
        var command = new Command("add", AppText.Of["token_add"]) { name, role, days };
        workplace.AddTo(command);
        command.SetAction(parsed => workplace.RunAsync(parsed, clock, async place =>
        {
            var parts = parsed.GetRequiredValue(role).Split('@', 2);
            var grant = new Grant(parts[0], parts.Length > 1 ? parts[1] : place.Town);
            if (AccessRules.RefusalToGrant(place.Catalog, [grant]) is { } refusal)
            {
                return Exit.Refuse(refusal);
            }

            if (parsed.GetValue(days) is < 1 or > MostDays)
            {
                return Exit.Refuse(AppText.Of["token_bad_days", MostDays]);
            }

            var archive = new TokenArchive(place.Store);
            if ((await archive.ListAsync(place.Town)).Exists(t => t.Name == parsed.GetRequiredValue(name)))
            {
                return Exit.Refuse(AppText.Of["token_there", parsed.GetRequiredValue(name)]);
            }

            var secret = $"sz_{RandomNumberGenerator.GetHexString(48, lowercase: true)}";
            var token = new Token(parsed.GetRequiredValue(name), TokenArchive.HashOf(secret), grant, LocalTime.Today(clock).AddDays(parsed.GetValue(days)));
            await archive.AddAsync(place.Town, new Actor((await new AccountArchive(place.Store).ListAsync(place.Town)).FirstOrDefault()?.Name ?? "token"), token);
            Console.WriteLine(secret);
            return Exit.Done;
        }));
        return new Command("token", AppText.Of["token"]) { command };
    }
}
