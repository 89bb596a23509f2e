using Shizhang.Core.Catalogs;
using Shizhang.Core.Workflows;
using Shizhang.Storage.Dialects;
using Shizhang.Storage.Journal;
using Shizhang.Storage.Schema;

namespace Shizhang.Storage.Records;

/// <summary>What was done to records, from their versions and the journal.</summary>
public static class StateHistory
{
    /// <summary>All that was done to a record up to a journal number, oldest first.</summary>
    public static Task<List<Taken>> OfAsync(Store store, string town, Ledger ledger, long id, long? asOf = null) => store.Database.ReadAsync(session =>
    {
        var sql = Versions(session, town, ledger, asOf);
        sql.Raw(" WHERE v.id = ").Value(id).Raw(" ORDER BY v._seq");
        return session.ListAsync(sql.ToStatement(), r => new Taken(Acts.StepOf(r.GetString(5)), r.GetString(4), DayOf(r.GetInt64(3)), r.IsDBNull(2) ? null : r.GetString(2), r.GetInt64(1)));
    });

    /// <summary>The day on which each living record that stands in one of the states came to it.</summary>
    public static Task<Dictionary<long, DateOnly>> SinceAsync(Store store, string town, Ledger ledger, IReadOnlyList<string> states) =>
        store.Database.ReadAsync(session => SinceAsync(session, town, ledger, states, null));

    /// <summary>The day on which each record that stands in one of the states came to it, in one statement.</summary>
    internal static async Task<Dictionary<long, DateOnly>> SinceAsync(Session session, string town, Ledger ledger, IReadOnlyList<string> states, long? asOf)
    {
        var sql = Versions(session, town, ledger, asOf);
        sql.Raw(" WHERE v.id IN (SELECT r.id FROM ");
        new VersionSource(town, ledger, asOf).Write(sql, "r", []);
        sql.Raw(" WHERE r.town = ").Value(town).Raw(" AND ").Column("r", Tables.State).Raw(" IN (");
        sql.List(states, s => sql.Value(s)).Raw(")) ORDER BY v.id, v._seq");
        var since = new Dictionary<long, DateOnly>();
        var (id, state) = (0L, (string?)null);
        await session.ReadAsync(sql.ToStatement(), r =>
        {
            var (of, now) = (r.GetInt64(0), r.IsDBNull(2) ? null : r.GetString(2));
            if (of != id || now != state)
            {
                (id, state) = (of, now);
                since[of] = DayOf(r.GetInt64(3));
            }
        });
        return since;
    }

    /// <summary>Every version with its journal line: id, seq, state, time, actor, act.</summary>
    private static SqlText Versions(Session session, string town, Ledger ledger, long? asOf)
    {
        var sql = new SqlText(session.Dialect).Raw("SELECT v.id, v._seq, v._state, j.at, j.actor, j.act FROM (");
        foreach (var table in (Identifier[])[Identifier.Of(ledger.Code), Identifier.Past(ledger.Code)])
        {
            sql.Raw(table == Identifier.Of(ledger.Code) ? "" : " UNION ALL ").Raw("SELECT id, _seq, _state FROM ").Name(table).Raw(" WHERE town = ").Value(town);
            if (asOf is { } number)
            {
                sql.Raw(" AND _seq <= ").Value(number);
            }
        }

        return sql.Raw(") v JOIN _journal j ON j.town = ").Value(town).Raw(" AND j.seq = v._seq");
    }

    private static DateOnly DayOf(long microseconds) => LocalTime.DayOf(DateTimeOffset.UnixEpoch.AddMicroseconds(microseconds));
}
