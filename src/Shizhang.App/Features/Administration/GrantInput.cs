using Shizhang.App.Site;
using Shizhang.Core.Catalogs;
using Shizhang.Storage.Accounts;

namespace Shizhang.App.Features.Administration;

/// <summary>A role at a unit, as it is chosen in a form.</summary>
internal sealed record GrantInput(Visit Visit, string? Role, string? Unit)
{
    public IReadOnlyList<Grant> Grants => string.IsNullOrEmpty(Role) ? [] : [new Grant(Role, string.IsNullOrEmpty(Unit) ? Visit.Place.Town : Unit)];

    /// <summary>Units that stand today, the town first.</summary>
    public IEnumerable<Core.Records.Unit> Units => Visit.Access!.Tree.Units.Where(u => !u.IsGoneOn(Visit.Today))
        .OrderBy(u => u.Parent is null ? 0 : 1).ThenBy(u => u.Kind, StringComparer.Ordinal).ThenBy(u => u.Code, StringComparer.Ordinal);

    public static string NameOf(Role role) => role.Shown;

    public static string NameOf(Visit visit, Grant grant)
    {
        var role = visit.Place.Catalog.Roles.GetValueOrDefault(grant.Role) is { } known ? NameOf(known) : grant.Role;
        return $"{role}@{visit.Access!.Tree.Find(grant.Unit)?.Name ?? grant.Unit}";
    }
}
