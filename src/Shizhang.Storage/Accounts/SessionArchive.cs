using System.Text;
using Shizhang.Core;
using Shizhang.Storage.Dialects;
using Shizhang.Storage.Journal;
using Shizhang.Storage.Records;

namespace Shizhang.Storage.Accounts;

/// <summary>A sign-in that has not ended: of which account, since when, last seen when, from where and with what.</summary>
public sealed record SignedIn(string Id, string Account, string Stamp, DateTimeOffset StartedAt, DateTimeOffset SeenAt, string? Address, string? Agent);

/// <summary>Sessions of a town, so that they can be listed and ended. Beginning and ending one is journalled; being seen is not.</summary>
public sealed class SessionArchive(Store store)
{
    private const string Select = "SELECT id, account, stamp, started_at, seen_at, address, agent FROM _session WHERE town = $1";

    public Task StartAsync(string town, SignedIn session) => store.EnqueueAsync(town, new Actor(session.Account, session.Address), [new SystemChange(
        Acts.SignIn, Sm3.Hash(Encoding.UTF8.GetBytes($"{session.Account}\n{session.Id}")), _ =>
        [
            new Statement("UPDATE _credential SET failed = 0, locked_until = NULL WHERE town = $1 AND name = $2", [town, session.Account]),
            new Statement(
                "INSERT INTO _session (town, id, account, stamp, started_at, seen_at, address, agent) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                [town, session.Id, session.Account, session.Stamp, JournalReader.Microseconds(session.StartedAt), JournalReader.Microseconds(session.SeenAt), session.Address, session.Agent]),
        ])]);

    public Task<SignedIn?> FindAsync(string town, string id) => store.Database.ReadAsync(session => session.FirstAsync(
        new Statement($"{Select} AND id = $2", [town, id]), r => (SignedIn?)Read(r)));

    public Task<List<SignedIn>> ListAsync(string town) => store.Database.ReadAsync(session => session.ListAsync(
        new Statement($"{Select} ORDER BY seen_at DESC", [town]), Read));

    public Task SeenAsync(string town, string id, DateTimeOffset at) => store.EnqueueAsync(town, new Actor(""), [new PlainChange(
        [new Statement("UPDATE _session SET seen_at = $3 WHERE town = $1 AND id = $2", [town, id, JournalReader.Microseconds(at)])])]);

    /// <summary>Ends sessions: by whom, and which.</summary>
    public Task EndAsync(string town, Actor actor, params IReadOnlyList<string> ids) => store.EnqueueAsync(town, actor, [.. ids.Select(id => new SystemChange(
        Acts.SignOut, Sm3.Hash(Encoding.UTF8.GetBytes(id)), _ => [new Statement("DELETE FROM _session WHERE town = $1 AND id = $2", [town, id])]))]);

    private static SignedIn Read(System.Data.Common.DbDataReader r) => new(
        r.GetString(0), r.GetString(1), r.GetString(2), DateTimeOffset.UnixEpoch.AddMicroseconds(r.GetInt64(3)), DateTimeOffset.UnixEpoch.AddMicroseconds(r.GetInt64(4)),
        r.IsDBNull(5) ? null : r.GetString(5), r.IsDBNull(6) ? null : r.GetString(6));
}
