namespace Shizhang.Core.Catalogs.Loading;

/// <summary>Reads <c>sheets.yaml</c>: a column is a field code, or <c>lines.field</c>.</summary>
internal static class SheetReader
{
    public static Dictionary<string, Sheet> Read(Section? file, IReadOnlyDictionary<string, Ledger> ledgers, PackErrors errors)
    {
        var sheets = new Dictionary<string, Sheet>(StringComparer.Ordinal);
        if (file is null)
        {
            return sheets;
        }

        foreach (var (code, at, section) in file.Named("sheets"))
        {
            var (name, en, word) = (section.Need("name"), section.Need("en"), section.Need("ledger"));
            if (!ledgers.TryGetValue(word, out var ledger))
            {
                errors.Add("unknown_ledger", section.LineOf("ledger"), word);
            }
            else if (Columns(section, ledger, errors) is { Count: > 0 } columns)
            {
                sheets[code] = new Sheet(code, name, en, ledger, columns);
            }
            else
            {
                errors.Add("missing_key", at, "columns");
            }

            section.Close();
        }

        file.Close();
        return sheets;
    }

    private static List<ListedField> Columns(Section section, Ledger ledger, PackErrors errors)
    {
        var columns = new List<ListedField>();
        foreach (var word in section.Texts("columns"))
        {
            var (first, rest) = word.Split('.', 2) is [var lines, var field] ? (lines, field) : (word, null);
            var column = ledger.Fields.Find(first) switch
            {
                { Lines: { } inner } of when rest is not null => inner.Find(rest) is { } found ? new ListedField(found, of) : null,
                { Lines: null } plain when rest is null => new ListedField(plain, null),
                _ => null,
            };
            if (column is null)
            {
                errors.Add("unknown_field", section.LineOf("columns"), ledger.Code, word);
            }
            else
            {
                columns.Add(column);
            }
        }

        return columns;
    }
}
