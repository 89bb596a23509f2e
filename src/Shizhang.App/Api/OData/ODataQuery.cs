using System.Globalization;
using Shizhang.App.Texts;
using Shizhang.Core.Catalogs;
using Shizhang.Core.Filters;
using Shizhang.Core.Records;

namespace Shizhang.App.Api.OData;

/// <summary>
/// What a program asks of a ledger, read from the query options of OData; what is not understood is refused, never passed over. Personal
/// facts are not asked: an answer would say what the mask hides.
/// </summary>
internal sealed class ODataQuery
{
    public const int MostInPage = 1000;
    private static readonly string[] Known = ["$filter", "$orderby", "$top", "$skip", "$count", "$select", "$apply", "$skiptoken", "$format"];

    private readonly Ledger _ledger;

    private ODataQuery(Ledger ledger) => _ledger = ledger;

    public Filter? Where { get; private set; }

    /// <summary>The field sorted by; null for the record's number, the order of entering.</summary>
    public Field? Sort { get; private set; }

    public bool IsDescending { get; private set; }

    public long? Top { get; private set; }

    public long Skip { get; private set; }

    public bool Count { get; private set; }

    public IReadOnlySet<string>? Select { get; private set; }

    public Apply? Apply { get; private set; }

    /// <summary>Where the page begins: after which record.</summary>
    public (object? Value, long Id)? After { get; private set; }

    public List<FieldRefusal> Refusals { get; } = [];

    public static ODataQuery Read(Ledger ledger, IQueryCollection options)
    {
        var query = new ODataQuery(ledger);
        foreach (var (name, values) in options.Where(o => o.Key.StartsWith('$')))
        {
            if (!Known.Contains(name, StringComparer.Ordinal) || values.Count > 1)
            {
                query.Refuse(name, AppText.Of["odata_option", name, string.Join(' ', Known)]);
            }
        }

        if (query.Refusals.Count == 0)
        {
            query.ReadOptions(options);
        }

        return query;
    }

    private void ReadOptions(IQueryCollection options)
    {
        if (options["$filter"].FirstOrDefault() is { } filter)
        {
            (Where, var refusal) = new FilterReader(_ledger.Fields, _ledger.Workflow?.States).Read(filter);
            Refuse("$filter", refusal);
            RefusePersonal("$filter", FilterFields.Of(Where).Concat(FilterFields.InLinesOf(Where)).Concat(FilterFields.ChildrenOf(Where)));
        }

        ReadOrder(options["$orderby"].FirstOrDefault());
        Top = Number("$top", options["$top"].FirstOrDefault());
        Skip = Number("$skip", options["$skip"].FirstOrDefault()) ?? 0;
        Count = Flag(options["$count"].FirstOrDefault());
        ReadSelect(options["$select"].FirstOrDefault());
        if (options["$format"].FirstOrDefault() is { } format && format != "json" && !format.StartsWith("application/json", StringComparison.Ordinal))
        {
            Refuse("$format", AppText.Of["odata_format"]);
        }

        ReadApply(options);
        ReadAfter(options["$skiptoken"].FirstOrDefault());
    }

    private void ReadOrder(string? text)
    {
        if (text?.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is not [var name, .. var rest])
        {
            return;
        }

        Sort = _ledger.Fields.Find(name);
        IsDescending = rest is ["desc"];
        if (rest is not ([] or ["asc"] or ["desc"]) || (name != RecordJson.Id && Sort is not { IsChild: false }))
        {
            Refuse("$orderby", AppText.Of["odata_orderby", text]);
        }
        else if (Sort is not null)
        {
            RefusePersonal("$orderby", [Sort]);
        }
    }

    private void ReadSelect(string? text)
    {
        if (string.IsNullOrWhiteSpace(text) || text == "*")
        {
            return;
        }

        Select = text.Split(',', StringSplitOptions.TrimEntries).ToHashSet(StringComparer.Ordinal);
        if (Select.Except(RecordJson.NamesOf(_ledger)).FirstOrDefault() is { } unknown)
        {
            Refuse("$select", AppText.Of["field_not_there", _ledger.Name, unknown]);
        }
    }

    private void ReadApply(IQueryCollection options)
    {
        if (options["$apply"].FirstOrDefault() is not { } text)
        {
            return;
        }

        (Apply, var refusal) = new ApplyReader(_ledger).Read(text);
        Refuse("$apply", refusal);
        if (options.Keys.Any(k => k is "$filter" or "$orderby" or "$top" or "$skip" or "$select" or "$skiptoken"))
        {
            Refuse("$apply", AppText.Of["odata_apply_alone"]);
        }

        if (Apply is not null)
        {
            var asked = Apply.By.OfType<FieldOperand>().Select(o => o.Field).Concat(Apply.Aggregations.Select(a => a.Field).OfType<Field>());
            RefusePersonal("$apply", asked.Concat(FilterFields.Of(Apply.Where)).Concat(FilterFields.InLinesOf(Apply.Where)).Concat(FilterFields.ChildrenOf(Apply.Where)));
        }
    }

    private void ReadAfter(string? token)
    {
        if (token is null)
        {
            return;
        }

        var parts = token.Split('~', 2);
        var isRead = long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var id) && (parts.Length > 1 || Sort is null);
        var value = isRead && Sort is not null && parts[1].Length > 0 ? Sort.Type.Parse(parts[1], Sort) : default;
        if (!isRead || value.Refusal is not null)
        {
            Refuse("$skiptoken", AppText.Of["odata_skiptoken"]);
        }

        After = (value.Value, id);
    }

    private long? Number(string name, string? text)
    {
        if (text is null)
        {
            return null;
        }

        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number > int.MaxValue)
        {
            Refuse(name, AppText.Of["odata_number", text]);
        }

        return number;
    }

    private bool Flag(string? text)
    {
        if (text is not (null or "true" or "false"))
        {
            Refuse("$count", AppText.Of["odata_flag", text]);
        }

        return text == "true";
    }

    private void RefusePersonal(string option, IEnumerable<Field> fields)
    {
        if (fields.FirstOrDefault(f => f.Personal) is { } personal)
        {
            Refuse(option, AppText.Of["odata_personal", personal.Name]);
        }
    }

    private void Refuse(string option, string? sentence)
    {
        if (sentence is not null)
        {
            Refusals.Add(new FieldRefusal(option, sentence));
        }
    }
}
