using System.Text.RegularExpressions;
using Shizhang.App.Access;
using Shizhang.App.Features.Administration;
using Shizhang.App.Features.Workplaces;
using Shizhang.App.Texts;
using Shizhang.Core;
using Shizhang.Core.Catalogs;
using Shizhang.Core.Catalogs.Loading;
using Shizhang.Core.Records;
using Shizhang.Storage;
using Shizhang.Storage.Accounts;
using Shizhang.Storage.Records;
using Shizhang.Storage.Schema;

namespace Shizhang.App.Features.Setup;

/// <summary>An administrator to begin with.</summary>
internal sealed record FirstAdministrator(Core.Catalogs.Administration Administers, string Name, string Password);

/// <summary>What the first opening of new data is told.</summary>
internal sealed record FirstRun(string Town, string TownName, IReadOnlyList<FirstAdministrator> Administrators);

/// <summary>Makes the data of a town from a pack: its root unit and its administrators. Once there is an account, never again.</summary>
internal static partial class SetupWork
{
    private const int MostCode = 28;
    private const int MostName = 40;
    private const string TownKind = "town";

    public static async Task<bool> IsNeededAsync(WorkplaceAddress address)
    {
        if (address.Connection is null && !File.Exists(address.File))
        {
            return true;
        }

        await using var database = address.Open();
        return await PackShelf.LatestAsync(database) is null || !await AccountArchive.AnyAsync(database);
    }

    /// <summary>Makes all of it; what is wrong with what was told is said with its field, and then nothing is made.</summary>
    public static async Task<IReadOnlyList<FieldRefusal>> RunAsync(WorkplaceAddress address, PackFiles files, FirstRun first, TimeProvider clock)
    {
        var (catalog, errors) = PackReader.Read(files);
        if (catalog is null)
        {
            return [new FieldRefusal("", AppText.Of["pack_wrong", errors[0]])];
        }

        List<FieldRefusal> refusals = [.. Refusals(catalog, first)];
        if (refusals.Count > 0)
        {
            return refusals;
        }

        Directory.CreateDirectory(address.Folder);
        if (!await IsNeededAsync(address))
        {
            return [new FieldRefusal("", AppText.Of["setup_closed"])];
        }

        var (place, refusal) = await Workplace.CreateAsync(address, files, first.Town, first.TownName, clock);
        if (place is null)
        {
            return [new FieldRefusal("", refusal!)];
        }

        await using (place)
        {
            await EnterAsync(place, first, clock);
        }

        return [];
    }

    private static async Task EnterAsync(Workplace place, FirstRun first, TimeProvider clock)
    {
        var actor = new Actor(first.Administrators[0].Name);
        var units = place.Catalog.Units;
        if ((await UnitReader.ReadAsync(place.Store, place.Town)).Units.Count == 0)
        {
            var (values, refusals) = RecordReader.Read(units, new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["code"] = first.Town, ["name"] = first.TownName, ["kind"] = TownKind, [units.Date.Code] = LocalTime.Today(clock),
            });
            await place.Store.WriteAsync(place.Town, actor, new CreateRecord(units, values ?? throw new InvalidOperationException(refusals[0].ToString()), units.Workflow?.Start));
        }

        var signIn = new SignInWork(place, DataKeys.Of(place), clock);
        foreach (var administrator in first.Administrators)
        {
            var role = RoleOf(place.Catalog, administrator.Administers)!;
            await new AccountArchive(place.Store).AddAsync(place.Town, actor, new Account(administrator.Name, role.Name, [new Grant(role.Code, first.Town)]));
            await signIn.SetPasswordAsync(actor, administrator.Name, administrator.Password, mustChange: false);
        }
    }

    private static IEnumerable<FieldRefusal> Refusals(Catalog catalog, FirstRun first)
    {
        if (first.Town.Length > MostCode || !Code().IsMatch(first.Town))
        {
            yield return new FieldRefusal("town", AppText.Of["setup_bad_code", MostCode]);
        }

        if (first.TownName.Length is 0 or > MostName)
        {
            yield return new FieldRefusal("name", AppText.Of["setup_bad_name", MostName]);
        }

        foreach (var administrator in first.Administrators)
        {
            var field = administrator.Administers.ToString();
            if (!AccountWork.IsName(administrator.Name))
            {
                yield return new FieldRefusal(field, AppText.Of["user_bad_name", administrator.Name]);
            }
            else if (first.Administrators.Count(a => a.Name == administrator.Name) > 1)
            {
                yield return new FieldRefusal(field, AppText.Of["user_there", administrator.Name]);
            }

            if (SignInWork.Weakness(administrator.Name, administrator.Password) is { } weak)
            {
                yield return new FieldRefusal(field, weak);
            }

            if (RoleOf(catalog, administrator.Administers) is null)
            {
                yield return new FieldRefusal(field, AppText.Of["setup_no_role", AppText.Of[$"administers_{field}"]]);
            }
        }
    }

    private static Role? RoleOf(Catalog catalog, Core.Catalogs.Administration administers) => catalog.Roles.Values.FirstOrDefault(r => r.Administers == administers);

    [GeneratedRegex("^[a-z][a-z0-9]*(_[a-z0-9]+)*$", RegexOptions.None, Patterns.MostMilliseconds)]
    private static partial Regex Code();
}
