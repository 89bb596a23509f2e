using Shizhang.Core.Catalogs;
using Shizhang.Core.Records;
using Shizhang.Storage.Dialects;

namespace Shizhang.Storage.Records;

/// <summary>The organisation of a town as known at a journal number; null is now.</summary>
public static class UnitReader
{
    private static readonly string[] Columns = ["code", "name", "kind", "parent", "valid_from", "valid_until", "successor"];

    public static Task<UnitTree> ReadAsync(Store store, string town, long? asOf = null) =>
        store.Database.ReadAsync(session => ReadAsync(session, store, town, asOf));

    internal static async Task<UnitTree> ReadAsync(Session session, Store store, string town, long? asOf)
    {
        var ledger = store.Catalog.Units;
        Field[] fields = [.. Columns.Select(c => ledger.Fields[c])];
        var sql = new SqlText(session.Dialect).Raw("SELECT ");
        sql.List(fields, f => sql.Column("r", Identifier.Of(f.Code))).Raw(" FROM ");
        new VersionSource(town, ledger, asOf).Write(sql, "r", fields);
        sql.Raw(" WHERE r.town = ").Value(town);
        return new UnitTree(await session.ListAsync(sql.ToStatement(), r =>
        {
            object? Get(int i) => session.Dialect.FromDatabase(r, i, fields[i].Type.Stored, 0);
            return new Unit((string)Get(0)!, (string?)Get(1) ?? "", (string?)Get(2) ?? "", (string?)Get(3), (DateOnly?)Get(4), (DateOnly?)Get(5), (string?)Get(6));
        }));
    }
}
