using Shizhang.App.Access;
using Shizhang.App.Texts;

namespace Shizhang.App.Features.Administration;

/// <summary>The parts of the room of administration, each with what it asks of whoever opens it.</summary>
internal static class Sections
{
    private static readonly (string Path, string Key, Right[] Needs)[] All =
    [
        ("/admin/accounts", "accounts", [Right.Security]), ("/admin/tokens", "tokens", [Right.Security]), ("/admin/sessions", "sessions", [Right.Security]),
        ("/admin/system", "system", [Right.System]), ("/admin/journal", "journal", [Right.Audit]), ("/admin/verify", "verify", [Right.Audit]),
        ("/admin/roles", "roles", [Right.Account]), ("/admin/deadlines", "deadlines", [Right.Business, Right.System]), ("/admin/calendar", "calendar", [Right.Business, Right.System]),
        ("/burden", "burden", [Right.Business, Right.System]),
    ];

    /// <summary>Those a visitor has: where, what it is called, and what it is for.</summary>
    public static IEnumerable<(string Path, string Name, string Line)> Of(AccessRules access) => All
        .Where(s => Array.Exists(s.Needs, r => AccessGate.Holds(access, r, null)))
        .Select(s => (s.Path, AppText.Of[$"admin_{s.Key}"], AppText.Of[$"admin_{s.Key}_line"]));
}
