using Shizhang.Core.Filters;
using Shizhang.Core.Records.FieldTypes;

namespace Shizhang.Core.Catalogs.Loading;

/// <summary>Reads the rules of a ledger; the kinds are a closed list.</summary>
internal sealed class RuleReader(PackContext context, IndicatorReader indicators, IReadOnlyDictionary<string, Ledger> ledgers)
{
    private static readonly Dictionary<string, Cadence> Cadences = new(StringComparer.Ordinal)
    {
        ["week"] = Cadence.Week, ["month"] = Cadence.Month, ["quarter"] = Cadence.Quarter, ["half_year"] = Cadence.HalfYear, ["year"] = Cadence.Year,
    };

    private static readonly string[] Kinds =
        ["deadline", "cadence", "streak", "quota", "balance", "floor", "ceiling", "coverage", "follow_up", "stale", "late_entry"];

    private readonly Dictionary<string, SourceLine> _codes = new(StringComparer.Ordinal);

    public IReadOnlyList<Rule> Read(Section file, Ledger ledger)
    {
        var rules = new List<Rule>();
        foreach (var section in file.Items("rules").Select(i => Section.Of(i, "rules", context.Errors)).OfType<Section>())
        {
            var kind = section.Text("rule");
            var code = section.Text("code") ?? $"{ledger.Code}.{kind}";
            if (section.Text("code") is null && rules.Exists(r => r.Code == code))
            {
                code = $"{code}.{rules.Count(r => r.Code.StartsWith(code, StringComparison.Ordinal)) + 1}";
            }

            if (!_codes.TryAdd(code, section.At))
            {
                context.Errors.Add("duplicate_code", section.LineOf("code"), code, _codes[code]);
            }

            if (ReadOne(section, ledger) is { } rule)
            {
                rules.Add(rule with { Code = code });
            }

            section.Close();
        }

        return rules;
    }

    private Rule? ReadOne(Section section, Ledger ledger)
    {
        var (message, messageEn, source) = (section.Need("message"), section.Text("message_en"), section.At);
        var where = indicators.Filter(section, "where", indicators.Filters(ledger));
        Rule? rule = section.Need("rule") switch
        {
            "deadline" => DeadlineOf(section, ledger),
            "cadence" => CadenceOf(section),
            "streak" => Streak(section, ledger),
            "quota" => Two(section, "approved", "in_post") is (var approved, var inPost)
                ? new QuotaRule(approved, inPost, FieldOf(section, "by", ledger, null)) : null,
            "balance" => Balance(section),
            "floor" => One(section) is { } i ? new BoundRule(i, section.Decimal("at_least") ?? Missing(section, "at_least"), null) : null,
            "ceiling" => One(section) is { } i ? new BoundRule(i, null, section.Decimal("at_most") ?? Missing(section, "at_most")) : null,
            "coverage" => FieldOf(section, "of", ledger, typeof(LinesType)) is { } of ? new CoverageRule(of, section.Integer("at_least") ?? 1) : null,
            "follow_up" => FollowUp(section),
            "stale" => new StaleRule(section.Integer("months") ?? (int)Missing(section, "months")),
            "late_entry" => new LateEntryRule(section.Integer("days") ?? (int)Missing(section, "days")),
            var unknown => Unknown(section, unknown),
        };
        return rule is null ? null : rule with { Message = message, MessageEn = messageEn, Source = source, Where = where };
    }

    private DeadlineRule? DeadlineOf(Section section, Ledger ledger)
    {
        var before = section.Integer("before") ?? 3;
        if (section.Text("step") is not { } name)
        {
            return new DeadlineRule(null, before);
        }

        if (ledger.Workflow?.Steps.TryGetValue(name, out var step) is true)
        {
            return new DeadlineRule(step, before);
        }

        context.Errors.Add("unknown_step", section.LineOf("step"), name);
        return null;
    }

    private CadenceRule CadenceOf(Section section)
    {
        section.Need("per");
        var each = section.Texts("each");
        foreach (var kind in each.Where(k => !context.UnitKinds.Contains(k)))
        {
            context.Errors.Add("unknown_unit_kind", section.LineOf("each"), kind);
        }

        return new CadenceRule(section.Integer("at_least") ?? 1, section.OneOf("per", Cadences, Cadence.Year), each);
    }

    private StreakRule? Streak(Section section, Ledger ledger)
    {
        var lines = FieldOf(section, "lines", ledger, typeof(LinesType));
        var times = section.Integer("times") ?? (int)Missing(section, "times");
        var personCode = section.Need("person");
        var person = lines?.Lines!.Find(personCode);
        if (lines is not null && person is null)
        {
            context.Errors.Add("unknown_field", section.LineOf("person"), $"{ledger.Code}.{lines.Code}", personCode);
        }

        section.Need("line_where");
        var filter = lines is null ? null : indicators.Filter(section, "line_where", new FilterReader(lines.Lines!));
        return lines is null || person is null || filter is null ? null : new StreakRule(lines, person, filter, times);
    }

    private BalanceRule? Balance(Section section)
    {
        var total = indicators.Find(section.Need("total"), section.LineOf("total"));
        var parts = section.Texts("parts").Select(c => indicators.Find(c, section.LineOf("parts"))).OfType<Indicator>().ToList();
        var atMost = section.OneOf("relation", new Dictionary<string, bool>(StringComparer.Ordinal) { ["equal"] = false, ["at_most"] = true }, otherwise: false);
        var tolerance = section.Decimal("tolerance") ?? 0;
        if (parts.Count == 0)
        {
            section.Need("parts");
        }

        return total is null ? null : new BalanceRule(parts, total, atMost, tolerance);
    }

    private FollowUpRule? FollowUp(Section section)
    {
        var (code, by, within) = (section.Need("ledger"), section.Need("by"), section.Need("within"));
        if (within.Length > 0 && !context.Deadlines.ContainsKey(within))
        {
            context.Errors.Add("unknown_deadline", section.LineOf("within"), within);
        }

        if (!ledgers.TryGetValue(code, out var ledger))
        {
            if (code.Length > 0)
            {
                context.Errors.Add("unknown_ledger", section.LineOf("ledger"), code);
            }

            return null;
        }

        if (ledger.Fields.Find(by) is not { Type: RecordType } field)
        {
            context.Errors.Add("field_type", section.LineOf("by"), $"{code}.{by}", "record");
            return null;
        }

        return context.Deadlines.TryGetValue(within, out var deadline) ? new FollowUpRule(ledger, field, deadline) : null;
    }

    private Indicator? One(Section section) => indicators.Find(section.Need("indicator"), section.LineOf("indicator"));

    private (Indicator, Indicator)? Two(Section section, string first, string second)
    {
        var (a, b) = (indicators.Find(section.Need(first), section.LineOf(first)), indicators.Find(section.Need(second), section.LineOf(second)));
        return a is not null && b is not null ? (a, b) : null;
    }

    private Field? FieldOf(Section section, string key, Ledger ledger, Type? type)
    {
        if (section.Text(key) is not { } code)
        {
            if (type is not null)
            {
                section.Need(key);
            }

            return null;
        }

        if (ledger.Fields.Find(code) is not { } field)
        {
            context.Errors.Add("unknown_field", section.LineOf(key), ledger.Code, code);
            return null;
        }

        if (type is not null && field.Type.GetType() != type)
        {
            context.Errors.Add("not_lines_field", section.LineOf(key), code);
            return null;
        }

        return field;
    }

    private static decimal Missing(Section section, string key)
    {
        section.Need(key);
        return 0;
    }

    private Rule? Unknown(Section section, string kind)
    {
        if (kind.Length > 0)
        {
            context.Errors.Add("not_one_of", section.LineOf("rule"), "rule", kind, string.Join('、', Kinds));
        }

        return null;
    }
}
