using Shizhang.Core.Records;
using Shizhang.Core.Records.FieldTypes;

namespace Shizhang.Core.Catalogs.Loading;

/// <summary>Reads the fields of a ledger or of its lines.</summary>
internal sealed class FieldReader(PackContext context)
{
    private const int MostFields = 120;

    public FieldSet Read(Section owner, bool isLine)
    {
        var fields = new List<Field>();
        foreach (var (code, at, section) in owner.Named("fields"))
        {
            Section.CheckCode(code, 28, at, context.Errors);
            fields.Add(Read(code, at, section, fields.Count, isLine));
            section.Close();
        }

        if (fields.Count > MostFields)
        {
            context.Errors.Add("too_many_fields", owner.LineOf("fields"), MostFields);
        }

        var set = new FieldSet(fields);
        foreach (var field in fields.Where(f => f.After is not null && set.Find(f.After)?.Type is not DateType))
        {
            context.Errors.Add("field_type", field.Source, field.After, "date");
        }

        return set;
    }

    private Field Read(string code, SourceLine at, Section section, int index, bool isLine)
    {
        var type = TypeOf(section);
        var isLines = type is LinesType;
        if (isLine && (isLines || type.IsMany))
        {
            context.Errors.Add("lines_nested", at);
        }

        var lines = isLines ? Read(section, isLine: true) : null;
        if (lines is { Count: 0 })
        {
            context.Errors.Add("lines_empty", at);
        }

        var isNumber = type is IntegerType or DecimalType;
        Only(section, type, "scale", type is DecimalType and not MoneyType);
        Only(section, type, "of", type is ChoiceType or ChoicesType or UnitType);
        Only(section, type, "to", type is RecordType);
        Only(section, type, "after", type is DateType);
        Only(section, type, "date", isLines);
        Only(section, type, "unique", !isLines && !type.IsMany && !isLine);
        Only(section, type, "min", isNumber || type is TextType);
        Only(section, type, "max", isNumber || type is TextType);

        return new Field
        {
            Code = code,
            Name = section.Need("name"),
            En = section.Text("en"),
            Also = section.Texts("also"),
            Type = type,
            Index = index,
            Required = section.Flag("required"),
            Unique = section.Flag("unique"),
            Personal = section.Flag("personal"),
            Scale = type is MoneyType ? MoneyType.Digits : type is DecimalType ? ScaleOf(section) : 0,
            Min = section.Decimal("min"),
            Max = section.Decimal("max"),
            After = section.Text("after"),
            Choices = type is ChoiceType or ChoicesType ? ChoicesOf(section) : [],
            UnitKinds = type is UnitType ? UnitKindsOf(section) : [],
            To = type is RecordType ? To(section) : null,
            Lines = lines,
            LinesDate = lines is not null && section.Text("date") is { } date ? DateOf(section, lines, date) : null,
            Source = at,
        };
    }

    private FieldType TypeOf(Section section)
    {
        var name = section.Need("type");
        if (KnownFieldTypes.ByCode.TryGetValue(name, out var type))
        {
            return type;
        }

        if (name.Length > 0)
        {
            context.Errors.Add("unknown_type", section.LineOf("type"), name);
        }

        return KnownFieldTypes.ByCode["note"];
    }

    private void Only(Section section, FieldType type, string key, bool allowed)
    {
        if (section.Has(key) && !allowed)
        {
            context.Errors.Add("field_key", section.LineOf(key), type.Code, key);
        }
    }

    private int ScaleOf(Section section)
    {
        section.Need("scale");
        var scale = section.Integer("scale") ?? 2;
        if (scale is >= 1 and <= 9)
        {
            return scale;
        }

        context.Errors.Add("not_one_of", section.LineOf("scale"), "scale", scale, "1–9");
        return 2;
    }

    private IReadOnlyList<Choice> ChoicesOf(Section section)
    {
        if (section.Texts("of") is [var code] && context.Lists.TryGetValue(code, out var list))
        {
            return list.Values;
        }

        var values = section.Texts("of");
        if (values is [var single] && !single.Any(c => c > 127))
        {
            context.Errors.Add("unknown_list", section.LineOf("of"), single);
        }
        else if (values.Count == 0)
        {
            context.Errors.Add("missing_key", section.LineOf("of"), "of");
        }

        return [.. values.Distinct().Select(v => new Choice(v) { En = context.English.Choice(v) })];
    }

    private IReadOnlyList<string> UnitKindsOf(Section section)
    {
        var kinds = section.Texts("of");
        foreach (var kind in kinds.Where(k => !context.UnitKinds.Contains(k)))
        {
            context.Errors.Add("unknown_unit_kind", section.LineOf("of"), kind);
        }

        return kinds;
    }

    private string? To(Section section)
    {
        var to = section.Need("to");
        if (to.Length > 0 && context.LedgerCodes.All(l => l.Code != to))
        {
            context.Errors.Add("unknown_ledger", section.LineOf("to"), to);
        }

        return to;
    }

    private Field? DateOf(Section section, FieldSet lines, string code)
    {
        if (lines.Find(code) is { Type: DateType } date)
        {
            return date;
        }

        context.Errors.Add("field_type", section.LineOf("date"), code, "date");
        return null;
    }
}
