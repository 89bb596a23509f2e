using System.Data.Common;
using Shizhang.Storage.Dialects;
using Shizhang.Storage.Journal;
using Shizhang.Storage.Records;

namespace Shizhang.Storage.Desks;

/// <summary>What a program asks to be done once: the key it chose, and the digest of what it asked.</summary>
public sealed record AskedOnce(string Key, string Digest);

/// <summary>The answer a key was given: to which question, and which version of which record it made.</summary>
public sealed record Answer(string Digest, string Ledger, long Record, long Version);

/// <summary>Answers to programs that may ask twice. An answer is written with its record, all or not at all, so that a crash cannot double it.</summary>
public sealed class AnswerArchive(Store store)
{
    /// <summary>So long an answer is given again; afterwards the key is a new one.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    // Two go for one that comes, so old ones do not pile up and no write waits for many.
    private const long MostPruned = 2;

    private long Oldest => JournalReader.Microseconds(store.Clock.GetUtcNow() - Kept);

    public Task<Answer?> FindAsync(string town, Actor actor, string key) => store.Database.ReadAsync(session => session.FirstAsync(
        new Statement("SELECT digest, ledger, record, version FROM _answer WHERE town = $1 AND key = $2 AND at >= $3", [town, KeyOf(actor, key), Oldest]),
        r => (Answer?)new Answer(r.GetString(0), r.GetString(1), r.GetInt64(2), r.GetInt64(3))));

    /// <summary>Writes a record and the answer to its key. When another request with the key came first, its record is the outcome; asked otherwise, <see cref="KeyTaken"/>.</summary>
    public async Task<WriteOutcome> WriteAsync(string town, Actor actor, RecordWrite write, AskedOnce once)
    {
        try
        {
            return (await store.EnqueueAsync(town, actor, [new RecordChange(write), Keep(town, actor, write, once)]))[0];
        }
        catch (DbException)
        {
            // Two requests with one key met in the queue; the second finds the first's answer, or what failed was something else.
            if (await FindAsync(town, actor, once.Key) is { } first)
            {
                return first.Digest == once.Digest ? new Written(first.Record, first.Version) : new KeyTaken();
            }

            throw;
        }
    }

    // The line just before is the record's own: its number is the version, and of a new record the id.
    private PlainChange Keep(string town, Actor actor, RecordWrite write, AskedOnce once) => new([Prune(town, KeyOf(actor, once.Key)), new Statement(
        "INSERT INTO _answer (town, key, actor, digest, ledger, record, version, at) SELECT $1, $2, $3, $4, $5, COALESCE($6, MAX(seq)), MAX(seq), $7 FROM _journal WHERE town = $1",
        [
            town, KeyOf(actor, once.Key), actor.Name, once.Digest, write.Ledger.Code,
            store.Database.Dialect.ToDatabase((write as AmendRecord)?.Id, Core.Records.StorageKind.Integer, 0), JournalReader.Microseconds(store.Clock.GetUtcNow()),
        ])]);

    private Statement Prune(string town, string key) => new(
        "DELETE FROM _answer WHERE town = $1 AND at < $2 AND (key = $3 OR key IN (SELECT a.key FROM _answer a WHERE a.town = $1 AND a.at < $2 ORDER BY a.at LIMIT $4))",
        [town, Oldest, key, MostPruned]);

    // Keys are each program's own.
    private static string KeyOf(Actor actor, string key) => $"{actor.Name} {key}";
}
