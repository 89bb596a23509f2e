using System.Globalization;
using System.Text;
using Shizhang.Core.Catalogs;

namespace Shizhang.Core.Records;

/// <summary>The one-line name of a record, from the ledger's title: <c>{kind}：{village}</c>. Personal fields show as masked.</summary>
public sealed class RecordTitle
{
    private readonly List<(string Text, Field? Field)> _parts = [];

    public RecordTitle(Ledger ledger)
    {
        var rest = ledger.Title.AsSpan();
        while (!rest.IsEmpty)
        {
            var open = rest.IndexOf('{');
            var close = open < 0 ? -1 : rest[open..].IndexOf('}');
            if (close < 0)
            {
                _parts.Add((rest.ToString(), null));
                break;
            }

            if (open > 0)
            {
                _parts.Add((rest[..open].ToString(), null));
            }

            _parts.Add(("", ledger.Fields.Find(rest.Slice(open + 1, close - 1).ToString())));
            rest = rest[(open + close + 1)..];
        }

        Fields = [.. _parts.Select(p => p.Field).OfType<Field>().Where(f => !f.IsChild).Distinct()];
    }

    /// <summary>The fields a title needs.</summary>
    public IReadOnlyList<Field> Fields { get; }

    /// <summary>
    /// Units by their names; a reference as <c>#id</c>; empty fields as —. A personal field prints as <paramref name="personal"/>
    /// says, as *** when nothing does.
    /// </summary>
    public string Of(RecordValues values, UnitTree units, Func<Field, object, string>? personal = null)
    {
        var title = new StringBuilder();
        foreach (var (text, field) in _parts)
        {
            title.Append(field is null ? text
                : field.Personal && values[field] is { } value && personal is not null ? personal(field, value)
                : Print(field, values[field], units));
        }

        return title.ToString();
    }

    private static string Print(Field field, object? value, UnitTree units) => value switch
    {
        null => "—",
        _ when field.Personal => "***",
        string code when field.Type.Code == "unit" => units.Find(code)?.Name ?? code,
        long id when field.To is not null => $"#{id}",
        DateOnly day => day.ToString("yyyy-MM-dd"),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
