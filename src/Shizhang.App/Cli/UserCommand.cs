using System.CommandLine;
using Shizhang.App.Access;
using Shizhang.App.Features.Administration;
using Shizhang.App.Features.Workplaces;
using Shizhang.App.Texts;
using Shizhang.Storage.Accounts;
using Shizhang.Storage.Records;

namespace Shizhang.App.Cli;

/// <summary><c>user add|roles|reset</c>: accounts. Whoever holds the data folder administers it.</summary>
internal static class UserCommand
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
            var account = new Account(called, parsed.GetValue(display) ?? called, Grants(place, parsed.GetValue(role) ?? []), parsed.GetValue(person));
            var actor = new Actor((await new AccountArchive(place.Store).ListAsync(place.Town)).FirstOrDefault()?.Name ?? called);
            var (password, refusal) = await Work(place, clock).AddAsync(actor, account);
            if (password is null)
            {
                return Exit.Refuse(refusal!);
            }

            Console.WriteLine($"{called} {password}");
            return Exit.Done;
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
            if (await Work(place, clock).AmendAsync(new Actor(account.Name), account with { Grants = grants, IsDisabled = grants.Count == 0 }) is { } refusal)
            {
                return Exit.Refuse(refusal);
            }

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
        {
            if (await new AccountArchive(place.Store).FindAsync(place.Town, parsed.GetRequiredValue(name)) is not { } account)
            {
                return Exit.Refuse(AppText.Of["account_unknown", parsed.GetRequiredValue(name)]);
            }

            Console.WriteLine($"{account.Name} {await Work(place, clock).ResetAsync(new Actor(account.Name), account.Name)}");
            return Exit.Done;
        }));
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

    private static AccountWork Work(Workplace place, TimeProvider clock) => new(place, new SignInWork(place, DataKeys.Of(place), clock));

    private static Option<string[]> RoleOption() => new("--role") { Description = AppText.Of["user_role"], HelpName = "ROLE[@UNIT]" };

    private static List<Grant> Grants(Workplace place, IEnumerable<string> words) => [.. words.Select(w => w.Split('@', 2)).Select(w => new Grant(w[0], w.Length > 1 ? w[1] : place.Town))];
}
