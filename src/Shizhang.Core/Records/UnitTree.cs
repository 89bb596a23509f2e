namespace Shizhang.Core.Records;

/// <summary>A unit as known at some moment. It exists in [ValidFrom, ValidUntil); afterwards its records count under <see cref="Successor"/>.</summary>
public sealed record Unit(string Code, string Name, string Kind, string? Parent, DateOnly? ValidFrom, DateOnly? ValidUntil, string? Successor)
{
    public bool IsGoneOn(DateOnly day) => ValidUntil is { } until && until <= day;

    /// <summary>Set up by then and not yet gone.</summary>
    public bool StandsOn(DateOnly day) => (ValidFrom is not { } from || from <= day) && !IsGoneOn(day);
}

/// <summary>The organisation as known at one moment: which units stand below which, on a day.</summary>
public sealed class UnitTree
{
    private readonly Dictionary<string, Unit> _units;

    public UnitTree(IEnumerable<Unit> units)
    {
        _units = units.ToDictionary(u => u.Code, StringComparer.Ordinal);
        var roots = _units.Values.Where(u => u.Parent is null && u.ValidUntil is null).Take(2).ToList();
        Root = roots.Count == 1 ? roots[0] : null;
    }

    public IReadOnlyCollection<Unit> Units => _units.Values;

    public Unit? Find(string code) => _units.GetValueOrDefault(code);

    /// <summary>The unit that has no parent: the town; null when none or several have none.</summary>
    public Unit? Root { get; }

    /// <summary>
    /// The unit and what stood below it on <paramref name="day"/>: codes under which records may be kept. An abolished or
    /// merged unit counts where its successor does.
    /// </summary>
    public IReadOnlyList<string> Scope(string code, DateOnly day) => [.. _units.Keys.Where(c => IsWithin(c, code, day))];

    /// <summary>What counts at each unit alone on <paramref name="day"/>, without what stands below it: its own code and those of units given up to it.</summary>
    public ILookup<string, string> Own(DateOnly day) => _units.Keys.ToLookup(c => Keeper(c, day), StringComparer.Ordinal);

    private bool IsWithin(string code, string scope, DateOnly day)
    {
        // Each step goes up or to a successor; more steps than units means a circle in the data.
        var current = code;
        for (var steps = 0; steps <= _units.Count && current is not null; steps++)
        {
            if (current == scope)
            {
                return true;
            }

            current = Above(current, day);
        }

        return false;
    }

    // A unit that was given up counts at the next one above that was not.
    private string Keeper(string code, DateOnly day)
    {
        var current = code;
        for (var steps = 0; steps <= _units.Count && Find(current)?.IsGoneOn(day) is true && Above(current, day) is { } above; steps++)
        {
            current = above;
        }

        return current;
    }

    private string? Above(string code, DateOnly day) =>
        _units.GetValueOrDefault(code) is not { } unit ? null : unit.IsGoneOn(day) && unit.Successor is { } successor ? successor : unit.Parent;
}
