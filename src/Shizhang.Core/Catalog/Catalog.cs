namespace Shizhang.Core.Catalogs;

/// <summary>A pack, loaded and checked: everything that defines one kind of office. Immutable.</summary>
public sealed class Catalog
{
    private Dictionary<string, (Ledger Ledger, Rule Rule)>? _rules;

    public required string Code { get; init; }
    public required string Name { get; init; }
    public required string En { get; init; }
    public required string Version { get; init; }
    public required string Locale { get; init; }

    /// <summary>SM3 of all files of the pack, lower-case hex; the key under which it is stored.</summary>
    public required string Digest { get; init; }

    /// <summary>Ledgers by code, in the order of their files.</summary>
    public required IReadOnlyDictionary<string, Ledger> Ledgers { get; init; }

    /// <summary>Indicators of all ledgers by code; a namespace of its own, apart from ledgers.</summary>
    public required IReadOnlyDictionary<string, Indicator> Indicators { get; init; }

    public required IReadOnlyDictionary<string, Role> Roles { get; init; }
    public required IReadOnlyDictionary<string, Deadline> Deadlines { get; init; }
    public required IReadOnlyDictionary<string, ChoiceList> Lists { get; init; }
    public required IReadOnlyDictionary<int, CalendarYear> Calendar { get; init; }
    public required IReadOnlyDictionary<string, ReportTemplate> Reports { get; init; }

    /// <summary>Named lists of ledgers, as superiors ask for them.</summary>
    public required IReadOnlyDictionary<string, Sheet> Sheets { get; init; }

    /// <summary>Rules of all ledgers by code, each with its ledger.</summary>
    public IReadOnlyDictionary<string, (Ledger Ledger, Rule Rule)> Rules => _rules ??=
        Ledgers.Values.SelectMany(l => l.Rules.Select(r => (Ledger: l, Rule: r))).ToDictionary(r => r.Rule.Code, StringComparer.Ordinal);

    public required Wording Wording { get; init; }

    /// <summary>The ledger of the organisation itself: villages, departments, branches, each with its parent.</summary>
    public Ledger Units => Ledgers[Ledger.UnitCode];
}
