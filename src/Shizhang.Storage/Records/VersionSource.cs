using Shizhang.Core.Catalogs;
using Shizhang.Storage.Dialects;
using Shizhang.Storage.Schema;

namespace Shizhang.Storage.Records;

/// <summary>
/// The versions of a ledger that stood at a journal number, as a table to select from. At the head these are the living
/// records alone; earlier, current and past together where <c>_seq ≤ n &lt; _gone</c>.
/// </summary>
internal readonly record struct VersionSource(string Town, Ledger Ledger, long? AsOf)
{
    /// <summary>Writes <c>source alias</c>; the town is already selected.</summary>
    public void Write(SqlText sql, string alias, IEnumerable<Field> fields)
    {
        if (AsOf is not { } asOf)
        {
            sql.Name(Identifier.Of(Ledger.Code)).Raw(" ").Raw(alias);
            return;
        }

        Identifier[] columns = [Tables.Town, Tables.Id, Tables.Seq, Tables.State, .. fields.Where(f => !f.IsChild).Distinct().Select(f => Identifier.Of(f.Code))];
        sql.Raw("(SELECT ").List(columns, c => sql.Name(c)).Raw(" FROM ").Name(Identifier.Of(Ledger.Code));
        sql.Raw(" WHERE town = ").Value(Town).Raw(" AND _seq <= ").Value(asOf);
        sql.Raw(" UNION ALL SELECT ").List(columns, c => sql.Name(c)).Raw(" FROM ").Name(Identifier.Past(Ledger.Code));
        sql.Raw(" WHERE town = ").Value(Town).Raw(" AND _seq <= ").Value(asOf).Raw(" AND _gone > ").Value(asOf).Raw(") ").Raw(alias);
    }

    /// <summary>Writes <c>child alias</c> joined to the version it belongs to.</summary>
    public void Join(SqlText sql, Field child, string alias, string to)
    {
        sql.Raw(" JOIN ").Name(Identifier.Child(Ledger.Code, child.Code)).Raw(" ").Raw(alias).Raw(" ON ");
        Match(sql, alias, to);
    }

    public static void Match(SqlText sql, string child, string to) => sql
        .Column(child, Tables.Town).Raw(" = ").Column(to, Tables.Town).Raw(" AND ")
        .Column(child, Tables.Id).Raw(" = ").Column(to, Tables.Id).Raw(" AND ")
        .Column(child, Tables.Seq).Raw(" = ").Column(to, Tables.Seq);
}
