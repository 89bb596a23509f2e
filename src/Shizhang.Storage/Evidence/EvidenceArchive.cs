using System.Text;
using Shizhang.Core;
using Shizhang.Core.Catalogs;
using Shizhang.Storage.Dialects;
using Shizhang.Storage.Journal;
using Shizhang.Storage.Records;

namespace Shizhang.Storage.Evidence;

/// <summary>Which file proves what: of which record, since which journal number.</summary>
public sealed record KeptEvidence(long Seq, string Ledger, long Record, EvidenceFile File);

/// <summary>Evidence of records. Each line is journalled with the digest of what it says; files lie in <see cref="EvidenceFiles"/>.</summary>
public sealed class EvidenceArchive(Store store)
{
    /// <summary>Evidence of a record, oldest first.</summary>
    public Task<List<KeptEvidence>> OfAsync(string town, Ledger ledger, long record) => store.Database.ReadAsync(session => session.ListAsync(
        new Statement($"{Select} AND ledger = $2 AND record = $3 ORDER BY seq", [town, ledger.Code, record]), Read));

    /// <summary>A new version of a record by a step, with its evidence: written all or not at all.</summary>
    public async Task<WriteOutcome> StepAsync(string town, Actor actor, AmendRecord step, IReadOnlyList<EvidenceFile> files)
    {
        // The evidence first: it belongs to the state the step leaves.
        IReadOnlyList<Change> changes = [.. files.Select(f => Add(town, step.Ledger, step.Id, f)), new RecordChange(step)];
        var outcomes = await store.EnqueueAsync(town, actor, changes);
        return outcomes[^1];
    }

    /// <summary>Evidence given apart from a step.</summary>
    public Task AddAsync(string town, Actor actor, Ledger ledger, long record, IReadOnlyList<EvidenceFile> files) =>
        store.EnqueueAsync(town, actor, [.. files.Select(f => Add(town, ledger, record, f))]);

    internal static async Task<List<KeptEvidence>> AllAsync(Session session, string town) => await session.ListAsync(new Statement($"{Select} ORDER BY seq", [town]), Read);

    internal static byte[] Digest(string ledger, long record, EvidenceFile file) => Sm3.Hash(Encoding.UTF8.GetBytes($"{ledger}/{record}\n{file.Hash}\n{file.Name}\n{file.Size}"));

    private const string Select = "SELECT seq, ledger, record, hash, name, size FROM _evidence WHERE town = $1";

    private static KeptEvidence Read(System.Data.Common.DbDataReader r) => new(r.GetInt64(0), r.GetString(1), r.GetInt64(2), new EvidenceFile(r.GetString(3), r.GetString(4), r.GetInt64(5)));

    private static SystemChange Add(string town, Ledger ledger, long record, EvidenceFile file) => new(Acts.Evidence, Digest(ledger.Code, record, file), seq =>
    [
        new Statement("INSERT INTO _evidence (town, seq, ledger, record, hash, name, size) VALUES ($1, $2, $3, $4, $5, $6, $7)", [town, seq, ledger.Code, record, file.Hash, file.Name, file.Size]),
    ])
    {
        About = new RecordKey(ledger.Code, record),
    };
}
