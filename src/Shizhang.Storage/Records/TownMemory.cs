using Shizhang.Core.Catalogs;
using Shizhang.Core.Records;
using Shizhang.Storage.Dialects;

namespace Shizhang.Storage.Records;

/// <summary>
/// What the writer of a town knows without asking: units, and the versions of records it met. Every write moves the head of
/// the journal, so as long as the head is where this writer left it, nothing it remembers can have changed.
/// </summary>
internal sealed class TownMemory(Store store, string town)
{
    private const int MostVersions = 200_000;
    private const int MostAskedAtOnce = 256;

    private readonly Dictionary<RecordKey, long> _versions = [];
    private readonly Dictionary<RecordKey, RecordKey?> _referrers = [];
    private readonly HashSet<RecordKey> _referredInGroup = [];
    private TownUnits? _units;
    private Head? _head;

    public void Forget()
    {
        _versions.Clear();
        _units = null;
        _head = null;
    }

    public void Remember(Head head) => _head = head;

    /// <summary>Begins the transaction that writes: whoever reads the head so keeps it until the commit.</summary>
    public async Task<Head> BeginAsync(Session session)
    {
        var heads = await session.Dialect.BeginWriteAsync(
            session,
            new Statement("SELECT head, head_at, head_hash FROM _town WHERE town = $1" + session.Dialect.ForUpdate, [town]),
            r => new Head(r.GetInt64(0), r.GetInt64(1), r.GetFieldValue<byte[]>(2)));
        if (heads.Count == 0)
        {
            throw new StorageException("town_unknown", [town]);
        }

        if (_head is not { } known || known.Seq != heads[0].Seq || _versions.Count > MostVersions)
        {
            Forget();
        }

        return heads[0];
    }

    /// <summary>Asks the database, a ledger at a time, for what the group needs and is not remembered.</summary>
    public Task LookUpAsync(Session session, IReadOnlyList<Pending> group)
    {
        _referrers.Clear();
        _referredInGroup.Clear();
        return ReloadAsync(session, group, 0);
    }

    public async Task ReloadAsync(Session session, IReadOnlyList<Pending> group, int from)
    {
        var writes = group.Skip(from).SelectMany(p => p.Changes).OfType<RecordChange>().Select(c => c.Write).ToList();
        if (_units is null && writes.Count > 0)
        {
            _units = await TownUnits.ReadAsync(session, town);
        }

        var unknown = writes.SelectMany(Needed).Where(k => !_versions.ContainsKey(k)).ToHashSet();
        foreach (var ofLedger in unknown.GroupBy(k => k.Ledger))
        {
            foreach (var some in ofLedger.Select(k => k.Id).Chunk(MostAskedAtOnce))
            {
                await AskVersionsAsync(session, ofLedger.Key, some);
            }
        }

        foreach (var gone in writes.OfType<VoidRecord>())
        {
            _referrers[new RecordKey(gone.Ledger.Code, gone.Id)] = await References.FirstAsync(session, store.Catalog, town, gone);
        }
    }

    /// <summary>What would become of the changes if they were written after journal number <paramref name="seq"/>.</summary>
    public List<WriteOutcome> Check(IReadOnlyList<Change> changes, long seq)
    {
        var outcomes = new List<WriteOutcome>(changes.Count);
        var tops = new TopUnits(_units);
        foreach (var change in changes)
        {
            seq += change is PlainChange ? 0 : 1;
            outcomes.Add(change switch
            {
                RecordChange { Write: CreateRecord create } => (WriteOutcome?)Values(create.Ledger, create.Values) ?? tops.Refusal(create, seq) ?? new Written(seq, seq),
                RecordChange { Write: AmendRecord amend } => Standing(amend.Ledger, amend.Id, amend.Version) ?? (WriteOutcome?)Values(amend.Ledger, amend.Values) ?? tops.Refusal(amend, amend.Id) ?? new Written(amend.Id, seq),
                RecordChange { Write: VoidRecord gone } => Standing(gone.Ledger, gone.Id, gone.Version) ?? (WriteOutcome?)Referred(gone) ?? new Written(gone.Id, seq),
                _ => new Written(0, seq),
            });
        }

        return outcomes;
    }

    public void Apply(IReadOnlyList<Change> changes, List<WriteOutcome> outcomes)
    {
        for (var i = 0; i < changes.Count; i++)
        {
            if (changes[i] is not RecordChange { Write: var write })
            {
                continue;
            }

            var written = (Written)outcomes[i];
            _versions[new RecordKey(write.Ledger.Code, written.Id)] = write is VoidRecord ? 0 : written.Version;
            _referredInGroup.UnionWith(ReferencesOf(write));
            if (write.Ledger.Code == Ledger.UnitCode)
            {
                _units?.Remember(write, written.Id);
            }
        }
    }

    private WriteOutcome? Standing(Ledger ledger, long id, long version) =>
        _versions.GetValueOrDefault(new RecordKey(ledger.Code, id)) switch
        {
            0 => new NotFound(),
            var current when current != version => new Conflict(current),
            _ => null,
        };

    private Refused? Referred(VoidRecord gone)
    {
        var key = new RecordKey(gone.Ledger.Code, gone.Id);
        var by = _referrers.GetValueOrDefault(key) ?? (_referredInGroup.Contains(key) ? key : null);
        return by is null ? null : new Refused([new WriteRefusal(RefusalKind.StillReferred, "", by.ToString())]);
    }

    private Refused? Values(Ledger ledger, RecordValues values)
    {
        List<WriteRefusal>? refusals = null;
        Collect(values, "");
        foreach (var lines in ledger.Fields.Children.Where(f => f.IsLines))
        {
            var rows = values.LinesOf(lines);
            for (var i = 0; i < rows.Count; i++)
            {
                Collect(rows[i], $"{lines.Code}[{i}].");
            }
        }

        return refusals is null ? null : new Refused(refusals);

        void Collect(RecordValues row, string path)
        {
            foreach (var field in row.Fields.Columns)
            {
                if (row[field] is { } value && Refusal(ledger, values, field, value) is { } kind)
                {
                    (refusals ??= []).Add(new WriteRefusal(kind, path + field.Code, value));
                }
            }
        }
    }

    private RefusalKind? Refusal(Ledger ledger, RecordValues record, Field field, object value)
    {
        if (field.To is { } to)
        {
            return _versions.GetValueOrDefault(new RecordKey(to, (long)value)) == 0 ? RefusalKind.UnknownRecord : null;
        }

        if (field.Type.Code != "unit" || (ledger.Code == Ledger.UnitCode && (string)value == (string?)record[ledger.Unit]))
        {
            return null;
        }

        return !_units!.Kinds.TryGetValue((string)value, out var kind) ? RefusalKind.UnknownUnit
            : field.UnitKinds.Count > 0 && !field.UnitKinds.Contains(kind) ? RefusalKind.WrongUnitKind
            : null;
    }

    private static IEnumerable<RecordKey> Needed(RecordWrite write) => write switch
    {
        AmendRecord amend => ReferencesOf(write).Append(new RecordKey(amend.Ledger.Code, amend.Id)),
        VoidRecord gone => [new RecordKey(gone.Ledger.Code, gone.Id)],
        _ => ReferencesOf(write),
    };

    private static IEnumerable<RecordKey> ReferencesOf(RecordWrite write) => write switch
    {
        CreateRecord create => References.Of(create.Ledger, create.Values),
        AmendRecord amend => References.Of(amend.Ledger, amend.Values),
        _ => [],
    };

    private async Task AskVersionsAsync(Session session, string ledger, long[] ids)
    {
        foreach (var id in ids)
        {
            _versions[new RecordKey(ledger, id)] = 0;
        }

        // Rounded up to a power of two, so that few different statements are prepared.
        var asked = ids.Concat(Enumerable.Repeat(ids[^1], (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)ids.Length) - ids.Length));
        var sql = new SqlText(session.Dialect).Raw("SELECT id, _seq FROM ").Name(Identifier.Of(ledger)).Raw(" WHERE town = ").Value(town).Raw(" AND id IN (");
        sql.List(asked, id => sql.Value(id)).Raw(")");
        await session.ReadAsync(sql.ToStatement(), r => _versions[new RecordKey(ledger, r.GetInt64(0))] = r.GetInt64(1));
    }
}

/// <summary>A record within a town.</summary>
public sealed record RecordKey(string Ledger, long Id)
{
    public override string ToString() => $"{Ledger}/{Id}";
}
