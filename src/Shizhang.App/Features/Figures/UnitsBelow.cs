using Shizhang.App.Access;
using Shizhang.Core.Records;
using Shizhang.Storage.Figures;

namespace Shizhang.App.Features.Figures;

/// <summary>The units directly below the one looked at, on the last day of the period, within those the visitor sees.</summary>
internal static class UnitsBelow
{
    public static IReadOnlyList<Unit> Of(AccessRules access, FigureScope scope)
    {
        var may = access.Units();
        return [.. scope.Tree.Units
            .Where(u => u.Parent == scope.Unit && u.StandsOn(scope.Period.To) && may?.Contains(u.Code) is not false)
            .OrderBy(u => u.Kind, StringComparer.Ordinal).ThenBy(u => u.Code.Length).ThenBy(u => u.Code, StringComparer.Ordinal)];
    }
}
