using System.Text.RegularExpressions;
using Shizhang.Core.Records.FieldTypes;

namespace Shizhang.Core.Catalogs.Loading;

/// <summary>Reads one ledger file, all but its indicators and rules, which may refer to other ledgers.</summary>
internal sealed partial class LedgerReader(PackContext context)
{
    public Ledger? Read(Section file)
    {
        var code = file.Need("ledger");
        Section.CheckCode(code, 28, file.LineOf("ledger"), context.Errors);
        if (Path.GetFileNameWithoutExtension(file.At.File) != code)
        {
            context.Errors.Add("file_name", file.At, code);
        }

        if (string.IsNullOrWhiteSpace(file.Text("basis")))
        {
            context.Errors.Add("no_basis", file.LineOf("basis"));
        }

        var fields = new FieldReader(context).Read(file, isLine: false);
        var owner = context.Role(file.Need("owner"), file.LineOf("owner"));
        var title = file.Need("title");
        foreach (Match place in Place().Matches(title))
        {
            if (fields.Find(place.Groups[1].Value) is not { IsChild: false })
            {
                context.Errors.Add("title_field", file.LineOf("title"), place.Groups[1].Value);
            }
        }

        var date = Placing(file, "date", code, fields, f => f.Type is DateType, "date");
        var unit = Placing(file, "unit", code, fields, f => f.Type is UnitType || (code == Ledger.UnitCode && f.Type is TextType), "unit");
        var (name, en, area, basis) = (file.Need("name"), file.Need("en"), file.Need("area"), file.Text("basis") ?? "");
        var workflow = new WorkflowReader(context).Read(file.Map("workflow"), code, fields);
        var conceal = Conceal(file.Map("conceal"), code, fields);
        if (date is null || unit is null)
        {
            return null;
        }

        var ledger = new Ledger
        {
            Code = code,
            Name = name,
            En = en,
            Area = area,
            AreaEn = context.English.Area(area),
            Owner = owner?.Code ?? "",
            Basis = basis,
            Fields = fields,
            Date = date,
            Unit = unit,
            Title = title,
            Workflow = workflow,
            Conceal = conceal,
            Source = file.At,
        };
        if (code == Ledger.UnitCode)
        {
            CheckUnitLedger(ledger);
        }

        return ledger;
    }

    private Concealment? Conceal(Section? section, string ledger, FieldSet fields)
    {
        if (section is null)
        {
            return null;
        }

        var when = Placing(section, "when", ledger, fields, f => f.Type is ChoiceType, "choice");
        var values = section.Texts("is");
        foreach (var unknown in values.Where(v => when?.Choices.Any(c => c.Value == v) is false))
        {
            context.Errors.Add("not_one_of", section.LineOf("is"), "is", unknown, string.Join('、', when!.Choices.Select(c => c.Value)));
        }

        if (values.Count == 0)
        {
            section.Need("is");
        }

        var only = section.Texts("only").Select(w => context.Role(w, section.LineOf("only"))).OfType<Role>().Select(r => r.Code).ToList();
        var from = new List<Field>();
        foreach (var code in section.Texts("from"))
        {
            if (fields.Find(code) is { Type: RecordType or UnitType } field)
            {
                from.Add(field);
                continue;
            }

            context.Errors.Add("unknown_field", section.LineOf("from"), ledger, code);
        }

        section.Close();
        return when is null ? null : new Concealment(when, values, only, from);
    }

    private Field? Placing(Section file, string key, string ledger, FieldSet fields, Func<Field, bool> fits, string type)
    {
        var code = file.Need(key);
        if (code.Length == 0)
        {
            return null;
        }

        if (fields.Find(code) is not { } field)
        {
            context.Errors.Add("unknown_field", file.LineOf(key), ledger, code);
            return null;
        }

        if (fits(field))
        {
            return field;
        }

        context.Errors.Add("field_type", file.LineOf(key), code, type);
        return null;
    }

    private void CheckUnitLedger(Ledger ledger)
    {
        (string Code, Type Type)[] needed =
        [
            ("code", typeof(TextType)), ("name", typeof(TextType)), ("kind", typeof(ChoiceType)), ("parent", typeof(UnitType)),
            ("valid_from", typeof(DateType)), ("valid_until", typeof(DateType)), ("successor", typeof(UnitType)),
        ];
        foreach (var (code, type) in needed)
        {
            if (ledger.Fields.Find(code)?.Type.GetType() != type)
            {
                context.Errors.Add("unit_field", ledger.Source, code, type.Name.Replace("Type", "", StringComparison.Ordinal).ToLowerInvariant());
            }
        }
    }

    [GeneratedRegex(@"\{([a-z0-9_]+)\}", RegexOptions.CultureInvariant, Patterns.MostMilliseconds)]
    private static partial Regex Place();
}
