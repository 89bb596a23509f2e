using Shizhang.Core.Catalogs;

namespace Shizhang.App.Demo;

/// <summary>All drafts so far, by ledger and by unit.</summary>
internal sealed class DraftBook(DateOnly first)
{
    /// <summary>What was there before the demo's span begins is entered on this day.</summary>
    public DateOnly First { get; } = first;

    private readonly Dictionary<string, List<Draft>> _byLedger = new(StringComparer.Ordinal);
    private readonly Dictionary<(string, string), List<Draft>> _byUnit = [];
    private readonly Dictionary<string, List<string>> _units = new(StringComparer.Ordinal);

    public List<Draft> All { get; } = [];

    public void Add(Draft draft)
    {
        All.Add(draft);
        Of(draft.Ledger.Code).Add(draft);
        if (!_byUnit.TryGetValue((draft.Ledger.Code, draft.Unit), out var list))
        {
            _byUnit.Add((draft.Ledger.Code, draft.Unit), list = []);
        }

        list.Add(draft);
        if (draft.Ledger.Code == Ledger.UnitCode)
        {
            UnitsOf((string)draft.Inputs["kind"]!).Add((string)draft.Inputs["code"]!);
        }
    }

    public List<Draft> Of(string ledger)
    {
        if (!_byLedger.TryGetValue(ledger, out var list))
        {
            _byLedger.Add(ledger, list = []);
        }

        return list;
    }

    public IReadOnlyList<Draft> Of(string ledger, string unit) => _byUnit.GetValueOrDefault((ledger, unit)) ?? [];

    public List<string> UnitsOf(string kind)
    {
        if (!_units.TryGetValue(kind, out var list))
        {
            _units.Add(kind, list = []);
        }

        return list;
    }

    public string NameOf(string unit) => Of(Ledger.UnitCode).Find(d => d.Unit == unit) is { } found ? (string)found.Inputs["name"]! : unit;

    /// <summary>The day something is entered: when it happened, not before the demo begins nor before what it refers to.</summary>
    public DateOnly EnteredOn(DateOnly? day, IEnumerable<Draft> references)
    {
        var entered = day is { } known && known > First ? known : First;
        foreach (var reference in references)
        {
            entered = reference.EnteredOn > entered ? reference.EnteredOn : entered;
        }

        return entered;
    }
}
