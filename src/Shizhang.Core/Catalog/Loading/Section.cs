using System.Globalization;
using System.Text.RegularExpressions;

namespace Shizhang.Core.Catalogs.Loading;

/// <summary>
/// Reads the keys of one YAML map. Every wrong shape becomes an error with its line; keys that nobody asked for are unknown.
/// </summary>
internal sealed partial class Section
{
    private readonly YamlMap _map;
    private readonly PackErrors _errors;
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);

    private Section(YamlMap map, PackErrors errors)
    {
        _map = map;
        _errors = errors;
    }

    public SourceLine At => _map.At;

    public static Section? Of(Yaml? yaml, string what, PackErrors errors)
    {
        if (yaml is YamlMap map)
        {
            return new Section(map, errors);
        }

        if (yaml is not null)
        {
            errors.Add("not_map", yaml.At, what);
        }

        return null;
    }

    public bool Has(string key) => _map.Entries.ContainsKey(key);

    public SourceLine LineOf(string key) => _map.Entries.TryGetValue(key, out var entry) ? entry.At : At;

    public string? Text(string key) => Get(key) is { } value ? AsText(key, value) : null;

    /// <summary>As <see cref="Text"/>; an error when it is missing.</summary>
    public string Need(string key)
    {
        if (Text(key) is { Length: > 0 } text)
        {
            return text;
        }

        _errors.Add("missing_key", LineOf(key), key);
        return "";
    }

    public int? Integer(string key)
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        _errors.Add("not_integer", LineOf(key), key, text);
        return null;
    }

    public decimal? Decimal(string key)
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        if (decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        _errors.Add("not_decimal", LineOf(key), key, text);
        return null;
    }

    public DateOnly? Date(string key) => Text(key) is { } text ? AsDate(key, text, LineOf(key)) : null;

    public bool Flag(string key)
    {
        switch (Text(key))
        {
            case null or "false":
                return false;
            case "true":
                return true;
            case var other:
                _errors.Add("not_flag", LineOf(key), key, other);
                return false;
        }
    }

    /// <summary>One of the values given, by the word that stands for it.</summary>
    public T OneOf<T>(string key, IReadOnlyDictionary<string, T> known, T otherwise)
    {
        if (Text(key) is not { } text)
        {
            return otherwise;
        }

        if (known.TryGetValue(text, out var value))
        {
            return value;
        }

        _errors.Add("not_one_of", LineOf(key), key, text, string.Join('、', known.Keys));
        return otherwise;
    }

    /// <summary>Texts of a list; a single text is a list of one.</summary>
    public IReadOnlyList<string> Texts(string key) => Get(key) switch
    {
        null => [],
        YamlText { Value: null } => [],
        YamlText { Value: { } one } => [one],
        YamlList list => [.. list.Items.Select(i => AsText(key, i)).OfType<string>()],
        var other => Wrong(key, other),
    };

    /// <summary>Days of a list.</summary>
    public IEnumerable<(DateOnly Day, SourceLine At)> Dates(string key)
    {
        foreach (var item in (Get(key) as YamlList)?.Items ?? [])
        {
            if (AsText(key, item) is { } text && AsDate(key, text, item.At) is { } day)
            {
                yield return (day, item.At);
            }
        }
    }

    /// <summary>A list whose items may be texts or maps.</summary>
    public IReadOnlyList<Yaml> Items(string key)
    {
        switch (Get(key))
        {
            case null:
                return [];
            case YamlList list:
                return list.Items;
            case var other:
                _errors.Add("not_list", other.At, key);
                return [];
        }
    }

    public Section? Map(string key) => Get(key) is { } value ? Of(value, key, _errors) : null;

    /// <summary>The entries of a map of named things, each a map itself.</summary>
    public IEnumerable<(string Code, SourceLine At, Section Section)> Named(string key)
    {
        if (Map(key) is not { } map)
        {
            yield break;
        }

        foreach (var (code, entry) in map._map.Entries)
        {
            if (Of(entry.Value, code, _errors) is { } section)
            {
                yield return (code, entry.At, section);
            }
        }
    }

    /// <summary>The keys of this map itself, for maps whose keys are data.</summary>
    public IEnumerable<(string Key, SourceLine At, Yaml Value)> Entries()
    {
        foreach (var (key, entry) in _map.Entries)
        {
            _asked.Add(key);
            yield return (key, entry.At, entry.Value);
        }
    }

    /// <summary>Reports the keys that nobody asked for.</summary>
    public void Close()
    {
        foreach (var (key, entry) in _map.Entries.Where(e => !_asked.Contains(e.Key)))
        {
            _errors.Add("unknown_key", entry.At, key);
        }
    }

    /// <summary>Checks the form of a code; the error names it.</summary>
    public static void CheckCode(string code, int most, SourceLine at, PackErrors errors)
    {
        if (code.Length > most || !CodeForm().IsMatch(code))
        {
            errors.Add("bad_code", at, code, most);
        }
        else if (Reserved.Contains(code))
        {
            errors.Add("reserved_code", at, code);
        }
    }

    // `past` names tables; the others are columns of every table.
    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal) { "past", "town", "id" };

    private Yaml? Get(string key)
    {
        _asked.Add(key);
        return _map.Entries.TryGetValue(key, out var entry) ? entry.Value : null;
    }

    private string? AsText(string key, Yaml value)
    {
        if (value is YamlText text)
        {
            return text.Value;
        }

        _errors.Add("not_text", value.At, key);
        return null;
    }

    private DateOnly? AsDate(string key, string text, SourceLine at)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", out var day))
        {
            return day;
        }

        _errors.Add("not_date", at, key, text);
        return null;
    }

    private string[] Wrong(string key, Yaml value)
    {
        _errors.Add("not_list", value.At, key);
        return [];
    }

    [GeneratedRegex("^[a-z][a-z0-9]*(_[a-z0-9]+)*$", RegexOptions.CultureInvariant, Patterns.MostMilliseconds)]
    private static partial Regex CodeForm();
}
