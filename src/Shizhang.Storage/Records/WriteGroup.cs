using System.Buffers;
using System.Data.Common;
using System.Text;
using Shizhang.Core;
using Shizhang.Core.Records;
using Shizhang.Storage.Dialects;
using Shizhang.Storage.Journal;

namespace Shizhang.Storage.Records;

/// <summary>
/// Writes a group of waiting changes of one town in one transaction. The journal's head is read and locked first, so nobody
/// else can change this town's records until the commit: versions, units and references are checked before anything is
/// written. Nearly every group is written as one; where a statement of it fails it is written once more, with each caller's changes
/// behind a savepoint.
/// </summary>
internal sealed class WriteGroup(Store store, string town)
{
    private static readonly Statement Savepoint = new("SAVEPOINT pending", []);
    private static readonly Statement Release = new("RELEASE SAVEPOINT pending", []);
    private static readonly Statement RollbackTo = new("ROLLBACK TO SAVEPOINT pending", []);
    private static readonly Statement Rollback = new("ROLLBACK", []);
    private static readonly Statement Commit = new("COMMIT", []);

    private const int MostAtOnce = 1024;

    private readonly TownMemory _memory = new(store, town);
    private readonly ArrayBufferWriter<byte> _buffer = new(4096);
    private LastWritten _writing = new(0, 0, 0);

    /// <summary>A set whose statements are not made all at once, so that memory does not grow with it; it is a group of its own.</summary>
    public static bool IsLarge(Pending pending) => pending.Changes.Count > MostAtOnce;

    /// <summary>What was remembered about the town may be wrong: a transaction failed.</summary>
    public void Forget() => _memory.Forget();

    public async Task WriteAsync(Session session, IReadOnlyList<Pending> group)
    {
        var head = await _memory.BeginAsync(session);
        await _memory.LookUpAsync(session, group);
        if (group is [var only] && IsLarge(only))
        {
            await WriteLargeAsync(session, only, head);
            return;
        }

        var whole = Plan(group, 0, head, isGuarded: false);
        try
        {
            await store.Database.Dialect.RunAsync(session, whole.Statements, CancellationToken.None);
            Remember(whole.Head);
        }
        catch (BatchException)
        {
            await session.ExecuteAsync(Rollback);
            _memory.Forget();
            await WriteGuardedAsync(session, group);
        }
    }

    // Whose statement fails is refused; the others are written.
    private async Task WriteGuardedAsync(Session session, IReadOnlyList<Pending> group)
    {
        var head = await _memory.BeginAsync(session);
        await _memory.LookUpAsync(session, group);
        for (var next = 0; next < group.Count;)
        {
            var plan = Plan(group, next, head, isGuarded: true);
            try
            {
                await store.Database.Dialect.RunAsync(session, plan.Statements, CancellationToken.None);
                next = group.Count;
            }
            catch (BatchException e)
            {
                var failed = plan.OwnerOf(e.Position);
                Refuse(group[failed], e.Database);
                await session.ExecuteAsync(RollbackTo);
                await session.ExecuteAsync(Release);
                head = plan.HeadBefore(failed);
                _memory.Forget();
                await _memory.ReloadAsync(session, group, failed + 1);
                next = failed + 1;
                if (next == group.Count)
                {
                    await store.Database.Dialect.RunAsync(session, [SetHead(head), Commit], CancellationToken.None);
                    Remember(head);
                }

                continue;
            }

            Remember(plan.Head);
        }
    }

    // The set is still one savepoint in one transaction; only its statements are made and sent some at a time.
    private async Task WriteLargeAsync(Session session, Pending pending, Head before)
    {
        var dialect = store.Database.Dialect;
        var outcomes = _memory.Check(pending.Changes, before.Seq);
        if (outcomes.Exists(o => o is not Written))
        {
            pending.Outcomes = [.. outcomes.Select(o => o is Written ? new Withheld() : o)];
            await dialect.RunAsync(session, [Commit], CancellationToken.None);
            return;
        }

        await dialect.RunAsync(session, [Savepoint], CancellationToken.None);
        var head = before;
        for (var first = 0; first < pending.Changes.Count; first += MostAtOnce)
        {
            var (statements, starts) = (new List<Statement>(), new List<int>());
            foreach (var change in pending.Changes.Skip(first).Take(MostAtOnce))
            {
                starts.Add(statements.Count);
                head = Append(statements, head, pending.Actor, change);
            }

            try
            {
                await dialect.RunAsync(session, statements, CancellationToken.None);
            }
            catch (BatchException e)
            {
                Refuse(pending, e.Database, first + starts.FindLastIndex(s => s <= e.Position));
                await dialect.RunAsync(session, [RollbackTo, Release, Commit], CancellationToken.None);
                _memory.Forget();
                return;
            }

            pending.Progress?.Invoke(Math.Min(first + MostAtOnce, pending.Changes.Count));
        }

        await dialect.RunAsync(session, [Release, SetHead(head), Commit], CancellationToken.None);
        _memory.Apply(pending.Changes, outcomes);
        Remember(head);
        pending.Outcomes = outcomes;
    }

    // Committed: from here on readers may know.
    private void Remember(Head head)
    {
        _memory.Remember(head);
        if (_writing.Head > 0)
        {
            // A plan that failed has numbered what was never written.
            _writing = new LastWritten(head.Seq, Math.Min(_writing.Recorded, head.Seq), Math.Min(_writing.Changed, head.Seq));
            store.Wrote(town, _writing);
        }
    }

    private GroupPlan Plan(IReadOnlyList<Pending> group, int first, Head head, bool isGuarded)
    {
        var plan = new GroupPlan(head, first);
        for (var i = first; i < group.Count; i++)
        {
            plan.Begin();
            var outcomes = _memory.Check(group[i].Changes, plan.Head.Seq);
            if (outcomes.Any(o => o is not Written))
            {
                group[i].Outcomes = [.. outcomes.Select(o => o is Written ? new Withheld() : o)];
                continue;
            }

            plan.Statements.AddRange(isGuarded ? [Savepoint] : []);
            foreach (var change in group[i].Changes)
            {
                plan.Head = Append(plan.Statements, plan.Head, group[i].Actor, change);
            }

            plan.Statements.AddRange(isGuarded ? [Release] : []);
            _memory.Apply(group[i].Changes, outcomes);
            group[i].Outcomes = outcomes;
        }

        plan.Statements.Add(SetHead(plan.Head));
        plan.Statements.Add(Commit);
        return plan;
    }

    private Head Append(List<Statement> to, Head head, Actor actor, Change change)
    {
        if (change is PlainChange plain)
        {
            to.AddRange(plain.Statements);
            return head;
        }

        var seq = head.Seq + 1;
        var at = Math.Max(head.At, store.Clock.GetUtcNow().Subtract(DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);
        var (act, ledger, record, digest, reason) = (change, seq) switch
        {
            (SystemChange system, _) => (system.Act, system.About?.Ledger ?? system.Ledger, system.About?.Id, system.Digest, (string?)null),
            (RecordChange { Write: CreateRecord create }, var id) => (Acts.Create, create.Ledger.Code, id, Digest(create, id, create.State, create.Values, null), null),
            (RecordChange { Write: AmendRecord amend }, _) => (amend.Act, amend.Ledger.Code, amend.Id, Digest(amend, amend.Id, amend.State, amend.Values, amend.Reason), amend.Reason),
            (RecordChange { Write: VoidRecord gone }, _) => (Acts.Void, gone.Ledger.Code, gone.Id, Sm3.Hash(Encoding.UTF8.GetBytes(gone.Reason)), gone.Reason),
            _ => throw new InvalidOperationException($"No write for {change}."),
        };
        switch (change)
        {
            case SystemChange system:
                to.AddRange(system.Statements(seq));
                break;
            case RecordChange { Write: CreateRecord create }:
                store.SqlOf(create.Ledger).Create(to, town, seq, create.State, create.Values);
                break;
            case RecordChange { Write: AmendRecord amend }:
                store.SqlOf(amend.Ledger).Amend(to, town, amend.Id, seq, amend.State, amend.Values);
                break;
            case RecordChange { Write: VoidRecord gone }:
                store.SqlOf(gone.Ledger).Void(to, town, gone.Id, seq);
                break;
        }

        if (reason is not null)
        {
            to.Add(new Statement("INSERT INTO _reason (town, seq, reason) VALUES ($1, $2, $3)", [town, seq, reason]));
        }

        _writing = _writing.After(seq, act, ledger);
        var hash = JournalLine.Chain(head.Hash, town, seq, at, actor.Name, act, actor.Address, ledger, record, digest);
        to.Add(new Statement(
            "INSERT INTO _journal (town, seq, at, actor, act, address, ledger, record, digest, hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            [town, seq, at, actor.Name, act, actor.Address, ledger, store.Database.Dialect.ToDatabase(record, StorageKind.Integer, 0), digest, hash]));
        return new Head(seq, at, hash);
    }

    private byte[] Digest(RecordWrite write, long id, string? state, RecordValues values, string? reason)
    {
        _buffer.ResetWrittenCount();
        return VersionDigest.Of(_buffer, write.Ledger, id, state, values, reason);
    }

    private Statement SetHead(Head head) =>
        new("UPDATE _town SET head = $2, head_at = $3, head_hash = $4 WHERE town = $1", [town, head.Seq, head.At, head.Hash]);

    private void Refuse(Pending pending, DbException error, int? which = null)
    {
        if (store.Database.Dialect.UniqueViolation(error) is not { } unique)
        {
            pending.Error = error;
            return;
        }

        // Which of several writes it was is told for large sets only; with one write, the usual case, it is that one.
        pending.Outcomes = [.. pending.Changes.Select((c, i) => (which ?? i) == i && c is RecordChange { Write: var write } && write.Ledger.Code == unique.Ledger
            ? (WriteOutcome)new Refused([new WriteRefusal(RefusalKind.NotUnique, unique.Field, ValueOf(write, unique.Field))])
            : new Withheld())];
    }

    private static object? ValueOf(RecordWrite write, string field) => write switch
    {
        CreateRecord create => create.Values[field],
        AmendRecord amend => amend.Values[field],
        _ => null,
    };
}

/// <summary>The last line of a town's journal: its number, time in microseconds since 1970 and hash.</summary>
internal readonly record struct Head(long Seq, long At, byte[] Hash);

/// <summary>The statements of a group and which caller's they are.</summary>
internal sealed class GroupPlan(Head head, int first)
{
    private readonly List<(int Statement, Head Head)> _begins = [];

    public List<Statement> Statements { get; } = [];

    public Head Head { get; set; } = head;

    public void Begin() => _begins.Add((Statements.Count, Head));

    /// <summary>Index in the group of the caller whose statement failed.</summary>
    public int OwnerOf(int statement) => first + _begins.FindLastIndex(b => b.Statement <= statement);

    public Head HeadBefore(int pending) => _begins[pending - first].Head;
}
