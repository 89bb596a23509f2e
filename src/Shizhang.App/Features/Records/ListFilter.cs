using Shizhang.Core.Catalogs;
using Shizhang.Core.Filters;

namespace Shizhang.App.Features.Records;

/// <summary>
/// The fields above a list and the one filter language: what is chosen in them becomes a filter, and a filter of that shape fills
/// them again. One that says more stands in words only.
/// </summary>
internal sealed class ListFilter
{
    private const string Prefix = "w.";
    private const string StateWord = "_state";
    private const int MostFields = 8;

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    private ListFilter(Ledger ledger) => Ledger = ledger;

    public Ledger Ledger { get; }

    /// <summary>False when the filter says more than the fields can.</summary>
    public bool IsWhole { get; private set; } = true;

    public bool IsEmpty => _values.Count == 0 && IsWhole;

    /// <summary>The fields asked: choices, text, references to nobody.</summary>
    public IEnumerable<Field> Fields => Ledger.Fields.Where(f => f.Type.Code is "choice" or "text" or "yes_no" && !f.Personal).Take(MostFields);

    public string Value(string code) => _values.GetValueOrDefault(code) ?? "";

    public static string NameOf(string code) => Prefix + code;

    public static bool IsAsked(IQueryCollection query) => query.Keys.Any(k => k.StartsWith(Prefix, StringComparison.Ordinal));

    public static string Build(Ledger ledger, IQueryCollection query)
    {
        var parts = new List<string>();
        foreach (var (key, values) in query.Where(q => q.Key.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            var (code, text) = (key[Prefix.Length..], values.ToString().Trim());
            var quoted = $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
            var part = (text.Length, code, ledger.Fields.Find(code)?.Type.Code) switch
            {
                (0, _, _) => null,
                (_, StateWord, _) => $"{StateWord} eq {quoted}",
                (_, _, "choice") => $"{code} eq {quoted}",
                (_, _, "text") => $"contains({code}, {quoted})",
                (_, _, "yes_no") => $"{code} eq {(text == "true" ? "true" : "false")}",
                _ => null,
            };
            if (part is not null)
            {
                parts.Add(part);
            }
        }

        return string.Join(" and ", parts);
    }

    public static ListFilter Of(Ledger ledger, Filter? filter)
    {
        var built = new ListFilter(ledger);
        built.Fill(filter);
        return built;
    }

    private void Fill(Filter? filter)
    {
        switch (filter)
        {
            case null:
                break;
            case And and:
                Fill(and.Left);
                Fill(and.Right);
                break;
            case Comparison { Operator: ComparisonOperator.Equal, Left: FieldOperand field, Right: Literal { Value: string or bool } literal }:
                IsWhole &= _values.TryAdd(field.Field.Code, literal.Value is bool yes ? (yes ? "true" : "false") : (string)literal.Value);
                break;
            case Comparison { Operator: ComparisonOperator.Equal, Left: StateOperand, Right: Literal { Value: string state } }:
                IsWhole &= _values.TryAdd(StateWord, state);
                break;
            case TextMatch { Kind: TextMatchKind.Contains, Negated: false, Operand: FieldOperand field, Text.Value: string text }:
                IsWhole &= _values.TryAdd(field.Field.Code, text);
                break;
            default:
                IsWhole = false;
                break;
        }
    }
}
