using Shizhang.App.Site;
using Shizhang.Core.Catalogs;
using Shizhang.Core.Figures;
using Shizhang.Storage.Figures;

namespace Shizhang.App.Features.Findings;

/// <summary>The counters of a period, as the pack's balance rule has them: all, their parts, rates, and whether the sum fits.</summary>
internal sealed record FindingCounters(BalanceRule Rule, Figure Total, IReadOnlyList<Figure> Parts, IReadOnlyList<Figure> Rates)
{
    public decimal Sum => Parts.Sum(p => p.Value ?? 0);

    public bool Fits => Rule.AtMost ? Sum <= (Total.Value ?? 0) + Rule.Tolerance : Math.Abs(Sum - (Total.Value ?? 0)) <= Rule.Tolerance;

    /// <summary>Null when the ledger has no such rule, or the visitor may not read what it counts.</summary>
    public static async Task<FindingCounters?> ReadAsync(Visit visit, FindingLedger finding)
    {
        if (finding.Balance is not { } rule || !rule.Parts.Append(rule.Total).All(visit.Access!.Reads))
        {
            return null;
        }

        var figures = await new FigureEngine(visit.Place.Store).ComputeAsync(await visit.ScopeAsync(), [rule.Total, .. rule.Parts, .. finding.Rates]);
        return new FindingCounters(rule, figures[0], [.. figures.Skip(1).Take(rule.Parts.Count)], [.. figures.Skip(1 + rule.Parts.Count)]);
    }
}
