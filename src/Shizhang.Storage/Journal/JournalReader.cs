using System.Data.Common;
using Shizhang.Storage.Dialects;

namespace Shizhang.Storage.Journal;

/// <summary>Reads a town's journal: its head, what number a time means, its lines.</summary>
public sealed class JournalReader(Database database)
{
    /// <summary>The number of the last line; 0 when nothing was written.</summary>
    public Task<long> HeadAsync(string town) => database.ReadAsync(session => HeadAsync(session, town));

    /// <summary>The last journal number at or before a time; 0 when that is before everything.</summary>
    public Task<long> NumberAtAsync(string town, DateTimeOffset time) => database.ReadAsync(async session =>
        await session.FirstAsync(
            new Statement("SELECT COALESCE(MAX(seq), 0) FROM _journal WHERE town = $1 AND at <= $2", [town, Microseconds(time)]),
            r => r.GetInt64(0)));

    /// <summary>When a record was last touched or an alert set aside; null when none was.</summary>
    public Task<DateTimeOffset?> LastRecordedAsync(string town) => database.ReadAsync(session =>
        LastRecordedAsync(session, town, r => (DateTimeOffset?)DateTimeOffset.UnixEpoch.AddMicroseconds(r.GetInt64(1))));

    /// <summary>When a line was written; null at the head and beyond, which is now.</summary>
    public Task<DateTimeOffset?> TimeAtAsync(string town, long number) => database.ReadAsync<DateTimeOffset?>(async session =>
        number < await HeadAsync(session, town) ? await TimeAsync(session, town, number) : null);

    /// <summary>Lines after a number, in order; at most <paramref name="most"/>.</summary>
    public Task<List<JournalLine>> LinesAsync(string town, long after, int most = 1000) => database.ReadAsync(session => session.ListAsync(
        new Statement($"{Select} WHERE town = $1 AND seq > $2 ORDER BY seq LIMIT $3", [town, after, (long)most]), Read));

    /// <summary>Everything done to a record, oldest first, each with the reason given.</summary>
    public Task<List<(JournalLine Line, string? Reason)>> OfRecordAsync(string town, string ledger, long record) => database.ReadAsync(session => session.ListAsync(
        new Statement(
            "SELECT j.town, j.seq, j.at, j.actor, j.act, j.address, j.ledger, j.record, j.digest, j.hash, s.reason FROM _journal j LEFT JOIN _reason s ON s.town = j.town AND s.seq = j.seq WHERE j.town = $1 AND j.ledger = $2 AND j.record = $3 ORDER BY j.seq",
            [town, ledger, record]),
        r => (Read(r), Text(r, 10))));

    /// <summary>What an account last did to records, newest first; looking at one in clear is not among it.</summary>
    public Task<List<JournalLine>> OfActorAsync(string town, string actor, int most) => database.ReadAsync(session => session.ListAsync(
        new Statement($"{Select} WHERE town = $1 AND actor = $2 AND ledger IS NOT NULL AND act <> $3 ORDER BY seq DESC LIMIT $4", [town, actor, Acts.Shown, (long)most]), Read));

    internal const string Select = "SELECT town, seq, at, actor, act, address, ledger, record, digest, hash FROM _journal";

    /// <summary>The last line that touched a record or an alert, its number and time in columns 0 and 1; looking at a record in clear is none.</summary>
    internal static Task<T?> LastRecordedAsync<T>(Session session, string town, Func<DbDataReader, T> read) => session.FirstAsync(
        new Statement("SELECT seq, at FROM _journal WHERE town = $1 AND (ledger IS NOT NULL OR act = $2) AND act <> $3 ORDER BY seq DESC LIMIT 1", [town, Acts.Aside, Acts.Shown]), read);

    internal static async Task<long> HeadAsync(Session session, string town)
    {
        var heads = await session.ListAsync(new Statement("SELECT head FROM _town WHERE town = $1", [town]), r => r.GetInt64(0));
        return heads.Count > 0 ? heads[0] : throw new StorageException("town_unknown", [town]);
    }

    internal static async Task<DateTimeOffset> TimeAsync(Session session, string town, long seq)
    {
        var at = await session.FirstAsync(new Statement("SELECT at FROM _journal WHERE town = $1 AND seq = $2", [town, seq]), r => r.GetInt64(0));
        return DateTimeOffset.UnixEpoch.AddMicroseconds(at);
    }

    internal static JournalLine Read(DbDataReader r) => new(
        r.GetString(0), r.GetInt64(1), r.GetInt64(2), r.GetString(3), r.GetString(4), Text(r, 5), Text(r, 6),
        r.IsDBNull(7) ? null : r.GetInt64(7), r.GetFieldValue<byte[]>(8), r.GetFieldValue<byte[]>(9));

    internal static long Microseconds(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    private static string? Text(DbDataReader reader, int ordinal) => reader.IsDBNull(ordinal) ? null : reader.GetString(ordinal);
}
