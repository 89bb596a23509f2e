using Shizhang.Core.Catalogs;
using Shizhang.Core.Records;
using Shizhang.Storage.Accounts;
using Shizhang.Storage.Dialects;
using Shizhang.Storage.Journal;

namespace Shizhang.Storage.Records;

/// <summary>
/// The organisation of a town and its tokens by the hash of their secret, as they stand after
/// journal number <paramref name="Head"/>, whose line has the hash <paramref name="Hash"/>.
/// <paramref name="Recorded"/> is the last number that touched a record or an alert: signing in moves only the head.
/// </summary>
public sealed record Standing(long Head, byte[] Hash, long Recorded, UnitTree Tree, IReadOnlyDictionary<string, Token> Tokens);

/// <summary>
/// What every request asks first. It is kept until a unit or a token changes: what this process writes is known at once, what
/// another writes is looked for in the journal some times a second.
/// </summary>
public sealed class TownStanding(Store store, string town)
{
    // Shorter than any other process takes to start and say that it is done.
    private static readonly TimeSpan Unseen = TimeSpan.FromMilliseconds(50);

    // So many lines are looked through; after more than that all is read again.
    private const int MostLines = 512;

    // In the order of the key and no further, so that no planner goes another way.
    private const string Lines = "SELECT seq, hash, act, ledger FROM _journal WHERE town = $1 AND seq >= $2 ORDER BY seq LIMIT $3";

    private Looked? _last;

    public async Task<Standing> ReadAsync()
    {
        // What is read is as old as its question, not as its answer.
        var asked = TimeProvider.System.GetTimestamp();
        if (Volatile.Read(ref _last) is not { } last)
        {
            return Keep(await store.Database.ReadAsync(ReadAsync), asked);
        }

        if (TimeProvider.System.GetElapsedTime(last.At, asked) < Unseen)
        {
            var written = store.LastWritten(town);
            return written is null || written.Head <= last.Standing.Head ? last.Standing
                : written.Changed > last.Standing.Head ? Keep(await store.Database.ReadAsync(ReadAsync), asked)
                : last.Standing with { Head = written.Head, Recorded = Math.Max(written.Recorded, last.Standing.Recorded) };
        }

        return Keep(await LookAsync(last.Standing), asked);
    }

    private async Task<Standing> LookAsync(Standing kept)
    {
        var lines = await store.Database.ListAsync(
            new Statement(Lines, [town, kept.Head, MostLines + 1L]), r => (Seq: r.GetInt64(0), Hash: r.GetFieldValue<byte[]>(1), Act: r.GetString(2), Ledger: r.IsDBNull(3) ? null : r.GetString(3)));

        // Where the line that was the last is not there as it was, this is other data under the same name: a backup put back.
        return lines.Count is 0 or > MostLines || !lines[0].Hash.AsSpan().SequenceEqual(kept.Hash) || lines.Skip(1).Any(l => LastWritten.Changes(l.Act, l.Ledger))
            ? await store.Database.ReadAsync(ReadAsync)
            : kept with { Head = lines[^1].Seq, Hash = lines[^1].Hash, Recorded = lines.Skip(1).Where(l => LastWritten.Records(l.Act, l.Ledger)).Select(l => l.Seq).DefaultIfEmpty(kept.Recorded).Last() };
    }

    private async Task<Standing> ReadAsync(Session session)
    {
        var (head, hash) = await session.FirstAsync(new Statement("SELECT head, head_hash FROM _town WHERE town = $1", [town]), r => (r.GetInt64(0), r.GetFieldValue<byte[]>(1)));
        return new Standing(
            head,
            hash ?? throw new StorageException("town_unknown", [town]),
            await JournalReader.LastRecordedAsync(session, town, r => r.GetInt64(0)),
            await UnitReader.ReadAsync(session, store, town, null),
            (await TokenArchive.ListAsync(session, town)).ToDictionary(t => t.Hash, StringComparer.Ordinal));
    }

    private Standing Keep(Standing standing, long asked)
    {
        Volatile.Write(ref _last, new Looked(standing, asked));
        return standing;
    }

    private sealed record Looked(Standing Standing, long At);
}

/// <summary>Journal numbers of what this process wrote last in a town: at all, to a record or an alert, to a unit or a token.</summary>
internal sealed record LastWritten(long Head, long Recorded, long Changed)
{
    public static bool Records(string act, string? ledger) => act != Acts.Shown && (ledger is not null || act == Acts.Aside);

    public static bool Changes(string act, string? ledger) => ledger == Ledger.UnitCode || act == Acts.Token;

    public LastWritten After(long seq, string act, string? ledger) =>
        new(seq, Records(act, ledger) ? seq : Recorded, Changes(act, ledger) ? seq : Changed);
}
