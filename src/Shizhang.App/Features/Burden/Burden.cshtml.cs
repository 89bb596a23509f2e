using Shizhang.App.Access;
using Shizhang.App.Features.Administration;
using Shizhang.Core.Catalogs;
using Shizhang.Core.Reports;

namespace Shizhang.App.Features.Burden;

/// <summary>What a ledger asks of whoever fills it (fields of its lines included), and what each record is then used for.</summary>
internal sealed record BurdenRow(Ledger Ledger, int Fields, int Required, int Lines, int Indicators, int Reports, int Rules);

/// <summary>How much the pack asks of people, so that it can be made less: counted from the pack itself.</summary>
[Needs(Right.Business, Right.System)]
internal sealed class BurdenPage : AdministrationPage
{
    private IReadOnlyList<BurdenRow>? _rows;

    public IReadOnlyList<BurdenRow> Rows => _rows ??= Count();

    /// <summary>Roles that record, with the rows they fill.</summary>
    public IEnumerable<(Role Role, IReadOnlyList<BurdenRow> Rows)> Roles => Place.Catalog.Roles.Values
        .Select(r => (r, (IReadOnlyList<BurdenRow>)[.. Rows.Where(row => r.Records.Contains(row.Ledger.Code))]))
        .Where(r => r.Item2.Count > 0);

    private List<BurdenRow> Count()
    {
        var catalog = Place.Catalog;
        var fed = catalog.Indicators.Values.ToDictionary(i => i.Code, i => i.Leaves.Select(l => l.Ledger.Code).ToHashSet(StringComparer.Ordinal), StringComparer.Ordinal);
        var reports = catalog.Reports.Values.Select(r => ReportRenderer.CodesOf(r, catalog).SelectMany(c => fed[c]).ToHashSet(StringComparer.Ordinal)).ToList();
        return [.. catalog.Ledgers.Values.Select(l =>
        {
            var all = l.Fields.SelectMany(f => f.Lines ?? (IEnumerable<Field>)[f]).ToList();
            return new BurdenRow(l, all.Count, all.Count(f => f.Required), l.Fields.Count(f => f.IsLines), fed.Values.Count(f => f.Contains(l.Code)), reports.Count(r => r.Contains(l.Code)), l.Rules.Count);
        })];
    }
}
