using Shizhang.App.Access;
using Shizhang.App.Features.Workplaces;
using Shizhang.Core.Catalogs;
using Shizhang.Core.Figures;
using Shizhang.Core.Records;
using Shizhang.Storage.Figures;

namespace Shizhang.App.Features.Units;

/// <summary>Posts of one kind: approved and filled.</summary>
internal sealed record Posts(Figure Approved, Figure InPost)
{
    /// <summary>Vacant when positive, beyond the approved when negative.</summary>
    public decimal Vacant => (Approved.Value ?? 0) - (InPost.Value ?? 0);

    public bool IsNothing => Approved.Value is not > 0 && InPost.Value is not > 0;
}

/// <summary>A unit's own posts, of every kind in the order of the table.</summary>
internal sealed record EstablishmentRow(Unit Unit, IReadOnlyList<Posts> Posts);

/// <summary>Posts approved and filled on a day, by unit: every rule of the pack about posts (编制, 职数) that the account may read there is a kind.</summary>
internal sealed record Establishment(DateOnly Day, UnitTree Tree, IReadOnlyList<EstablishmentRow> Rows, IReadOnlyList<Posts> Total)
{
    /// <summary>Each kind over the unit of the scope and all below it; kinds without a post are left out.</summary>
    public static async Task<IReadOnlyList<Posts>> TotalAsync(Workplace place, AccessRules access, FigureScope scope, DateOnly day) =>
        [.. (await CountAsync(place, [On(scope, day)], Rules(place, access, scope.Unit)))[0].Where(p => !p.IsNothing)];

    /// <summary>The table of the scope's unit and the units below it that have posts; null when there are none that the account may read.</summary>
    public static async Task<Establishment?> ReadAsync(Workplace place, AccessRules access, FigureScope scope, DateOnly day)
    {
        var (rules, whole) = (Rules(place, access, scope.Unit), On(scope, day));
        if (rules.Count == 0)
        {
            return null;
        }

        // A row is the unit alone: with what stands below it, posts would be told twice.
        var within = whole.Units?.ToHashSet(StringComparer.Ordinal);
        var own = scope.Tree.Own(day);
        var units = Ordered(scope.Tree, own).Where(u => within?.Contains(u.Code) is not false).ToList();
        var counted = await CountAsync(place, [whole, .. units.Select(u => whole with { Unit = u.Code, Units = [.. own[u.Code]] })], rules);
        var kinds = Enumerable.Range(0, rules.Count).Where(k => !counted[0][k].IsNothing).ToList();
        return kinds.Count == 0 ? null : new Establishment(
            day,
            scope.Tree,
            [.. units.Select((u, i) => new EstablishmentRow(u, [.. kinds.Select(k => counted[i + 1][k])])).Where(r => r.Posts.Any(p => !p.IsNothing))],
            [.. kinds.Select(k => counted[0][k])]);
    }

    private static List<QuotaRule> Rules(Workplace place, AccessRules access, string unit) =>
        [.. place.Catalog.Rules.Values.Select(r => r.Rule).OfType<QuotaRule>().Where(r => access.Reads(r.Approved, unit) && access.Reads(r.InPost, unit))];

    private static FigureScope On(FigureScope scope, DateOnly day) => scope.During(new Period(new DateOnly(day.Year, 1, 1), day));

    private static async Task<IReadOnlyList<IReadOnlyList<Posts>>> CountAsync(Workplace place, IReadOnlyList<FigureScope> scopes, List<QuotaRule> rules)
    {
        if (rules.Count == 0)
        {
            return [.. scopes.Select(_ => Array.Empty<Posts>())];
        }

        var figures = await new FigureEngine(place.Store).ComputeAsync(scopes, [.. rules.SelectMany(r => new[] { r.Approved, r.InPost })]);
        return [.. figures.Select(f => f.Chunk(2).Select(p => new Posts(p[0], p[1])).ToList())];
    }

    /// <summary>Each unit after the one it stands below.</summary>
    private static List<Unit> Ordered(UnitTree tree, ILookup<string, string> own)
    {
        var (below, found, seen) = (tree.Units.ToLookup(u => u.Parent), new List<Unit>(), new HashSet<string>(StringComparer.Ordinal));
        Add(below[null]);
        Add(tree.Units);
        return found;

        void Add(IEnumerable<Unit> units)
        {
            foreach (var unit in units.OrderBy(u => u.Code.Length).ThenBy(u => u.Code, StringComparer.Ordinal).Where(u => seen.Add(u.Code)))
            {
                found.AddRange(own.Contains(unit.Code) ? [unit] : []);
                Add(below[unit.Code]);
            }
        }
    }
}
