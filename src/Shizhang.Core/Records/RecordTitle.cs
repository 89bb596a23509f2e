using System.Globalization;
using System.Text;
using Shizhang.Core.Catalogs;

namespace Shizhang.Core.Records;

/// <summary>
/// The one-line name of a record, from the ledger's title: <c>{kind}：{village}</c>. Personal fields show as masked; a concealed
/// record shows only what conceals it.
/// </summary>
public sealed class RecordTitle
{
    private readonly List<(string Text, Field? Field)> _parts = [];
    private readonly Concealment? _conceal;

    public RecordTitle(Ledger ledger)
    {
        _conceal = ledger.Conceal;
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

        Fields = [.. _parts.Select(p => p.Field).Append(_conceal?.When).OfType<Field>().Where(f => !f.IsChild).Distinct()];
    }

    /// <summary>The fields a title needs.</summary>
    public IReadOnlyList<Field> Fields { get; }

    /// <summary>
    /// Units by their names; a reference by what <paramref name="titles"/> says of it, or <c>#id</c>; empty fields as —. Personal
    /// fields are masked, unless <paramref name="isClear"/>: for finding what somebody named, never for showing it.
    /// </summary>
    public string Of(RecordValues values, UnitTree units, Func<string, long, string?>? titles = null, bool isClear = false)
    {
        if (_conceal?.Covers(values) is true)
        {
            return Chosen(_conceal.When, (string)values[_conceal.When]!, isClear);
        }

        var title = new StringBuilder();
        foreach (var (text, field) in _parts)
        {
            title.Append(field is null ? text : Print(field, values[field], units, titles, isClear));
        }

        return title.ToString();
    }

    private static string Print(Field field, object? value, UnitTree units, Func<string, long, string?>? titles, bool isClear) => value switch
    {
        null => "—",
        _ when field.Personal && !isClear => Masking.Mask(field, value),
        string code when field.Type.Code == "unit" => units.Find(code)?.Name ?? code,
        long id when field.To is { } to => titles?.Invoke(to, id) ?? $"#{id}",
        string chosen when field.Choices.Count > 0 => Chosen(field, chosen, isClear),
        DateOnly day => day.ToString("yyyy-MM-dd"),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    // What somebody named is found by what is stored, in any language.
    private static string Chosen(Field field, string value, bool isClear) => isClear ? value : field.ShownChoice(value);
}
