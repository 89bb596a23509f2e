using System.Globalization;
using System.Text.RegularExpressions;
using Shizhang.Core;
using Shizhang.Core.Catalogs;
using Shizhang.Core.Records;

namespace Shizhang.App.Features.Records;

/// <summary>
/// What stands in the fields of a form, by name: <c>village</c>, and for lines <c>visits[0].on</c>. Reads them into the inputs of
/// a record, and fills a form from a record or from what was typed before.
/// </summary>
internal sealed partial class RecordInputs
{
    private readonly Dictionary<string, string[]> _typed;

    private RecordInputs(Dictionary<string, string[]> typed) => _typed = typed;

    public static RecordInputs Empty { get; } = new([]);

    public static RecordInputs OfTyped(Dictionary<string, string[]> typed) => new(typed);

    public static RecordInputs OfRecord(RecordValues values)
    {
        var typed = new Dictionary<string, string[]>(StringComparer.Ordinal);
        foreach (var field in values.Fields)
        {
            if (field.IsLines)
            {
                var lines = values.LinesOf(field);
                for (var i = 0; i < lines.Count; i++)
                {
                    foreach (var inner in field.Lines!)
                    {
                        typed[$"{field.Code}[{i}].{inner.Code}"] = [Typed(lines[i][inner])];
                    }
                }
            }
            else
            {
                typed[field.Code] = field.IsChild ? [.. values.ChosenOf(field)] : [Typed(values[field])];
            }
        }

        return new RecordInputs(typed);
    }

    public string Text(string name) => _typed.TryGetValue(name, out var values) && values.Length > 0 ? values[0] : "";

    /// <summary>Something was typed in a field or in one of its lines.</summary>
    public bool Holds(string field) => _typed.Any(t => (t.Key == field || t.Key.StartsWith(field + "[", StringComparison.Ordinal)) && t.Value.Any(v => v.Length > 0));

    public bool Has(string name) => _typed.ContainsKey(name);

    public IReadOnlyCollection<string> Chosen(string name) => _typed.GetValueOrDefault(name) ?? [];

    public void Set(string name, string value) => _typed[name] = [value];

    /// <summary>Numbers of the lines of a field that stand in the form, in order.</summary>
    public IReadOnlyList<int> LinesOf(Field field) =>
        [.. _typed.Keys.Select(k => LineName().Match(k)).Where(m => m.Success && m.Groups[1].Value == field.Code)
            .Select(m => int.Parse(m.Groups[2].Value, CultureInfo.InvariantCulture)).Distinct().Order()];

    public void RemoveLine(Field field, int line)
    {
        foreach (var name in field.Lines!.Select(f => $"{field.Code}[{line}].{f.Code}"))
        {
            _typed.Remove(name);
        }
    }

    /// <summary>The inputs of the fields that the form had. A line with nothing in it is no line; a bare number in its place is kept.</summary>
    public Dictionary<string, object?> Read(IEnumerable<Field> fields, Func<Field, string, object?> resolve)
    {
        var inputs = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var field in fields)
        {
            if (field.IsLines)
            {
                var lines = LinesOf(field).Select(i => field.Lines!.ToDictionary(f => f.Code, f => Value(f, $"{field.Code}[{i}].{f.Code}", resolve), StringComparer.Ordinal));
                inputs[field.Code] = lines.Where(l => l.Values.Any(v => v is not null)).ToList();
            }
            else if (field.IsChild)
            {
                inputs[field.Code] = Chosen(field.Code).Where(v => v.Length > 0).ToList();
            }
            else
            {
                inputs[field.Code] = Value(field, field.Code, resolve);
            }
        }

        return inputs;
    }

    private object? Value(Field field, string name, Func<Field, string, object?> resolve)
    {
        var text = Text(name).Trim();
        return text.Length == 0 ? null : field.To is not null ? resolve(field, text) : text;
    }

    private static string Typed(object? value) => value switch
    {
        null => "",
        bool yes => yes ? "true" : "false",
        DateOnly day => day.ToString("yyyy-MM-dd"),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    [GeneratedRegex(@"^([a-z0-9_]+)\[(\d{1,4})\]\.[a-z0-9_]+$", RegexOptions.None, Patterns.MostMilliseconds)]
    private static partial Regex LineName();
}
