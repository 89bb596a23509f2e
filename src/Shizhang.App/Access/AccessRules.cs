using Shizhang.App.Features.Workplaces;
using Shizhang.App.Texts;
using Shizhang.Core.Catalogs;
using Shizhang.Core.Records;
using Shizhang.Core.Workflows;
using Shizhang.Storage.Accounts;

namespace Shizhang.App.Access;

/// <summary>The one place that decides who may do what.</summary>
internal static class AccessRules
{
    /// <summary>The account that acts: the one named, or the first that was made.</summary>
    public static async Task<(Account? Account, string? Refusal)> AccountAsync(Workplace workplace, string? name)
    {
        var all = await new AccountArchive(workplace.Store).ListAsync(workplace.Town);
        var found = name is null && all.Count > 0 ? all[0] : all.Find(a => a.Name == name);
        return found is not null ? (found, null)
            : name is null ? (null, AppText.Of["account_needed"])
            : (null, AppText.Of["account_unknown", name]);
    }

    /// <summary>Why the account may not issue reports; null when it may.</summary>
    public static string? RefusalToIssue(Catalog catalog, Account account) =>
        catalog.Roles.TryGetValue(account.Role, out var role) && role.Issues ? null : AppText.Of["may_not_issue", account.Display, role?.Name ?? account.Role];

    /// <summary>Why the account may not record in a ledger; null when it may, at the units of <see cref="UnitsOf"/>.</summary>
    public static string? RefusalToRecord(Catalog catalog, Account account, Ledger ledger) =>
        catalog.Roles.TryGetValue(account.Role, out var role) && role.Records.Contains(ledger.Code) ? null : AppText.Of["may_not_record", account.Display, role?.Name ?? account.Role, ledger.Name];

    /// <summary>Why the account may not read a ledger; null when it may, at the units of <see cref="UnitsOf"/>.</summary>
    public static string? RefusalToRead(Catalog catalog, Account account, Ledger ledger) =>
        catalog.Roles.TryGetValue(account.Role, out var role) && role.Reads.Contains(ledger.Code) ? null : AppText.Of["may_not_read", account.Display, role?.Name ?? account.Role, ledger.Name];

    /// <summary>The units at or below the account's own on a day.</summary>
    public static IReadOnlySet<string> UnitsOf(Account account, UnitTree tree, DateOnly day) => tree.Scope(account.Unit, day).ToHashSet(StringComparer.Ordinal);

    /// <summary>True when a unit stands at or below the account's own on a day.</summary>
    public static bool Reaches(Account account, UnitTree tree, string unit, DateOnly day) => tree.Scope(account.Unit, day).Contains(unit);

    /// <summary>Why the account may not answer for what is found in a ledger at a unit; null when it records there.</summary>
    public static string? RefusalToAnswer(Catalog catalog, Account account, Ledger ledger, UnitTree tree, string unit, DateOnly day) =>
        catalog.Roles.TryGetValue(account.Role, out var role) && (role.Records.Contains(ledger.Code) || role.Issues) && Reaches(account, tree, unit, day)
            ? null
            : AppText.Of["may_not_answer", account.Display, role?.Name ?? account.Role, ledger.Name];

    /// <summary>Who takes a step on a record of a unit, for the workflow to decide.</summary>
    public static Taker Taker(Account account, UnitTree tree, string unit, DateOnly day) => new(account.Name, account.Person, account.Role, Reaches(account, tree, unit, day));
}
