using Shizhang.App.Texts;
using Shizhang.Core.Catalogs;
using Shizhang.Core.Records;
using Shizhang.Core.Records.FieldTypes;
using Shizhang.Core.Records.Importing;
using Shizhang.Office.Sheets;

namespace Shizhang.App.Features.Exports;

/// <summary>A column of a ledger's sheet: a field of the record, or of its lines.</summary>
internal sealed record LedgerColumn(Field? Lines, Field Field)
{
    public bool IsPersonal => Field.Personal || Lines?.Personal is true;

    /// <summary>The fields of the record first, then those of its lines, each in the order of the pack.</summary>
    public static IReadOnlyList<LedgerColumn> Of(Ledger ledger) =>
    [
        .. ledger.Fields.Where(f => !f.IsLines).Select(f => new LedgerColumn(null, f)),
        .. ledger.Fields.Where(f => f.IsLines).SelectMany(l => l.Lines!.Select(f => new LedgerColumn(l, f))),
    ];

    public static IReadOnlyList<LedgerColumn> Of(Sheet sheet) => [.. sheet.Columns.Select(c => new LedgerColumn(c.Lines, c.Field))];

    /// <summary>So many rows a record takes: one, or as many as the longest of its lines that are shown.</summary>
    public static int HeightOf(IReadOnlyList<LedgerColumn> columns, RecordValues values) =>
        Math.Max(1, columns.Select(c => c.Lines).OfType<Field>().Distinct().Select(l => values.LinesOf(l).Count).DefaultIfEmpty(1).Max());

    /// <summary>What stands in the column in one of a record's rows; null where there are no more lines.</summary>
    public object? ValueIn(RecordValues values, int line) => Lines is null ? values[Field] : values.LinesOf(Lines) is var all && line < all.Count ? all[line][Field] : null;

    /// <summary>The columns somebody names, in that order: by field, <c>lines.field</c>, all of some lines, or heading; or the name that is none.</summary>
    public static (IReadOnlyList<LedgerColumn> Columns, string? Unknown) Named(Ledger ledger, string names)
    {
        var all = Of(ledger);
        var chosen = new List<LedgerColumn>();
        foreach (var name in names.Split([',', (char)0xFF0C, (char)0x3001], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var found = all.Where(c => name == c.Path || name == FieldHeading.Of(c.Lines, c.Field) || (c.Lines is { } lines && (name == lines.Code || name == lines.Name))).Except(chosen).ToList();
            if (found.Count == 0)
            {
                return ([], name);
            }

            chosen.AddRange(found);
        }

        return (chosen, null);
    }

    /// <summary>Its name in a pack: <c>field</c>, or <c>lines.field</c>.</summary>
    public string Path => Lines is null ? Field.Code : $"{Lines.Code}.{Field.Code}";

    /// <summary>The column as a list shows it; a masked number is a text.</summary>
    public SheetColumn Shown(bool isClear = false) => new(FieldHeading.Of(Lines, Field), IsPersonal && !isClear ? SheetForm.Text : Form, Field.Scale, Width);

    /// <summary>The column as a template has it: what it takes, what is counted by it, and a drop-down.</summary>
    public SheetColumn Asked(Ledger ledger, UnitTree tree)
    {
        var heading = FieldHeading.Of(Lines, Field) + (Field.Required ? "*" : "");
        return new SheetColumn(heading, Form, Field.Scale, Width, Note(ledger), Choices(tree));
    }

    private SheetForm Form => Field.Type switch
    {
        DateType => SheetForm.Date,
        MoneyType => SheetForm.Money,
        IntegerType or DecimalType => SheetForm.Number,
        _ => SheetForm.Text,
    };

    private int Width => Field.Type.Code switch
    {
        "note" => 40,
        "text" or "record" => 22,
        "id_number" or "credit_code" => 22,
        _ => 14,
    };

    /// <summary>What may be chosen; null when anything may be written.</summary>
    public IReadOnlyList<string>? Choices(UnitTree tree) => Field.Type switch
    {
        ChoiceType or ChoicesType => [.. Field.Choices.Where(c => c.ValidUntil is null).Select(c => c.Value)],
        UnitType => [.. tree.Units.Where(u => u.ValidUntil is null && (Field.UnitKinds.Count == 0 || Field.UnitKinds.Contains(u.Kind))).Select(u => u.Name).Distinct()],
        YesNoType => [AppText.Of["yes"], AppText.Of["no"]],
        _ => null,
    };

    private string Note(Ledger ledger)
    {
        List<string> lines = [AppText.Of[$"sheet_note_{Field.Type.Code}"]];
        if (Field.Required)
        {
            lines.Add(AppText.Of["sheet_note_required"]);
        }

        if (Field.Unique)
        {
            lines.Add(AppText.Of["sheet_note_unique"]);
        }

        const int mostCounted = 5;
        lines.AddRange(ledger.Indicators
            .Where(i => i.Calculation is Question q && (q.Field == Field || (Field == ledger.Date && q.Field is null && q.Lines is null)))
            .Take(mostCounted).Select(i => AppText.Of["sheet_note_counted", i.Name, i.Definition]));
        return string.Join('\n', lines);
    }
}
