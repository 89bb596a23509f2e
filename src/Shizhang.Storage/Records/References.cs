using Shizhang.Core.Catalogs;
using Shizhang.Core.Records;
using Shizhang.Storage.Dialects;

namespace Shizhang.Storage.Records;

/// <summary>Which records refer to which: through <c>record</c> fields, and to a unit through <c>unit</c> fields.</summary>
internal static class References
{
    /// <summary>The records that these values refer to, lines included.</summary>
    public static IEnumerable<RecordKey> Of(Ledger ledger, RecordValues values)
    {
        foreach (var field in ledger.Fields)
        {
            if (field.To is { } to && values[field] is long id)
            {
                yield return new RecordKey(to, id);
            }

            if (field.Lines is null)
            {
                continue;
            }

            foreach (var inner in field.Lines.Where(f => f.To is not null))
            {
                foreach (var line in values.LinesOf(field))
                {
                    if (line[inner] is long lineId)
                    {
                        yield return new RecordKey(inner.To!, lineId);
                    }
                }
            }
        }
    }

    /// <summary>A living record that refers to the one about to be voided, other than itself; null when none does.</summary>
    public static async Task<RecordKey?> FirstAsync(Session session, Catalog catalog, string town, VoidRecord gone)
    {
        object? unitCode = null;
        if (gone.Ledger.Code == Ledger.UnitCode)
        {
            unitCode = await session.FirstAsync(new Statement("SELECT code FROM unit WHERE town = $1 AND id = $2", [town, gone.Id]), r => r.GetString(0));
        }

        foreach (var ledger in catalog.Ledgers.Values)
        {
            foreach (var (lines, field) in ledger.Fields.SelectMany(f => f.Lines is { } inner ? inner.Select(i => ((Field?)f, i)) : [(null, f)]))
            {
                var asked = field.To == gone.Ledger.Code ? gone.Id
                    : unitCode is not null && field.Type.Code == "unit" ? unitCode
                    : null;
                if (asked is not null && await FirstAsync(session, town, ledger, lines, field, asked, gone) is { } by)
                {
                    return by;
                }
            }
        }

        return null;
    }

    private static async Task<RecordKey?> FirstAsync(Session session, string town, Ledger ledger, Field? lines, Field field, object asked, VoidRecord gone)
    {
        var sql = new SqlText(session.Dialect).Raw("SELECT r.id FROM ").Name(Identifier.Of(ledger.Code)).Raw(" r");
        if (lines is not null)
        {
            sql.Raw(" JOIN ").Name(Identifier.Child(ledger.Code, lines.Code)).Raw(" l ON l.town = r.town AND l.id = r.id AND l._seq = r._seq");
        }

        sql.Raw(" WHERE r.town = ").Value(town).Raw(" AND ").Column(lines is null ? "r" : "l", Identifier.Of(field.Code)).Raw(" = ").Value(asked);
        if (ledger.Code == gone.Ledger.Code)
        {
            sql.Raw(" AND r.id <> ").Value(gone.Id);
        }

        var id = await session.FirstAsync(sql.Raw(" LIMIT 1").ToStatement(), r => (long?)r.GetInt64(0));
        return id is { } found ? new RecordKey(ledger.Code, found) : null;
    }
}
