using System.Globalization;
using System.Text.RegularExpressions;
using Shizhang.App.Site;
using Shizhang.App.Texts;
using Shizhang.Core;
using Shizhang.Core.Catalogs;
using Shizhang.Core.Filters;

namespace Shizhang.App.Features.Records;

/// <summary>
/// The fields above a list and the one filter language: what is chosen in them becomes a filter, and a filter of that shape fills
/// them again. One that says more stands in words only.
/// </summary>
internal sealed partial class ListFilter
{
    public const string StateWord = "_state";

    private const string Prefix = "w.";
    private const string From = ".from";
    private const string To = ".to";
    private const int MostFirst = 4;
    private const int MostFound = 20;

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    private ListFilter(Ledger ledger)
    {
        Ledger = ledger;
        Fields = [.. ledger.Fields.Where(f => !f.Personal && IsAsked(f)).OrderBy(f => f.Type.Code switch { "choice" => 0, "choices" or "text" => 1, _ => 2 })];
    }

    public Ledger Ledger { get; }

    /// <summary>The fields asked, those asked most first. None that is about a person: a filter would tell bit by bit what is masked.</summary>
    public IReadOnlyList<Field> Fields { get; }

    public IEnumerable<Field> First => Fields.Take(MostFirst);

    public IEnumerable<Field> Others => Fields.Skip(MostFirst);

    /// <summary>False when the filter says more than the fields can.</summary>
    public bool IsWhole { get; private set; } = true;

    public bool IsEmpty => _values.Count == 0 && IsWhole;

    public bool IsAnySaid(IEnumerable<Field> fields) => fields.Any(f => _values.Keys.Any(k => k == f.Code || k == FromOf(f) || k == ToOf(f)));

    public string Value(string key) => _values.GetValueOrDefault(key) ?? "";

    public static string NameOf(string key) => Prefix + key;

    public static string FromOf(Field field) => field.Code + From;

    public static string ToOf(Field field) => field.Code + To;

    /// <summary>Asked from one value to another.</summary>
    public static bool IsSpan(Field field) => field.Type.Code is "date" or "integer" or "decimal" or "money";

    public static bool IsAsked(IQueryCollection query) => query.Keys.Any(k => k.StartsWith(Prefix, StringComparison.Ordinal));

    /// <summary>The fields as somebody filled them in.</summary>
    public static ListFilter Of(Ledger ledger, IQueryCollection query)
    {
        var asked = new ListFilter(ledger);
        string[] keys = [StateWord, .. asked.Fields.SelectMany(f => IsSpan(f) ? (string[])[FromOf(f), ToOf(f)] : [f.Code])];
        foreach (var key in keys.Where(k => !string.IsNullOrWhiteSpace(query[NameOf(k)])))
        {
            asked._values[key] = query[NameOf(key)].ToString().Trim();
        }

        return asked;
    }

    /// <summary>The fields as a filter fills them.</summary>
    public static ListFilter Of(Ledger ledger, Filter? filter)
    {
        var built = new ListFilter(ledger);
        built.Fill(filter);
        if (!built.IsWhole)
        {
            built._values.Clear();
        }

        return built;
    }

    /// <summary>What the fields say, in the filter language; or what is wrong with one of them.</summary>
    public async Task<(string? Text, string? Refusal)> WriteAsync(Visit visit)
    {
        var parts = new List<string>();
        if (Value(StateWord) is { Length: > 0 } state)
        {
            parts.Add($"{StateWord} eq {Quoted(state)}");
        }

        foreach (var field in Fields)
        {
            foreach (var (key, comparison) in IsSpan(field) ? ((string, string)[])[(FromOf(field), "ge"), (ToOf(field), "le")] : [(field.Code, "eq")])
            {
                var (part, refusal) = Value(key) is { Length: > 0 } text ? await PartAsync(visit, field, comparison, text) : default;
                if (refusal is not null)
                {
                    return (null, AppText.Of["filter_value", field.Shown, refusal]);
                }

                parts.AddRange(part is null ? [] : [part]);
            }
        }

        return (string.Join(" and ", parts), null);
    }

    private static async Task<(string? Part, string? Refusal)> PartAsync(Visit visit, Field field, string comparison, string text)
    {
        switch (field.Type.Code)
        {
            case "choices":
                return ($"{field.Code}/any(v: v eq {Quoted(text)})", null);
            case "text":
                return ($"contains({field.Code}, {Quoted(text)})", null);
            case "yes_no":
                return ($"{field.Code} eq {(text == "true" ? "true" : "false")}", null);
            case "record":
                var to = visit.Place.Catalog.Ledgers[field.To!];
                var ids = IdsOf(text) is { Count: > 0 } typed ? typed : [.. (await RecordSearch.FindAsync(visit, to, text, MostFound)).Select(id => id.ToString(CultureInfo.InvariantCulture))];
                return ids.Count == 0 ? (null, AppText.Of["reference_none", to.Shown, text])
                    : (ids.Count == 1 ? $"{field.Code} eq {ids[0]}" : $"{field.Code} in ({string.Join(',', ids)})", null);
            case var _ when IsSpan(field):
                var (value, refusal) = field.Type.Parse(text, field);
                return (value is null ? null : $"{field.Code} {comparison} {Said(value)}", refusal);
            default:
                return ($"{field.Code} eq {Quoted(text)}", null);
        }
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
            case Comparison { Operator: ComparisonOperator.Equal, Left: StateOperand, Right: Literal { Value: string state } }:
                Keep(StateWord, state);
                break;
            case Comparison { Operator: ComparisonOperator.Equal, Left: FieldOperand { Field: { Type.Code: not "text" } field }, Right: Literal literal } when !IsSpan(field):
                Keep(field, field.Code, field.To is null ? Said(literal.Value) : $"#{literal.Value}");
                break;
            case Comparison { Operator: ComparisonOperator.GreaterOrEqual or ComparisonOperator.LessOrEqual, NullMatches: false, Left: FieldOperand { Field: var field }, Right: Literal literal } comparison when IsSpan(field):
                Keep(field, comparison.Operator == ComparisonOperator.GreaterOrEqual ? FromOf(field) : ToOf(field), Said(literal.Value));
                break;
            case In { Negated: false, Operand: FieldOperand { Field: { To: not null } field }, Values: var ids }:
                Keep(field, field.Code, string.Join(' ', ids.Select(i => $"#{i.Value}")));
                break;
            case Any { Negated: false, Child: { IsLines: false } chosen, Where: Comparison { Operator: ComparisonOperator.Equal, Left: ChosenValue, Right: Literal { Value: string value } } }:
                Keep(chosen, chosen.Code, value);
                break;
            case TextMatch { Kind: TextMatchKind.Contains, Negated: false, Operand: FieldOperand { Field: { Type.Code: "text" } field }, Text.Value: string text }:
                Keep(field, field.Code, text);
                break;
            default:
                IsWhole = false;
                break;
        }
    }

    private void Keep(Field field, string key, string text)
    {
        IsWhole &= Fields.Contains(field);
        Keep(key, text);
    }

    private void Keep(string key, string text) => IsWhole &= _values.TryAdd(key, text);

    private static bool IsAsked(Field field) => IsSpan(field) || field.Type.Code is "choice" or "choices" or "text" or "yes_no" or "unit" or "record";

    private static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private static string Said(object value) => value switch
    {
        bool yes => yes ? "true" : "false",
        DateOnly day => day.ToString("yyyy-MM-dd"),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    // 12, #12, "#12 whatever it is called", "#12 #13".
    private static List<string> IdsOf(string text) => [.. Numbers().Match(text).Groups[1].Captures.Select(c => c.Value)];

    [GeneratedRegex(@"^(?:#?(\d{1,18})(?:\s+|$))+", RegexOptions.None, Patterns.MostMilliseconds)]
    private static partial Regex Numbers();
}
