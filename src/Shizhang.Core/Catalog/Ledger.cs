namespace Shizhang.Core.Catalogs;

/// <summary>A kind of record: its columns, how a record moves, what is counted and what must hold.</summary>
public sealed class Ledger
{
    /// <summary>The one ledger a pack must have: units, effective-dated, with a parent.</summary>
    public const string UnitCode = "unit";

    public required string Code { get; init; }
    public required string Name { get; init; }
    public required string En { get; init; }

    /// <summary>The name as the reader's language shows it.</summary>
    public string Shown => Texts.Text.Choose(Name, En);

    public required string Area { get; init; }
    public string? AreaEn { get; init; }

    /// <summary>The area as the reader's language shows it.</summary>
    public string AreaShown => Texts.Text.Choose(Area, AreaEn);

    /// <summary>The role (department) that answers for the ledger.</summary>
    public required string Owner { get; init; }

    /// <summary>Why the ledger exists: the law or document that asks for it.</summary>
    public required string Basis { get; init; }

    public required FieldSet Fields { get; init; }

    /// <summary>The field that places a record in time.</summary>
    public required Field Date { get; init; }

    /// <summary>The field that places a record in the organisation; holds a unit code.</summary>
    public required Field Unit { get; init; }

    /// <summary>A text with field codes in braces, e.g. <c>{kind}：{village}</c>.</summary>
    public required string Title { get; init; }

    public Workflow? Workflow { get; init; }

    /// <summary>Which records are kept from whom; null when all who read the ledger see all.</summary>
    public Concealment? Conceal { get; init; }

    public IReadOnlyList<Rule> Rules { get; internal set; } = [];

    /// <summary>Set once while the catalog is built, because indicators and rules refer back to ledgers.</summary>
    public IReadOnlyList<Indicator> Indicators { get; internal set; } = [];

    public required SourceLine Source { get; init; }

    public override string ToString() => Code;
}

/// <summary>Where a definition stands in its pack, for messages; the line counts from 1.</summary>
public readonly record struct SourceLine(string File, int Line)
{
    public override string ToString() => $"{File}:{Line}";
}
