using Shizhang.Core.Catalogs;

namespace Shizhang.App.Demo;

/// <summary>
/// A record of the demo before it is written. Values are inputs as a clerk would give them; a reference is the draft it
/// points at, until that one has an id.
/// </summary>
internal sealed class Draft(Ledger ledger, string? tag)
{
    /// <summary>A name its set was given, by which other sets choose from it.</summary>
    public string? Tag { get; } = tag;

    public Ledger Ledger { get; } = ledger;

    public Dictionary<string, object?> Inputs { get; } = new(StringComparer.Ordinal);

    /// <summary>The steps taken with it, in order.</summary>
    public List<DraftMove> Moves { get; } = [];

    /// <summary>The day it is entered: its own date, but not before the records it refers to.</summary>
    public DateOnly EnteredOn { get; set; }

    public string Unit => (string?)Inputs.GetValueOrDefault(Ledger.Unit.Code) ?? "";

    /// <summary>What a field holds in the end, steps included.</summary>
    public object? Last(string field) => Moves.Select(m => m.Inputs.GetValueOrDefault(field)).LastOrDefault(v => v is not null) ?? Inputs.GetValueOrDefault(field);

    public long Id { get; set; }

    public long Version { get; set; }

    public string? State { get; set; } = ledger.Workflow?.Start;

    /// <summary>A write of it is under way, so its version is not known yet.</summary>
    public bool IsWaiting { get; set; }

    public IEnumerable<Draft> References => ReferencesIn(Inputs);

    public static IEnumerable<Draft> ReferencesIn(IReadOnlyDictionary<string, object?> inputs) => inputs.Values.SelectMany(v => v switch
    {
        Draft draft => [draft],
        IEnumerable<Dictionary<string, object?>> lines => lines.SelectMany(l => l.Values.OfType<Draft>()),
        _ => Enumerable.Empty<Draft>(),
    });
}

/// <summary>A step of the ledger's workflow, or a plain amendment: the day it is made and what it fills in.</summary>
internal sealed record DraftMove(Step? Step, DateOnly On, IReadOnlyDictionary<string, object?> Inputs);
