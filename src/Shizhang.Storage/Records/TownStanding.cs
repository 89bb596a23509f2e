using Shizhang.Core.Catalogs;
using Shizhang.Core.Records;
using Shizhang.Storage.Accounts;
using Shizhang.Storage.Dialects;
using Shizhang.Storage.Journal;

namespace Shizhang.Storage.Records;

/// <summary>
/// The organisation of a town and its tokens by the hash of their secret, as they stand after journal number <paramref name="Head"/>.
/// <paramref name="Recorded"/> is the last number that touched a record or an alert: signing in moves only the head.
/// </summary>
public sealed record Standing(long Head, long Recorded, UnitTree Tree, IReadOnlyDictionary<string, Token> Tokens);

/// <summary>
/// What every request asks first. It is kept until the journal tells that a unit or a token changed, whoever wrote it, so it is
/// never stale; asking costs one statement over the lines written since.
/// </summary>
public sealed class TownStanding(Store store, string town)
{
    private const string Glance = """
        SELECT t.head,
          (SELECT COUNT(*) FROM _journal j WHERE j.town = t.town AND j.seq > $2 AND (j.ledger = $3 OR j.act = $4)),
          (SELECT MAX(j.seq) FROM _journal j WHERE j.town = t.town AND j.seq > $2 AND (j.ledger IS NOT NULL OR j.act = $5) AND j.act <> $6)
        FROM _town t WHERE t.town = $1
        """;

    private Standing? _kept;

    public async Task<Standing> ReadAsync()
    {
        if (Volatile.Read(ref _kept) is not { } kept)
        {
            return Keep(await store.Database.ReadAsync(ReadAsync));
        }

        var (head, changes, recorded) = await store.Database.FirstAsync(
            new Statement(Glance, [town, kept.Head, Ledger.UnitCode, Acts.Token, Acts.Aside, Acts.Shown]), r => (r.GetInt64(0), r.GetInt64(1), r.IsDBNull(2) ? kept.Recorded : r.GetInt64(2)));

        // A head behind the one kept is other data under the same name: a backup put back.
        return head == kept.Head ? kept
            : head < kept.Head || changes > 0 ? Keep(await store.Database.ReadAsync(ReadAsync))
            : Keep(kept with { Head = head, Recorded = recorded });
    }

    private async Task<Standing> ReadAsync(Session session) => new(
        await JournalReader.HeadAsync(session, town),
        await JournalReader.LastRecordedAsync(session, town, r => r.GetInt64(0)),
        await UnitReader.ReadAsync(session, store, town, null),
        (await TokenArchive.ListAsync(session, town)).ToDictionary(t => t.Hash, StringComparer.Ordinal));

    private Standing Keep(Standing standing)
    {
        Volatile.Write(ref _kept, standing);
        return standing;
    }
}
