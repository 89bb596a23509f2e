using Shizhang.App.Features.Workplaces;
using Shizhang.App.Texts;
using Shizhang.Storage;
using Shizhang.Storage.Accounts;
using Shizhang.Storage.Records;

namespace Shizhang.App.Access;

/// <summary>Finds who acts on the command line, and what they may do.</summary>
internal static class Accounts
{
    /// <summary>The account named, or the first that was made, with its rules as of today.</summary>
    public static async Task<(AccessRules? Access, string? Refusal)> FindAsync(Workplace place, string? name)
    {
        var all = await new AccountArchive(place.Store).ListAsync(place.Town);
        var found = name is null && all.Count > 0 ? all[0] : all.Find(a => a.Name == name);
        return found is not null ? (await RulesAsync(place, found), null)
            : name is null ? (null, AppText.Of["account_needed"])
            : (null, AppText.Of["account_unknown", name]);
    }

    /// <summary>The names people go by, of all accounts.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> NamesAsync(Workplace place) =>
        (await new AccountArchive(place.Store).ListAsync(place.Town)).ToDictionary(a => a.Name, a => a.Display, StringComparer.Ordinal);

    public static async Task<AccessRules> RulesAsync(Workplace place, Account account) =>
        new(place.Catalog, account, await UnitReader.ReadAsync(place.Store, place.Town), LocalTime.Today(place.Store.Clock));
}
