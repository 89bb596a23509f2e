using Shizhang.Core.Records;

namespace Shizhang.Core.Catalogs;

/// <summary>
/// Records of a ledger that only some roles see, and never whoever they are about: those whose choice <see cref="When"/> is
/// one of <see cref="Is"/>. <see cref="From"/> are fields that name a person or a unit.
/// </summary>
public sealed record Concealment(Field When, IReadOnlyList<string> Is, IReadOnlyList<string> Only, IReadOnlyList<Field> From)
{
    public bool Covers(RecordValues values) => values[When] is string value && Is.Contains(value);

    /// <summary>True for another role, for the person named, and for anybody at or below the unit named.</summary>
    public bool HidesFrom(RecordValues values, string role, long? person, string unit, UnitTree tree, DateOnly day) => Covers(values)
        && (!Only.Contains(role) || From.Any(f => values[f] switch
        {
            long named => person == named,
            string place => tree.Scope(place, day).Contains(unit),
            _ => false,
        }));
}
