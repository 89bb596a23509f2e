using Shizhang.App.Access;
using Shizhang.App.Texts;

namespace Shizhang.App.Site;

/// <summary>The left column: which rooms a visitor has, and where they are.</summary>
internal static class Rooms
{
    private static readonly (Room Room, string Path)[] Business =
    [
        (Room.Workbench, "/"), (Room.Ledgers, "/ledgers"), (Room.Figures, "/figures"), (Room.Reports, "/reports"), (Room.Audit, "/audit"),
        (Room.Findings, "/findings"), (Room.Units, "/units"), (Room.Alerts, "/alerts"), (Room.Administration, "/admin"),
    ];

    public static IEnumerable<(Room Room, string Path)> Of(AccessRules access) => access.IsBusiness ? Business : [(Room.Administration, "/admin")];

    public static string NameOf(Room room) => AppText.Of[$"room_{room}"];
}
