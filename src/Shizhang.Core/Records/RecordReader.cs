using Shizhang.Core.Catalogs;

namespace Shizhang.Core.Records;

/// <summary>Why a value was refused, with the path of its field: <c>received_on</c>, <c>attendance[3].member</c>.</summary>
public sealed record FieldRefusal(string Path, string Sentence);

/// <summary>The values of a record, or everything that is wrong with them.</summary>
public sealed record ReadRecord(RecordValues? Values, IReadOnlyList<FieldRefusal> Refusals);

/// <summary>
/// Reads what a person, a file or JSON gave for a record into values, and finds all that is wrong at once. Whether units and
/// references exist and values are unique only the database knows.
/// </summary>
public static class RecordReader
{
    public const int MostLines = 5000;

    /// <summary>Inputs by field code; lines as lists of such dictionaries.</summary>
    public static ReadRecord Read(Ledger ledger, IReadOnlyDictionary<string, object?> inputs)
    {
        var refusals = new List<FieldRefusal>();
        var values = Read(ledger.Fields, inputs, "", refusals);
        if (refusals.Count == 0)
        {
            CheckChoices(ledger.Fields, values, values[ledger.Date] as DateOnly?, "", refusals);
        }

        return refusals.Count == 0 ? new ReadRecord(values, []) : new ReadRecord(null, refusals);
    }

    /// <summary>A record with some of its fields changed; what is not named stays as it is.</summary>
    public static ReadRecord Change(Ledger ledger, RecordValues current, IReadOnlyDictionary<string, object?> inputs)
    {
        var refusals = new List<FieldRefusal>();
        var changed = Read(ledger.Fields, inputs, "", refusals, current);
        if (refusals.Count == 0)
        {
            CheckChoices(ledger.Fields, changed, changed[ledger.Date] as DateOnly?, "", refusals);
        }

        return refusals.Count == 0 ? new ReadRecord(changed, []) : new ReadRecord(null, refusals);
    }

    private static RecordValues Read(FieldSet fields, IReadOnlyDictionary<string, object?> inputs, string path, List<FieldRefusal> refusals, RecordValues? current = null)
    {
        foreach (var unknown in inputs.Keys.Where(k => fields.Find(k) is null))
        {
            refusals.Add(new FieldRefusal(path + unknown, Texts.Text.Core["field_unknown", unknown]));
        }

        var values = new RecordValues(fields);
        foreach (var field in fields)
        {
            if (current is not null && !inputs.ContainsKey(field.Code))
            {
                values[field] = current[field];
                continue;
            }

            var input = inputs.GetValueOrDefault(field.Code);
            if (field.Lines is { } lines && input is IEnumerable<IReadOnlyDictionary<string, object?>> rows)
            {
                input = ReadLines(lines, rows, $"{path}{field.Code}", refusals);
            }

            var parsed = IsText(input) ? field.Type.Parse(input, field) : Parsed.Refuse(Texts.Text.Core["field_control"]);
            if (parsed.Refusal is { } sentence)
            {
                refusals.Add(new FieldRefusal(path + field.Code, sentence));
            }
            else if (parsed.Value is null && field.Required)
            {
                refusals.Add(new FieldRefusal(path + field.Code, Texts.Text.Core["field_required"]));
            }

            values[field] = parsed.Value;
        }

        foreach (var field in fields.Where(f => f.After is not null))
        {
            if (values[field] is DateOnly day && values[field.After!] is DateOnly other && day < other)
            {
                refusals.Add(new FieldRefusal(path + field.Code, Texts.Text.Core["field_after", fields[field.After!].Name]));
            }
        }

        return values;
    }

    // Whatever a field is of: half of a surrogate pair and NUL are no text, and no database keeps them as given.
    private static bool IsText(object? input) => input switch
    {
        string text => !text.Contains('\0', StringComparison.Ordinal) && IsWhole(text),
        IEnumerable<object?> several and not IEnumerable<RecordValues> => several.All(IsText),
        _ => true,
    };

    private static bool IsWhole(string text)
    {
        for (var rest = text.AsSpan(); !rest.IsEmpty;)
        {
            if (System.Text.Rune.DecodeFromUtf16(rest, out _, out var used) != System.Buffers.OperationStatus.Done)
            {
                return false;
            }

            rest = rest[used..];
        }

        return true;
    }

    private static List<RecordValues>? ReadLines(FieldSet lines, IEnumerable<IReadOnlyDictionary<string, object?>> rows, string path, List<FieldRefusal> refusals)
    {
        var read = new List<RecordValues>();
        foreach (var row in rows.Take(MostLines + 1))
        {
            read.Add(Read(lines, row, $"{path}[{read.Count}].", refusals));
        }

        if (read.Count > MostLines)
        {
            refusals.Add(new FieldRefusal(path, Texts.Text.Core["field_max", MostLines]));
        }

        return read.Count == 0 ? null : read;
    }

    // A code list changes over time: a value counts as it did on the record's own date.
    private static void CheckChoices(FieldSet fields, RecordValues values, DateOnly? day, string path, List<FieldRefusal> refusals)
    {
        if (day is not { } on)
        {
            return;
        }

        foreach (var field in fields.Where(f => f.Type.Code == "choice"))
        {
            if (values[field] is string chosen && field.Choices.First(c => c.Value == chosen) is var choice && !choice.IsValidOn(on))
            {
                refusals.Add(new FieldRefusal(path + field.Code, Texts.Text.Core["field_choice_old", chosen, on.ToString("yyyy-MM-dd")]));
            }
        }
    }
}
