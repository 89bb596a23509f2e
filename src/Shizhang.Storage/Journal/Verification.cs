using System.Buffers;
using System.Text;
using Shizhang.Core;
using Shizhang.Storage.Dialects;
using Shizhang.Storage.Evidence;
using Shizhang.Storage.Records;

namespace Shizhang.Storage.Journal;

/// <summary>One thing that is not as it was written. <see cref="Seq"/> is the journal number it is about.</summary>
public sealed record Damage(DamageKind Kind, long Seq, string? Record);

public enum DamageKind
{
    /// <summary>A journal line does not follow from the one before it.</summary>
    ChainBroken,

    /// <summary>Journal numbers are missing, or lines were cut off at the end.</summary>
    LinesMissing,

    /// <summary>A stored version differs from what was written.</summary>
    VersionAltered,

    /// <summary>A version that the journal names is not there.</summary>
    VersionMissing,

    /// <summary>A version is there that the journal does not know.</summary>
    VersionUnknown,

    /// <summary>A version ends at a number where the journal ends another.</summary>
    EndAltered,

    /// <summary>An issued report differs from what was issued, or is missing.</summary>
    IssueAltered,

    /// <summary>A stored reason differs from what was written, or is missing.</summary>
    ReasonAltered,

    /// <summary>What is said of an evidence file differs from what was written, or is missing.</summary>
    EvidenceAltered,

    /// <summary>An evidence file is not there.</summary>
    FileMissing,

    /// <summary>An evidence file is not what it was when it was given.</summary>
    FileAltered,

    /// <summary>What set an alert aside differs from what was written, or is missing.</summary>
    AsideAltered,
}

/// <summary>What was checked and what was found.</summary>
public sealed record VerificationResult(long Lines, long Versions, long Head, byte[] HeadHash, IReadOnlyList<Damage> Damages);

/// <summary>Recomputes a town's journal, every stored version and every evidence file, and finds what does not agree.</summary>
public sealed class Verification(Store store, EvidenceFiles? files = null)
{
    private const int LinesAtOnce = 2000;

    public Task<VerificationResult> RunAsync(string town, IProgress<long>? progress = null) => store.Database.ReadAsync(async session =>
    {
        var damages = new List<Damage>();
        var reasons = await ReasonsAsync(session, town);
        var (lines, head) = await ReadChainAsync(session, town, damages, progress);
        var archive = new RecordArchive(store);
        var ends = Ends(lines.Values);
        var buffer = new ArrayBufferWriter<byte>(4096);
        var met = new HashSet<long>();
        foreach (var ledger in store.Catalog.Ledgers.Values)
        {
            await archive.ReadAllAsync(session, town, ledger, version =>
            {
                met.Add(version.Version);
                Check(version, lines, ends, reasons, buffer, damages);
                progress?.Report(met.Count);
            });
        }

        await CheckIssuesAsync(session, town, lines, damages);
        await CheckEvidenceAsync(session, town, lines, damages);
        await CheckAsideAsync(session, town, lines, reasons, damages);
        foreach (var line in lines.Values)
        {
            if (Acts.MakesVersion(line.Act) && !met.Contains(line.Seq))
            {
                damages.Add(new Damage(DamageKind.VersionMissing, line.Seq, $"{line.Ledger}/{line.Record}"));
            }

            if (line.Act == Acts.Void && !(reasons.TryGetValue(line.Seq, out var reason) && line.Digest.AsSpan().SequenceEqual(Sm3.Hash(Encoding.UTF8.GetBytes(reason)))))
            {
                damages.Add(new Damage(DamageKind.ReasonAltered, line.Seq, $"{line.Ledger}/{line.Record}"));
            }
        }

        return new VerificationResult(lines.Count, met.Count, head.Seq, head.Hash, [.. damages.OrderBy(d => d.Seq)]);
    });

    private static async Task<(Dictionary<long, JournalLine> Lines, Head Head)> ReadChainAsync(Session session, string town, List<Damage> damages, IProgress<long>? progress)
    {
        var head = (await session.ListAsync(
            new Statement("SELECT head, head_at, head_hash FROM _town WHERE town = $1", [town]),
            r => new Head(r.GetInt64(0), r.GetInt64(1), r.GetFieldValue<byte[]>(2)))) is [var only] ? only : throw new StorageException("town_unknown", [town]);
        var lines = new Dictionary<long, JournalLine>();
        var before = JournalLine.Origin;
        long expected = 1;
        while (true)
        {
            var some = await session.ListAsync(
                new Statement($"{JournalReader.Select} WHERE town = $1 AND seq >= $2 ORDER BY seq LIMIT {LinesAtOnce}", [town, expected]), JournalReader.Read);
            foreach (var line in some)
            {
                if (line.Seq != expected)
                {
                    damages.Add(new Damage(DamageKind.LinesMissing, expected, null));
                }
                else if (!line.Follows(before))
                {
                    damages.Add(new Damage(DamageKind.ChainBroken, line.Seq, null));
                }

                lines.Add(line.Seq, line);
                before = line.Hash;
                expected = line.Seq + 1;
            }

            progress?.Report(lines.Count);
            if (some.Count < LinesAtOnce)
            {
                break;
            }
        }

        if (expected != head.Seq + 1 || !before.AsSpan().SequenceEqual(head.Hash))
        {
            damages.Add(new Damage(DamageKind.LinesMissing, expected, null));
        }

        return (lines, head);
    }

    /// <summary>Where each version must end: at the next write of the same record.</summary>
    private static Dictionary<long, long> Ends(IEnumerable<JournalLine> lines)
    {
        var ends = new Dictionary<long, long>();
        foreach (var record in lines.Where(l => l.Record is not null && (Acts.MakesVersion(l.Act) || l.Act == Acts.Void)).GroupBy(l => (l.Ledger, l.Record)))
        {
            JournalLine? before = null;
            foreach (var line in record.OrderBy(l => l.Seq))
            {
                if (before is not null && Acts.MakesVersion(before.Act))
                {
                    ends.Add(before.Seq, line.Seq);
                }

                before = line;
            }
        }

        return ends;
    }

    private static void Check(
        StoredRecord version, Dictionary<long, JournalLine> lines, Dictionary<long, long> ends, Dictionary<long, string> reasons, ArrayBufferWriter<byte> buffer, List<Damage> damages)
    {
        var name = $"{version.Ledger.Code}/{version.Id}";
        if (!lines.TryGetValue(version.Version, out var line) || line.Ledger != version.Ledger.Code || line.Record != version.Id)
        {
            damages.Add(new Damage(DamageKind.VersionUnknown, version.Version, name));
            return;
        }

        buffer.ResetWrittenCount();
        var digest = VersionDigest.Of(buffer, version.Ledger, version.Id, version.State, version.Values, reasons.GetValueOrDefault(version.Version));
        if (!digest.AsSpan().SequenceEqual(line.Digest))
        {
            damages.Add(new Damage(DamageKind.VersionAltered, version.Version, name));
        }

        if (version.Gone != (ends.TryGetValue(version.Version, out var end) ? end : null))
        {
            damages.Add(new Damage(DamageKind.EndAltered, version.Version, name));
        }
    }

    private static async Task CheckIssuesAsync(Session session, string town, Dictionary<long, JournalLine> lines, List<Damage> damages)
    {
        var met = new HashSet<long>();
        await session.ReadAsync(new Statement("SELECT seq, id, content FROM _issue WHERE town = $1", [town]), r =>
        {
            var seq = r.GetInt64(0);
            met.Add(seq);
            if (!lines.TryGetValue(seq, out var line) || line.Act != Acts.Issue || !line.Digest.AsSpan().SequenceEqual(Sm3.Hash(Encoding.UTF8.GetBytes(r.GetString(2)))))
            {
                damages.Add(new Damage(DamageKind.IssueAltered, seq, r.GetString(1)));
            }
        });
        damages.AddRange(lines.Values.Where(l => l.Act == Acts.Issue && !met.Contains(l.Seq)).Select(l => new Damage(DamageKind.IssueAltered, l.Seq, null)));
    }

    private async Task CheckEvidenceAsync(Session session, string town, Dictionary<long, JournalLine> lines, List<Damage> damages)
    {
        var met = new HashSet<long>();
        var intact = new Dictionary<string, bool?>(StringComparer.Ordinal);
        foreach (var (seq, ledger, record, file) in await EvidenceArchive.AllAsync(session, town))
        {
            met.Add(seq);
            var name = $"{ledger}/{record} {file.Name}";
            if (!lines.TryGetValue(seq, out var line) || line.Act != Acts.Evidence || !line.Digest.AsSpan().SequenceEqual(EvidenceArchive.Digest(ledger, record, file)))
            {
                damages.Add(new Damage(DamageKind.EvidenceAltered, seq, name));
                continue;
            }

            if (files is not null)
            {
                if (!intact.TryGetValue(file.Hash, out var isIntact))
                {
                    intact.Add(file.Hash, isIntact = await files.IsIntactAsync(file.Hash));
                }

                if (isIntact is not true)
                {
                    damages.Add(new Damage(isIntact is null ? DamageKind.FileMissing : DamageKind.FileAltered, seq, name));
                }
            }
        }

        damages.AddRange(lines.Values.Where(l => l.Act == Acts.Evidence && !met.Contains(l.Seq)).Select(l => new Damage(DamageKind.EvidenceAltered, l.Seq, null)));
    }

    private static async Task CheckAsideAsync(Session session, string town, Dictionary<long, JournalLine> lines, Dictionary<long, string> reasons, List<Damage> damages)
    {
        var met = new HashSet<long>();
        await session.ReadAsync(new Statement("SELECT seq, alert, until FROM _aside WHERE town = $1", [town]), r =>
        {
            var seq = r.GetInt64(0);
            met.Add(seq);
            if (!lines.TryGetValue(seq, out var line) || line.Act != Acts.Aside || !line.Digest.AsSpan().SequenceEqual(Rules.AlertEngine.Digest(r.GetString(1), r.GetString(2), reasons.GetValueOrDefault(seq, ""))))
            {
                damages.Add(new Damage(DamageKind.AsideAltered, seq, r.GetString(1)));
            }
        });
        damages.AddRange(lines.Values.Where(l => l.Act == Acts.Aside && !met.Contains(l.Seq)).Select(l => new Damage(DamageKind.AsideAltered, l.Seq, null)));
    }

    private static async Task<Dictionary<long, string>> ReasonsAsync(Session session, string town)
    {
        var reasons = new Dictionary<long, string>();
        await session.ReadAsync(new Statement("SELECT seq, reason FROM _reason WHERE town = $1", [town]), r => reasons.Add(r.GetInt64(0), r.GetString(1)));
        return reasons;
    }
}
