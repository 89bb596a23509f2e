using Shizhang.App.Access;
using Shizhang.App.Features.Findings;
using Shizhang.App.Texts;
using Shizhang.Core.Catalogs;

namespace Shizhang.App.Site;

/// <summary>The left column: which rooms a visitor has, and where they are.</summary>
internal static class Rooms
{
    private static readonly (Room Room, string Path)[] Business =
    [
        (Room.Workbench, "/"), (Room.Ledgers, "/ledgers"), (Room.Figures, "/figures"), (Room.Reports, "/reports"), (Room.Audit, "/audit"),
        (Room.Findings, "/findings"), (Room.Units, "/units"), (Room.Alerts, "/alerts"), (Room.Administration, "/admin"),
    ];

    public static IEnumerable<(Room Room, string Path)> Of(AccessRules access, Catalog catalog) =>
        access.IsBusiness ? Business.Where(r => HasSomething(r.Room, access, catalog)) : [(Room.Administration, "/admin")];

    public static string NameOf(Room room) => AppText.Of[$"room_{room}"];

    /// <summary>A room whose content a role may not read would be an empty one.</summary>
    private static bool HasSomething(Room room, AccessRules access, Catalog catalog) => room switch
    {
        Room.Ledgers => catalog.Ledgers.Values.Any(access.Reads),
        Room.Figures => catalog.Indicators.Values.Any(access.Reads),
        Room.Findings => FindingLedger.Of(catalog) is { } finding && access.Reads(finding.Ledger),
        Room.Alerts => catalog.Rules.Values.Any(r => access.Reads(r.Ledger)),
        _ => true,
    };
}
