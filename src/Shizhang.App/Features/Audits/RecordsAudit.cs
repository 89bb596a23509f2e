using System.Runtime.CompilerServices;
using Shizhang.App.Access;
using Shizhang.App.Features.Workplaces;
using Shizhang.App.Texts;
using Shizhang.Core.Auditing;
using Shizhang.Core.Catalogs;
using Shizhang.Core.Figures;
using Shizhang.Storage.Figures;

namespace Shizhang.App.Features.Audits;

/// <summary>What the records say of a claim: backed, contradicted or unbacked, with the indicators that were compared.</summary>
internal sealed record RecordsVerdict(string Verdict, IReadOnlyList<Figure> Figures);

/// <summary>Compares the claims of a text with the ledgers: all figures of the candidates in one go, then each claim with its own.</summary>
internal static class RecordsAudit
{
    public const string Backed = "backed";
    public const string Contradicted = "contradicted";
    public const string Unbacked = "unbacked";

    // A matcher reads every name of the catalog once.
    private static readonly ConditionalWeakTable<Catalog, ClaimMatcher> Matchers = [];

    /// <summary>
    /// With the figures that <paramref name="access"/> reads at the unit, null for all: what somebody may not read is not told them
    /// by way of a text either.
    /// </summary>
    public static async Task<IReadOnlyList<RecordsVerdict>> RunAsync(Workplace workplace, AccessRules? access, FigureScope scope, AuditResult audit)
    {
        var matcher = Matchers.GetValue(workplace.Catalog, c => new ClaimMatcher(c));
        var candidates = audit.Claims.Select(c => matcher.Candidates(audit.Text, c)).ToList();
        var known = candidates.SelectMany(c => c.Indicators).Distinct().Where(i => access?.Reads(i, scope.Unit) is not false);
        var figures = (await new FigureEngine(workplace.Store).ComputeAsync(scope, [.. known])).ToDictionary(f => f.Indicator);
        return [.. audit.Claims.Zip(candidates, (claim, some) => Judge(claim, [.. some.Indicators.Where(figures.ContainsKey).Select(i => figures[i])], some.IsCertain))];
    }

    /// <summary>The audit with what the records contradict among its discrepancies, in the order of the text.</summary>
    public static AuditResult With(AuditResult audit, IReadOnlyList<RecordsVerdict> verdicts) =>
        audit with { Discrepancies = [.. audit.Discrepancies.Concat(Discrepancies(audit, verdicts)).OrderBy(d => d.Start)] };

    private static IEnumerable<Discrepancy> Discrepancies(AuditResult audit, IReadOnlyList<RecordsVerdict> verdicts) => audit.Claims
        .Select((claim, i) => (Claim: claim, Verdict: verdicts[i], Index: i))
        .Where(c => c.Verdict.Verdict == Contradicted)
        .Select(c => new Discrepancy(
            "records", c.Verdict.Figures.Count == 1, c.Claim.Start, c.Claim.End, c.Claim.Quote,
            AppText.Of["audit_records", c.Claim.Quote, string.Join('；', c.Verdict.Figures.Select(f => $"{f.Indicator.Name} {FigureWords.Number(f)}{f.Indicator.Measure}（{f.Indicator.Code}）"))],
            c.Claim.Value, c.Verdict.Figures[0].Value, [c.Index]));

    // Among equally good candidates one that agrees is the one that was meant; when none does, all are told.
    private static RecordsVerdict Judge(Claim claim, IReadOnlyList<Figure> figures, bool isCertain)
    {
        var holding = figures.Where(f => f.Value is { } actual && Bounds.Holds(claim.Bound, claim.Value, claim.Step, actual)).Take(1).ToList();
        return figures.Count == 0 ? new RecordsVerdict(Unbacked, [])
            : holding.Count > 0 ? new RecordsVerdict(Backed, holding)
            : new RecordsVerdict(isCertain ? Contradicted : Unbacked, isCertain ? figures : []);
    }
}
