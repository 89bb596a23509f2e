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
            Owner = owner?.Code ?? "",
            Basis = basis,
            Fields = fields,
            Date = date,
            Unit = unit,
            Title = title,
            Workflow = workflow,
            Source = file.At,
        };
        if (code == Ledger.UnitCode)
        {
            CheckUnitLedger(ledger);
        }

        return ledger;
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

    [GeneratedRegex(@"\{([a-z0-9_]+)\}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex Place();
}
