using Shizhang.App.Site;
using Shizhang.Core.Catalogs;
using Shizhang.Core.Filters;

namespace Shizhang.App.Features.Records;

/// <summary>What the top bar asks of a list: the unit looked at with what is below it, and the period unless all time is asked for.</summary>
internal static class ListFrame
{
    /// <summary>The units looked at, within those the visitor reads; null for all.</summary>
    public static IReadOnlyCollection<string>? Units(Visit visit, Ledger ledger)
    {
        var (may, tree) = (visit.Access!.Units(ledger), visit.Access!.Tree);
        return visit.Unit == tree.Root?.Code ? may : [.. tree.Scope(visit.Unit, visit.Day).Where(u => may?.Contains(u) is not false)];
    }

    /// <summary>The same as a filter, for what has no pages.</summary>
    public static Filter? Filter(Visit visit, Ledger ledger, bool allTime)
    {
        var (unit, date) = (new FieldOperand(ledger.Unit), new FieldOperand(ledger.Date));
        Filter? within = Units(visit, ledger) is { } units ? new In(unit, [.. units.DefaultIfEmpty("").Select(u => new Literal(u))], Negated: false) : null;
        Filter? dated = allTime ? null : new And(
            new Comparison(ComparisonOperator.GreaterOrEqual, date, new Literal(visit.Period.From), NullMatches: false),
            new Comparison(ComparisonOperator.LessOrEqual, date, new Literal(visit.Period.To), NullMatches: false));
        return within is null ? dated : dated is null ? within : new And(within, dated);
    }
}
