using Shizhang.Core.Catalogs;
using Shizhang.Storage.Dialects;

namespace Shizhang.Storage.Records;

/// <summary>The units of a town as its writer knows them: the kind of each by code, and which stand at the top.</summary>
internal sealed class TownUnits
{
    private readonly Dictionary<long, (string Code, bool IsTop)> _units = [];

    /// <summary>Kinds by code of unit.</summary>
    public Dictionary<string, string> Kinds { get; } = new(StringComparer.Ordinal);

    /// <summary>Units without a parent that are not given up: ids with codes.</summary>
    public IEnumerable<(long Id, string Code)> Tops => _units.Where(u => u.Value.IsTop).Select(u => (u.Key, u.Value.Code));

    public static async Task<TownUnits> ReadAsync(Session session, string town)
    {
        var units = new TownUnits();
        await session.ReadAsync(
            new Statement("SELECT id, code, kind, parent, valid_until FROM unit WHERE town = $1 AND code IS NOT NULL", [town]),
            r => units.Add(r.GetInt64(0), r.GetString(1), r.IsDBNull(2) ? "" : r.GetString(2), r.IsDBNull(3) && r.IsDBNull(4)));
        return units;
    }

    /// <summary>Keeps what was written to a unit.</summary>
    public void Remember(RecordWrite write, long id)
    {
        if (_units.Remove(id, out var before))
        {
            Kinds.Remove(before.Code);
        }

        if (ValuesOf(write) is { } values)
        {
            Add(id, (string)values[write.Ledger.Unit]!, (string?)values["kind"] ?? "", IsTop(write));
        }
    }

    public static bool IsTop(RecordWrite write) => ValuesOf(write) is { } values && values["parent"] is null && values["valid_until"] is null;

    public static Core.Records.RecordValues? ValuesOf(RecordWrite write) => write switch
    {
        CreateRecord create => create.Values,
        AmendRecord amend => amend.Values,
        _ => null,
    };

    private void Add(long id, string code, string kind, bool isTop)
    {
        _units[id] = (code, isTop);
        Kinds[code] = kind;
    }
}

/// <summary>The tops of the tree while a set of writes is looked at: there is one, or the town has no root.</summary>
internal sealed class TopUnits(TownUnits? units)
{
    private Dictionary<long, string>? _tops;

    /// <summary>Why a write may not be: it would put a second unit at the top. Else the write counts for those after it.</summary>
    public WriteOutcome? Refusal(RecordWrite write, long id)
    {
        if (write.Ledger.Code != Ledger.UnitCode || units is null)
        {
            return null;
        }

        _tops ??= units.Tops.ToDictionary(t => t.Id, t => t.Code);
        _tops.Remove(id);
        if (!TownUnits.IsTop(write))
        {
            return null;
        }

        if (_tops.Count > 0)
        {
            return new Refused([new WriteRefusal(RefusalKind.SecondTop, "parent", _tops.Values.First())]);
        }

        _tops[id] = (string)TownUnits.ValuesOf(write)![write.Ledger.Unit]!;
        return null;
    }
}
