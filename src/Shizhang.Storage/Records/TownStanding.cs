using Shizhang.Core.Catalogs;
using Shizhang.Core.Records;
using Shizhang.Storage.Accounts;
using Shizhang.Storage.Dialects;
using Shizhang.Storage.Journal;

namespace Shizhang.Storage.Records;

/// <summary>The organisation of a town and its tokens by the hash of their secret, as they stand after journal number <paramref name="Head"/>.</summary>
public sealed record Standing(long Head, UnitTree Tree, IReadOnlyDictionary<string, Token> Tokens);

/// <summary>
/// What every request asks first. It is kept until the journal tells that a unit or a token changed, whoever wrote it, so it is
/// never stale; asking costs one statement over the lines written since.
/// </summary>
public sealed class TownStanding(Store store, string town)
{
    private const string Glance =
        "SELECT t.head, (SELECT COUNT(*) FROM _journal j WHERE j.town = t.town AND j.seq > $2 AND (j.ledger = $3 OR j.act = $4)) FROM _town t WHERE t.town = $1";

    private Standing? _kept;

    public Task<Standing> ReadAsync() => store.Database.ReadAsync(async session =>
    {
        var kept = Volatile.Read(ref _kept);
        var (head, changes) = await session.FirstAsync(
            new Statement(Glance, [town, kept?.Head ?? 0, Ledger.UnitCode, Acts.Token]), r => (r.GetInt64(0), r.GetInt64(1)));

        // A head behind the one kept is other data under the same name: a backup put back.
        var standing = kept is not null && changes == 0 && head >= kept.Head
            ? kept with { Head = head }
            : new Standing(head, await UnitReader.ReadAsync(session, store, town, null), (await TokenArchive.ListAsync(session, town)).ToDictionary(t => t.Hash, StringComparer.Ordinal));
        if (standing != kept)
        {
            Volatile.Write(ref _kept, standing);
        }

        return standing;
    });
}
