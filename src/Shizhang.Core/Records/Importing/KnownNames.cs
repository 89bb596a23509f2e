using System.Globalization;

namespace Shizhang.Core.Records.Importing;

/// <summary>What the units and records of a town are called, so that a sheet may name them as people do.</summary>
public sealed class KnownNames
{
    private const long Several = -1;

    private readonly Dictionary<string, string?> _units = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Ledger, string Name), long> _records = [];
    private readonly Dictionary<(string Ledger, long Id), List<string>> _names = [];

    public KnownNames(UnitTree units)
    {
        foreach (var unit in units.Units)
        {
            _units[unit.Code] = unit.Code;
        }

        // Of units that share a name the living one is meant; several living ones are not told apart.
        foreach (var named in units.Units.GroupBy(u => u.Name, StringComparer.Ordinal).Where(n => !_units.ContainsKey(n.Key)))
        {
            var living = named.Where(u => u.ValidUntil is null).ToList();
            _units[named.Key] = living.Count == 1 ? living[0].Code : named.Count() == 1 ? named.First().Code : null;
        }
    }

    /// <summary>A title, or the value of a unique field, by which a record may be named.</summary>
    public void Add(string ledger, string name, long id)
    {
        var key = (ledger, name);
        _records[key] = _records.TryGetValue(key, out var other) && other != id ? Several : id;
        (_names.TryGetValue((ledger, id), out var names) ? names : _names[(ledger, id)] = []).Add(name);
    }

    /// <summary>The code of a unit from its name or code.</summary>
    public Parsed Unit(string text) =>
        !_units.TryGetValue(text, out var code) ? Parsed.Refuse(Texts.Text.Core["import_unit_unknown", text])
        : code is null ? Parsed.Refuse(Texts.Text.Core["import_unit_several", text])
        : Parsed.Of(code);

    /// <summary>The id of a record from its title, the value of a unique field, or <c>#id</c>, whose name may stand behind it, masked or not.</summary>
    public Parsed Record(string ledger, string text)
    {
        if (text.StartsWith('#'))
        {
            var end = text.AsSpan(1).IndexOfAnyExceptInRange('0', '9');
            var said = end < 0 ? "" : text[(end + 1)..].Trim();
            return !long.TryParse(end < 0 ? text.AsSpan(1) : text.AsSpan(1, end), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? Parsed.Refuse(Texts.Text.Core["field_record", text])
                : said.Length > 0 && _names.TryGetValue((ledger, id), out var names) && !names.Exists(n => Reads(said, n) || Reads(n, said)) ? Parsed.Refuse(Texts.Text.Core["import_record_other", id, said])
                : Parsed.Of(id);
        }

        return _records.GetValueOrDefault((ledger, text)) switch
        {
            Several => Parsed.Refuse(Texts.Text.Core["import_record_several", text]),
            > 0 and var found => Parsed.Of(found),
            _ => Parsed.Refuse(Texts.Text.Core["import_record_unknown", text]),
        };
    }

    // Of a masked name only what is seen can be compared.
    private static bool Reads(string said, string name)
    {
        if (!said.Contains('*', StringComparison.Ordinal))
        {
            return said == name;
        }

        var (from, seen) = (0, said.Split('*', StringSplitOptions.RemoveEmptyEntries));
        foreach (var part in seen)
        {
            var at = name.IndexOf(part, from, StringComparison.Ordinal);
            if (at < 0 || (at > 0 && from == 0 && said[0] != '*'))
            {
                return false;
            }

            from = at + part.Length;
        }

        return said[^1] == '*' || (seen.Length > 0 && name.EndsWith(seen[^1], StringComparison.Ordinal));
    }
}
