namespace Shizhang.Core.Catalogs;

/// <summary>Who may do what; given to a person at a unit, it holds there and below.</summary>
public sealed class Role
{
    public required string Code { get; init; }
    public required string Name { get; init; }
    public string? En { get; init; }

    /// <summary>The name as the reader's language shows it.</summary>
    public string Shown => Texts.Text.Choose(Name, En);

    /// <summary>Kinds of unit at which the role is given; empty means the town.</summary>
    public IReadOnlyList<string> At { get; init; } = [];

    /// <summary>Codes of the ledgers whose records it reads.</summary>
    public IReadOnlySet<string> Reads { get; init; } = new HashSet<string>();

    /// <summary>Codes of the ledgers whose records it creates and amends.</summary>
    public IReadOnlySet<string> Records => field ??= RecordOrder.ToHashSet(StringComparer.Ordinal);

    /// <summary>The same in the order the pack names them: the ledgers it uses most come first.</summary>
    public IReadOnlyList<string> RecordOrder { get; init; } = [];

    /// <summary>Codes of the ledgers whose personal fields it may see in clear, with a reason.</summary>
    public IReadOnlySet<string> Clear { get; init; } = new HashSet<string>();

    /// <summary>May issue reports.</summary>
    public bool Issues { get; init; }

    /// <summary>One of the three administrators, who exclude each other and read no business data; else null.</summary>
    public Administration? Administers { get; init; }

    public required SourceLine Source { get; init; }
}

public enum Administration
{
    System,
    Security,
    Audit,
}
