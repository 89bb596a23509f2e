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

            var unit = _units.GetValueOrDefault(current);
            current = unit is null ? null : unit.IsGoneOn(day) && unit.Successor is { } successor ? successor : unit.Parent;
        }

        return false;
    }
}
