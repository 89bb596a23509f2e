using Shizhang.App.Access;
using Shizhang.App.Features.Records;
using Shizhang.App.Texts;
using Shizhang.Core.Catalogs;

namespace Shizhang.App.Features.Administration;

/// <summary>The roles as the pack gives them: who reads, records, sees in clear and takes which steps.</summary>
[Needs(Right.Account)]
internal sealed class RolesPage : AdministrationPage
{
    public IEnumerable<Role> Roles => Place.Catalog.Roles.Values;

    public string NamesOf(IReadOnlySet<string> codes)
    {
        var ledgers = Place.Catalog.Ledgers.Values.Where(l => codes.Contains(l.Code)).ToList();
        return ledgers.Count == Place.Catalog.Ledgers.Count ? AppText.Of["all_ledgers"] : Core.Texts.Text.List(ledgers.Select(RecordView.NameOf));
    }

    public IEnumerable<(Ledger Ledger, Step Step)> StepsOf(Role role) =>
        Place.Catalog.Ledgers.Values.SelectMany(l => (l.Workflow?.Steps.Values ?? []).Where(s => s.By.Contains(role.Code)).Select(s => (l, s)));

    public static string ElseOf(Role role) => role.Administers is { } administers ? AppText.Of[$"administers_{administers}"] : role.Issues ? AppText.Of["role_issues"] : "";
}
