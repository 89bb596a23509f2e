using System.Text;
using Shizhang.Core;
using Shizhang.Storage.Dialects;
using Shizhang.Storage.Journal;
using Shizhang.Storage.Records;

namespace Shizhang.Storage.Accounts;

/// <summary>
/// How an account proves who it is: the hash of its password, an optional key for one-time codes (encrypted by the caller), and
/// its failed tries. <see cref="Stamp"/> changes with the password, and ends the sessions of the old one.
/// </summary>
public sealed record Credential(string Name, string PasswordHash, bool MustChange, string? TotpKey, int Failed, DateTimeOffset? LockedUntil, string Stamp);

/// <summary>Passwords and tries. That a password was set is journalled; the password never is.</summary>
public sealed class CredentialArchive(Store store)
{
    public Task<Credential?> FindAsync(string town, string name) => store.Database.ReadAsync(session => session.FirstAsync(
        new Statement("SELECT name, password, must_change, totp, failed, locked_until, stamp FROM _credential WHERE town = $1 AND name = $2", [town, name]),
        r => (Credential?)new Credential(
            r.GetString(0), r.GetString(1), r.GetInt64(2) != 0, r.IsDBNull(3) ? null : r.GetString(3), (int)r.GetInt64(4),
            r.IsDBNull(5) ? null : DateTimeOffset.UnixEpoch.AddMicroseconds(r.GetInt64(5)), r.GetString(6))));

    /// <summary>Sets or replaces what an account proves itself by; failed tries are forgotten.</summary>
    public Task SetAsync(string town, Actor actor, Credential credential) => store.EnqueueAsync(town, actor, [new SystemChange(
        Acts.Password, Sm3.Hash(Encoding.UTF8.GetBytes(credential.Name)), _ =>
        [
            new Statement("DELETE FROM _credential WHERE town = $1 AND name = $2", [town, credential.Name]),
            new Statement(
                "INSERT INTO _credential (town, name, password, must_change, totp, failed, locked_until, stamp) VALUES ($1, $2, $3, $4, $5, 0, NULL, $6)",
                [town, credential.Name, credential.PasswordHash, credential.MustChange ? 1L : 0L, credential.TotpKey, credential.Stamp]),
        ])]);

    /// <summary>A try that failed; journalled, because somebody may be trying doors.</summary>
    public Task FailAsync(string town, Actor actor, string name, int failed, DateTimeOffset? lockedUntil) => store.EnqueueAsync(town, actor, [new SystemChange(
        Acts.SignInFailed, Sm3.Hash(Encoding.UTF8.GetBytes(name)), _ =>
        [
            new Statement(
                "UPDATE _credential SET failed = $3, locked_until = $4 WHERE town = $1 AND name = $2",
                [town, name, (long)failed, store.Database.Dialect.ToDatabase(lockedUntil is { } time ? JournalReader.Microseconds(time) : null, Core.Records.StorageKind.Integer, 0)]),
        ])]);
}
