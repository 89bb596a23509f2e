using System.CommandLine;
using System.Text.RegularExpressions;
using Shizhang.App.Access;
using Shizhang.App.Features.Workplaces;
using Shizhang.App.Texts;
using Shizhang.Storage.Accounts;
using Shizhang.Storage.Records;

namespace Shizhang.App.Cli;

/// <summary><c>user add|roles|reset</c>: accounts. Whoever holds the data folder administers it.</summary>
internal static partial class UserCommand
{
    public static Command Create(TimeProvider clock) => new("user", AppText.Of["user"]) { CreateAdd(clock), CreateRoles(clock), CreateReset(clock), CreateList(clock) };

    private static Command CreateAdd(TimeProvider clock)
    {
        var name = new Argument<string>("NAME") { Description = AppText.Of["user_name"] };
        var display = new Option<string?>("--display") { Description = AppText.Of["user_display"], HelpName = "…" };
        var (role, person) = (RoleOption(), new Option<long?>("--person") { Description = AppText.Of["user_person"], HelpName = "ID" });
        var workplace = new WorkplaceOptions();
        var command = new Command("add", AppText.Of["user_add"]) { name, display, role, person };
        workplace.AddTo(command);
        command.SetAction(parsed => workplace.RunAsync(parsed, clock, async place =>
        {
            var called = parsed.GetRequiredValue(name);
            if (!Name().IsMatch(called))
            {
                return Exit.Refuse(AppText.Of["user_bad_name", called]);
            }

            var archive = new AccountArchive(place.Store);
            if (await archive.FindAsync(place.Town, called) is not null)
            {
                return Exit.Refuse(AppText.Of["user_there", called]);
            }

            var grants = Grants(place, parsed.GetValue(role) ?? []);
            if (AccessRules.RefusalToGrant(place.Catalog, grants) is { } refusal)
            {
                return Exit.Refuse(refusal);
            }

            var actor = new Actor((await archive.ListAsync(place.Town)).FirstOrDefault()?.Name ?? called);
            await archive.AddAsync(place.Town, actor, new Account(called, parsed.GetValue(display) ?? called, grants, parsed.GetValue(person)));
            return await ResetAsync(place, actor, called, clock);
        }));
        return command;
    }

    private static Command CreateRoles(TimeProvider clock)
    {
        var name = new Argument<string>("NAME") { Description = AppText.Of["user_name"] };
        var role = RoleOption();
        var workplace = new WorkplaceOptions();
        var command = new Command("roles", AppText.Of["user_roles"]) { name, role };
        workplace.AddTo(command);
        command.SetAction(parsed => workplace.RunAsync(parsed, clock, async place =>
        {
            var archive = new AccountArchive(place.Store);
            if (await archive.FindAsync(place.Town, parsed.GetRequiredValue(name)) is not { } account)
            {
                return Exit.Refuse(AppText.Of["account_unknown", parsed.GetRequiredValue(name)]);
            }

            var grants = Grants(place, parsed.GetValue(role) ?? []);
            if (AccessRules.RefusalToGrant(place.Catalog, grants) is { } refusal)
            {
                return Exit.Refuse(refusal);
            }

            await archive.AmendAsync(place.Town, new Actor(account.Name), account with { Grants = grants, IsDisabled = grants.Count == 0 });
            Console.WriteLine(AppText.Of["user_roles_set", account.Name, string.Join('、', grants.Select(g => $"{place.Catalog.Roles[g.Role].Name}@{g.Unit}"))]);
            return Exit.Done;
        }));
        return command;
    }

    private static Command CreateReset(TimeProvider clock)
    {
        var name = new Argument<string>("NAME") { Description = AppText.Of["user_name"] };
        var workplace = new WorkplaceOptions();
        var command = new Command("reset", AppText.Of["user_reset"]) { name };
        workplace.AddTo(command);
        command.SetAction(parsed => workplace.RunAsync(parsed, clock, async place =>
            await new AccountArchive(place.Store).FindAsync(place.Town, parsed.GetRequiredValue(name)) is { } account
                ? await ResetAsync(place, new Actor(account.Name), account.Name, clock)
                : Exit.Refuse(AppText.Of["account_unknown", parsed.GetRequiredValue(name)])));
        return command;
    }

    private static Command CreateList(TimeProvider clock)
    {
        var (workplace, format) = (new WorkplaceOptions(), RowFormat.Option());
        var command = new Command("list", AppText.Of["user_list"]) { format };
        workplace.AddTo(command);
        command.SetAction(parsed => workplace.RunAsync(parsed, clock, async place =>
        {
            parsed.GetRequiredValue(format).Write<Account>(
            [
                new("name", AppText.Of["account_name"], a => a.Name),
                new("display", AppText.Of["user_display"], a => a.Display),
                new("roles", AppText.Of["user_roles_column"], a => a.Grants.Select(g => new Coded($"{g.Role}@{g.Unit}", $"{place.Catalog.Roles.GetValueOrDefault(g.Role)?.Name ?? g.Role}@{g.Unit}")).ToList()),
                new("person", null, a => a.Person),
                new("disabled", AppText.Of["user_disabled"], a => a.IsDisabled),
            ], await new AccountArchive(place.Store).ListAsync(place.Town), Console.Out);
            return Exit.Done;
        }));
        return command;
    }

    /// <summary>A new password, printed once; it must be changed at the first sign-in, and open sessions end.</summary>
    private static async Task<int> ResetAsync(Workplace place, Actor actor, string name, TimeProvider clock)
    {
        var password = SignInWork.NewPassword();
        await new SignInWork(place, DataKeys.Of(place), clock).SetPasswordAsync(actor, name, password, mustChange: true);
        Console.WriteLine($"{name} {password}");
        return Exit.Done;
    }

    private static Option<string[]> RoleOption() => new("--role") { Description = AppText.Of["user_role"], HelpName = "ROLE[@UNIT]" };

    private static List<Grant> Grants(Workplace place, IEnumerable<string> words) => [.. words.Select(w => w.Split('@', 2)).Select(w => new Grant(w[0], w.Length > 1 ? w[1] : place.Town))];

    [GeneratedRegex("^[a-z][a-z0-9_.-]{1,39}$", RegexOptions.None, 1000)]
    private static partial Regex Name();
}
