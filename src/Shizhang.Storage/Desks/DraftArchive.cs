using Shizhang.Storage.Dialects;
using Shizhang.Storage.Journal;
using Shizhang.Storage.Records;

namespace Shizhang.Storage.Desks;

/// <summary>What somebody typed and could not write yet: for which form, encrypted by the caller.</summary>
public sealed record Draft(string Id, string Account, string Form, string Content, DateTimeOffset At);

/// <summary>Drafts, so that nothing typed is lost. They are no records: nothing of them is journalled or counted.</summary>
public sealed class DraftArchive(Store store)
{
    private const string Select = "SELECT id, account, form, content, at FROM _draft WHERE town = $1";

    /// <summary>How many drafts an account has at most, and how long all of them together; the oldest give way.</summary>
    public const int MostDrafts = 20;

    /// <inheritdoc cref="MostDrafts"/>
    public const long MostCharacters = 12_000_000;

    /// <summary>Keeps a draft in place of the one before for the same account and form; what is older than <paramref name="since"/> goes, whosever it is.</summary>
    public Task KeepAsync(string town, Draft draft, DateTimeOffset since) => store.EnqueueAsync(town, new Actor(draft.Account), [new PlainChange(
    [
        new Statement("DELETE FROM _draft WHERE town = $1 AND at < $2", [town, JournalReader.Microseconds(since)]),
        new Statement("DELETE FROM _draft WHERE town = $1 AND account = $2 AND form = $3", [town, draft.Account, draft.Form]),
        new Statement(
            "INSERT INTO _draft (town, id, account, form, content, at) VALUES ($1, $2, $3, $4, $5, $6)",
            [town, draft.Id, draft.Account, draft.Form, draft.Content, JournalReader.Microseconds(draft.At)]),
        new Statement(
            """
            DELETE FROM _draft WHERE town = $1 AND account = $2 AND id IN (SELECT id FROM (
                SELECT id, ROW_NUMBER() OVER (ORDER BY at DESC, id) AS n, SUM(LENGTH(content)) OVER (ORDER BY at DESC, id) AS size
                FROM _draft WHERE town = $1 AND account = $2) AS kept WHERE n > $3 OR size > $4)
            """,
            [town, draft.Account, (long)MostDrafts, MostCharacters]),
    ])]);

    public Task RemoveAsync(string town, string account, string form) => store.EnqueueAsync(town, new Actor(account), [new PlainChange(
        [new Statement("DELETE FROM _draft WHERE town = $1 AND account = $2 AND form = $3", [town, account, form])])]);

    public Task<Draft?> FindAsync(string town, string account, string form) => store.Database.ReadAsync(session => session.FirstAsync(
        new Statement($"{Select} AND account = $2 AND form = $3", [town, account, form]), r => (Draft?)Read(r)));

    public Task<List<Draft>> ListAsync(string town, string account) => store.Database.ReadAsync(session => session.ListAsync(
        new Statement($"{Select} AND account = $2 ORDER BY at DESC", [town, account]), Read));

    private static Draft Read(System.Data.Common.DbDataReader r) => new(
        r.GetString(0), r.GetString(1), r.GetString(2), r.GetString(3), DateTimeOffset.UnixEpoch.AddMicroseconds(r.GetInt64(4)));
}
