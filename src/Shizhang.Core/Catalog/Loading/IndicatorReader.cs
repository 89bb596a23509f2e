using System.Text;
using Shizhang.Core.Filters;
using Shizhang.Core.Records.FieldTypes;

namespace Shizhang.Core.Catalogs.Loading;

/// <summary>
/// Reads the indicators of all ledgers. Composed ones refer to others by code, in any file and order, so sections are
/// gathered first and each is built when it is first asked for.
/// </summary>
internal sealed class IndicatorReader(PackContext context)
{
    private static readonly string[] Calculations = ["count", "sum", "distinct", "latest", "ratio", "total", "difference"];

    private readonly Dictionary<string, (Ledger Ledger, SourceLine At, Section Section)> _sections = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Indicator?> _built = new(StringComparer.Ordinal);
    private readonly Dictionary<Ledger, FilterReader> _filters = [];

    public void Gather(Ledger ledger, Section section)
    {
        foreach (var (code, at, one) in section.Named("indicators"))
        {
            Section.CheckCode(code, 60, at, context.Errors);
            if (_sections.TryGetValue(code, out var other))
            {
                context.Errors.Add("duplicate_code", at, code, other.At);
            }
            else
            {
                _sections.Add(code, (ledger, at, one));
            }
        }
    }

    public Dictionary<string, Indicator> Build()
    {
        var all = new Dictionary<string, Indicator>(StringComparer.Ordinal);
        foreach (var code in _sections.Keys)
        {
            if (Find(code, null) is { } indicator)
            {
                all.Add(code, indicator);
            }
        }

        foreach (var same in all.Values.GroupBy(i => (i.Name, i.Measure, i.Definition)).Where(g => g.Count() > 1))
        {
            context.Errors.Add("same_indicator", same.Last().Source, same.First().Code, same.Last().Code);
        }

        return all;
    }

    /// <summary>An indicator by code; null, with an error at <paramref name="at"/>, when there is none.</summary>
    public Indicator? Find(string code, SourceLine? at)
    {
        if (_built.TryGetValue(code, out var built))
        {
            if (built is null && at is { } circle && _sections.ContainsKey(code) && _building.Contains(code))
            {
                context.Errors.Add("indicator_circle", circle, code);
            }

            return built;
        }

        if (!_sections.TryGetValue(code, out var found))
        {
            if (at is { } where && code.Length > 0)
            {
                context.Errors.Add("unknown_indicator", where, code);
            }

            return null;
        }

        _built.Add(code, null);
        _building.Add(code);
        var indicator = Read(code, found.At, found.Section, found.Ledger);
        _building.Remove(code);
        return _built[code] = indicator;
    }

    private readonly HashSet<string> _building = new(StringComparer.Ordinal);

    public FilterReader Filters(Ledger ledger)
    {
        if (!_filters.TryGetValue(ledger, out var reader))
        {
            _filters.Add(ledger, reader = new FilterReader(ledger.Fields, ledger.Workflow?.States));
        }

        return reader;
    }

    /// <summary>A filter of a section; its error names the line.</summary>
    public Filter? Filter(Section section, string key, FilterReader reader)
    {
        if (section.Text(key) is not { } text)
        {
            return null;
        }

        var (filter, refusal) = reader.Read(text);
        if (refusal is not null)
        {
            context.Errors.AddSentence("filter", section.LineOf(key), refusal);
        }

        return filter;
    }

    private Indicator? Read(string code, SourceLine at, Section section, Ledger ledger)
    {
        var asked = Calculations.Where(section.Has).ToList();
        if (asked.Count != 1)
        {
            context.Errors.Add("no_question", at, string.Join('、', Calculations));
        }

        Calculation? calculation = asked.Count != 1 ? null : asked[0] switch
        {
            "ratio" => Pair(section, "ratio") is (var above, var below) ? new Ratio(above, below) : null,
            "difference" => Pair(section, "difference") is (var first, var second) ? new Difference(first, second) : null,
            "total" => Parts(section, "total") is { Count: > 0 } parts ? new Total(parts) : null,
            var aggregate => Question(section, aggregate, ledger),
        };
        if (calculation is not Core.Catalogs.Question)
        {
            foreach (var key in (string[])["where", "line_where", "at", "date", "from", "until"])
            {
                if (section.Text(key) is not null)
                {
                    context.Errors.Add("composed_key", section.LineOf(key), key);
                }
            }
        }

        var (name, measure, definition) = (section.Need("name"), section.Need("measure"), section.Need("口径"));
        var (en, digits) = (section.Text("en"), section.Integer("digits"));
        section.Close();
        return calculation is null ? null : new Indicator
        {
            Code = code,
            Name = name,
            En = en,
            Measure = measure,
            MeasureEn = context.English.Measure(measure),
            Definition = definition,
            Ledger = ledger,
            Calculation = calculation,
            Digits = digits,
            Version = VersionOf(code, measure, definition, section, calculation),
            Source = at,
        };
    }

    private Question? Question(Section section, string key, Ledger ledger)
    {
        var asked = section.Need(key);
        var at = section.LineOf(key);
        var aggregate = key switch { "count" => Aggregate.Count, "sum" => Aggregate.Sum, "distinct" => Aggregate.Distinct, _ => Aggregate.Latest };
        Field? lines = null, field = null;
        if (aggregate == Aggregate.Count)
        {
            lines = asked == "records" ? null : LinesOf(ledger, asked, at);
        }
        else if (asked.Split('/') is [var linesCode, var inner] && aggregate != Aggregate.Latest)
        {
            lines = LinesOf(ledger, linesCode, at);
            field = lines is null ? null : FieldOf(lines.Lines!, inner, ledger, at);
        }
        else
        {
            field = FieldOf(ledger.Fields, asked, ledger, at);
        }

        if (aggregate is Aggregate.Sum or Aggregate.Latest && field is { Type: not (IntegerType or DecimalType) })
        {
            context.Errors.Add("not_number_field", at, field.Code);
        }

        if (section.Has("line_where") && lines is null)
        {
            context.Errors.Add("only_with", section.LineOf("line_where"), "line_where", "lines");
        }

        var isStock = section.OneOf("at", new Dictionary<string, bool>(StringComparer.Ordinal) { ["end"] = true }, otherwise: false);
        foreach (var stockKey in (string[])["from", "until"])
        {
            if (section.Has(stockKey) && !isStock)
            {
                context.Errors.Add("only_with", section.LineOf(stockKey), stockKey, "at: end");
            }
        }

        if (section.Has("date") && isStock)
        {
            context.Errors.Add("not_with", section.LineOf("date"), "date", "at: end");
        }

        if (section.Has("date") && (aggregate == Aggregate.Latest || lines?.LinesDate is not null))
        {
            context.Errors.Add("not_with", section.LineOf("date"), "date", key);
        }

        return new Question
        {
            Aggregate = aggregate,
            Field = field,
            Lines = lines,
            Where = Filter(section, "where", Filters(ledger)),
            LineWhere = lines is null ? null : Filter(section, "line_where", new FilterReader(lines.Lines!)),
            Moment = isStock ? Moment.AtEnd : Moment.Within,
            Date = Date(section, "date", ledger),
            From = Date(section, "from", ledger),
            Until = Date(section, "until", ledger),
        };
    }

    private (Indicator, Indicator)? Pair(Section section, string key)
    {
        if (section.Texts(key).Count != 2)
        {
            context.Errors.Add("two_parts", section.LineOf(key), key);
            return null;
        }

        return Parts(section, key) is [var first, var second] ? (first, second) : null;
    }

    private List<Indicator>? Parts(Section section, string key)
    {
        var codes = section.Texts(key);
        if (codes.Count == 0)
        {
            context.Errors.Add("some_parts", section.LineOf(key), key);
        }

        var parts = codes.Select(c => Find(c, section.LineOf(key))).OfType<Indicator>().ToList();
        return parts.Count == codes.Count ? parts : null;
    }

    private Field? LinesOf(Ledger ledger, string code, SourceLine at)
    {
        var field = FieldOf(ledger.Fields, code, ledger, at);
        if (field is { IsLines: false })
        {
            context.Errors.Add("not_lines_field", at, code);
            return null;
        }

        return field;
    }

    private Field? FieldOf(FieldSet fields, string code, Ledger ledger, SourceLine at)
    {
        if (fields.Find(code) is { } field)
        {
            return field;
        }

        context.Errors.Add("unknown_field", at, ledger.Code, code);
        return null;
    }

    private Field? Date(Section section, string key, Ledger ledger)
    {
        if (section.Text(key) is not { } code)
        {
            return null;
        }

        var field = FieldOf(ledger.Fields, code, ledger, section.LineOf(key));
        if (field is { Type: not DateType })
        {
            context.Errors.Add("field_type", section.LineOf(key), code, "date");
            return null;
        }

        return field;
    }

    // Names may be polished freely; what is counted may not, so only that makes a new version.
    private static string VersionOf(string code, string measure, string definition, Section section, Calculation calculation)
    {
        var text = new StringBuilder().Append(code).Append('\n').Append(measure).Append('\n').Append(definition).Append('\n');
        foreach (var key in Calculations.Concat(["where", "line_where", "at", "date", "from", "until"]).Where(section.Has))
        {
            text.Append(key).Append('=').AppendJoin(',', section.Texts(key)).Append('\n');
        }

        IReadOnlyList<Indicator> parts = calculation switch
        {
            Ratio ratio => [ratio.Numerator, ratio.Denominator],
            Difference difference => [difference.Minuend, difference.Subtrahend],
            Total total => total.Parts,
            _ => [],
        };
        text.AppendJoin('\n', parts.Select(p => p.Version));
        return Sm3.Hex(Encoding.UTF8.GetBytes(text.ToString()))[..8];
    }
}
