using Shizhang.App.Access;
using Shizhang.App.Features.Figures;
using Shizhang.App.Features.Records;
using Shizhang.App.Site;
using Shizhang.Core.Catalogs;
using Shizhang.Core.Records;
using Shizhang.Storage.Records;

namespace Shizhang.App.Features.Units;

/// <summary>A unit with its record, and what stands below it.</summary>
internal sealed record UnitNode(Unit Unit, StoredRecord? Record, IReadOnlyList<UnitNode> Below);

[Needs(Right.Business)]
internal sealed class UnitsPage : SitePage
{
    private const int MostUnits = 5000;

    // The fields every pack has; the others are what this pack tells of a unit besides.
    private static readonly string[] Known = ["code", "name", "kind", "parent", "valid_from", "valid_until", "successor"];

    public override Room Room => Room.Units;

    public DateOnly Day { get; private set; }

    public UnitNode Top { get; private set; } = null!;

    /// <summary>What stands directly below, by kind in the order the pack lists them.</summary>
    public IEnumerable<IGrouping<string, UnitNode>> Kinds
    {
        get
        {
            var order = Place.Catalog.Units.Fields["kind"].Choices.Select(c => c.Value).ToList();
            return Top.Below.GroupBy(n => n.Unit.Kind).OrderBy(g => order.IndexOf(g.Key));
        }
    }

    /// <summary>Units that were given up by then, the last first.</summary>
    public IReadOnlyList<UnitNode> Gone { get; private set; } = [];

    public IReadOnlyList<Posts> Posts { get; private set; } = [];

    public IReadOnlyList<Field> Others { get; private set; } = [];

    public RecordView View { get; private set; } = null!;

    public int Count { get; private set; }

    public async Task OnGetAsync(string? on)
    {
        Day = Frame.TryDay(on ?? "", out var day) ? day : Visit.Day;
        var ledger = Place.Catalog.Units;
        var records = Access.Reads(ledger) ? await new RecordArchive(Place.Store).ListAsync(Place.Town, ledger, Visit.Today, most: MostUnits) : [];
        var byCode = records.Where(r => Access.Sees(ledger, r.Values)).ToDictionary(r => (string)r.Values["code"]!, StringComparer.Ordinal);
        View = await RecordView.OfAsync(Visit, byCode.Values.Select(r => r.Values));
        Others = [.. ledger.Fields.Where(f => !Known.Contains(f.Code) && !f.IsLines && byCode.Values.Any(r => r.Values[f] is not null))];
        var may = Access.Units();
        var standing = Access.Tree.Units.Where(u => u.StandsOn(Day) && may?.Contains(u.Code) is not false).ToList();
        Top = NodeOf(Access.Tree.Find(Visit.Unit)!, standing.ToLookup(u => u.Parent), byCode, []);
        Count = standing.Count;
        Gone = [.. Access.Tree.Units.Where(u => u.IsGoneOn(Day) && may?.Contains(u.Code) is not false)
            .OrderByDescending(u => u.ValidUntil).Select(u => new UnitNode(u, byCode.GetValueOrDefault(u.Code), []))];
        Posts = await Establishment.TotalAsync(Place, Access, await Visit.ScopeAsync(), Day);
    }

    /// <summary>Looking at another unit is a change of the frame, kept while one moves about.</summary>
    public string FrameOf(Unit unit, string back) =>
        $"/frame?from={Visit.Period.From:yyyy-MM-dd}&to={Visit.Period.To:yyyy-MM-dd}&unit={Uri.EscapeDataString(unit.Code)}&back={Uri.EscapeDataString(back)}";

    private static UnitNode NodeOf(Unit unit, ILookup<string?, Unit> below, Dictionary<string, StoredRecord> records, HashSet<string> above)
    {
        // A circle in the data ends where it closes.
        var children = above.Add(unit.Code)
            ? below[unit.Code].OrderBy(u => u.Code.Length).ThenBy(u => u.Code, StringComparer.Ordinal).Select(u => NodeOf(u, below, records, [.. above])).ToList()
            : [];
        return new UnitNode(unit, records.GetValueOrDefault(unit.Code), children);
    }
}
