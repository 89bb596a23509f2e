using System.Text.RegularExpressions;
using Shizhang.Core.Catalogs;
using Shizhang.Core.Records;

namespace Shizhang.Core.Filters;

/// <summary>
/// Reads <c>$apply</c>: <c>filter(…)/groupby((a,b),aggregate($count as n,x with sum as s))</c>, each part but one optional. Its filter
/// is the one filter language; fields of lines are not grouped.
/// </summary>
public sealed partial class ApplyReader(Ledger ledger)
{
    public const int MostNames = 16;

    public ReadApply Read(string text)
    {
        if (text.Length > FilterReader.MostCharacters)
        {
            return new ReadApply(null, Texts.Text.Core["filter_long", FilterReader.MostCharacters]);
        }

        var rest = text.Trim();
        Filter? where = null;
        if (rest.StartsWith("filter(", StringComparison.Ordinal))
        {
            var end = Closing(rest, "filter(".Length);
            if (end < 0 || !rest.AsSpan(end + 1).StartsWith("/", StringComparison.Ordinal))
            {
                return Refuse(rest);
            }

            (where, var refusal) = new FilterReader(ledger.Fields, ledger.Workflow?.States).Read(rest["filter(".Length..end]);
            if (refusal is not null)
            {
                return new ReadApply(null, refusal);
            }

            rest = rest[(end + 2)..];
        }

        var form = Form().Match(rest);
        if (!form.Success)
        {
            return Refuse(rest);
        }

        var by = new List<Operand>();
        foreach (var name in Names(form.Groups["by"].Value))
        {
            if (Find(name) is not { } operand)
            {
                return new ReadApply(null, Texts.Text.Core["field_unknown", name]);
            }

            by.Add(operand);
        }

        var aggregations = new List<Aggregation>();
        foreach (var one in Names(form.Groups["aggregate"].Value))
        {
            var (aggregation, refusal) = ReadOne(one);
            if (aggregation is null)
            {
                return new ReadApply(null, refusal);
            }

            aggregations.Add(aggregation);
        }

        var columns = by.Select(NameOf).Concat(aggregations.Select(a => a.Alias)).ToList();
        return columns.Count is 0 or > MostNames || columns.Distinct(StringComparer.Ordinal).Count() < columns.Count ? Refuse(rest) : new ReadApply(new Apply(where, by, aggregations), null);
    }

    /// <summary>The name a group's value goes by.</summary>
    public static string NameOf(Operand operand) => operand is FieldOperand field ? field.Field.Code : StateOperand.Name;

    private (Aggregation? Aggregation, string? Refusal) ReadOne(string text)
    {
        var match = One().Match(text);
        if (!match.Success)
        {
            return (null, Texts.Text.Core["apply_form", text]);
        }

        var alias = match.Groups["alias"].Value;
        if (match.Groups["field"].Value is not { Length: > 0 } name)
        {
            return (new Aggregation(AggregationKind.Count, null, alias), null);
        }

        var kind = match.Groups["how"].Value switch { "sum" => AggregationKind.Sum, "min" => AggregationKind.Min, "max" => AggregationKind.Max, _ => AggregationKind.CountDistinct };
        var operand = Find(name);
        var stored = (operand as FieldOperand)?.Field is { To: null } field ? field.Type.Stored : StorageKind.None;
        var fits = kind switch
        {
            AggregationKind.Sum => stored is StorageKind.Integer or StorageKind.Decimal,
            AggregationKind.CountDistinct => true,
            _ => stored is StorageKind.Integer or StorageKind.Decimal or StorageKind.Date,
        };
        return operand is null ? (null, Texts.Text.Core["field_unknown", name])
            : fits ? (new Aggregation(kind, operand, alias), null)
            : (null, Texts.Text.Core["apply_kind", name, match.Groups["how"].Value]);
    }

    private Operand? Find(string name) =>
        name == StateOperand.Name && ledger.Workflow is not null ? new StateOperand()
        : ledger.Fields.Find(name) is { IsChild: false } field ? new FieldOperand(field)
        : null;

    private static string[] Names(string list) => list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    // The bracket that closes, with texts in quotes passed over; -1 when none does.
    private static int Closing(string text, int from)
    {
        var (depth, isQuoted) = (1, false);
        for (var i = from; i < text.Length; i++)
        {
            isQuoted ^= text[i] == '\'';
            depth += isQuoted ? 0 : text[i] switch { '(' => 1, ')' => -1, _ => 0 };
            if (depth == 0)
            {
                return i;
            }
        }

        return -1;
    }

    private static ReadApply Refuse(string text) => new(null, Texts.Text.Core["apply_form", text]);

    [GeneratedRegex(@"^(?:groupby\s*\(\s*\((?<by>[a-z0-9_,\s]+)\)\s*(?:,\s*aggregate\s*\((?<aggregate>[^()]+)\)\s*)?\)|aggregate\s*\((?<aggregate>[^()]+)\))$", RegexOptions.CultureInvariant, Patterns.MostMilliseconds)]
    private static partial Regex Form();

    [GeneratedRegex(@"^(?:\$count|(?<field>[a-z0-9_]+)\s+with\s+(?<how>sum|min|max|countdistinct))\s+as\s+(?<alias>[A-Za-z_][A-Za-z0-9_]{0,62})$", RegexOptions.CultureInvariant, Patterns.MostMilliseconds)]
    private static partial Regex One();
}
