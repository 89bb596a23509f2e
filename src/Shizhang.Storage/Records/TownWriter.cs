using System.Threading.Channels;
using Shizhang.Storage.Dialects;

namespace Shizhang.Storage.Records;

/// <summary>
/// The one write path of a town: a queue whose waiting writes are committed together. Nobody is told "written" before the
/// transaction that holds the write is durable.
/// </summary>
internal sealed class TownWriter : IAsyncDisposable
{
    // A group this large already shares its commit well; more would only make the first in it wait.
    private const int MostInGroup = 512;

    private readonly Channel<Pending> _queue = Channel.CreateBounded<Pending>(new BoundedChannelOptions(4096) { SingleReader = true });
    private readonly Database _database;
    private readonly WriteGroup _group;
    private readonly Task _loop;
    private Session? _session;

    public TownWriter(Database database, WriteGroup group)
    {
        _database = database;
        _group = group;
        _loop = Task.Run(LoopAsync);
    }

    /// <summary>Queues changes that are written all or not at all; completes when they are durable or refused.</summary>
    public async Task<IReadOnlyList<WriteOutcome>> WriteAsync(Pending pending)
    {
        await _queue.Writer.WriteAsync(pending);
        return await pending.Done.Task;
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.Complete();
        await _loop;
        if (_session is not null)
        {
            await _session.DisposeAsync();
        }
    }

    private async Task LoopAsync()
    {
        var group = new List<Pending>();
        while (await _queue.Reader.WaitToReadAsync())
        {
            group.Clear();
            for (var changes = 0; changes < MostInGroup && _queue.Reader.TryPeek(out var pending) && (changes == 0 || !WriteGroup.IsLarge(pending)); changes += pending.Changes.Count)
            {
                group.Add(pending);
                _queue.Reader.TryRead(out _);
            }

            await CommitAsync(group);
        }
    }

    private async Task CommitAsync(List<Pending> group)
    {
        if (_database.WriteTurn is { } turn)
        {
            await turn.WaitAsync();
        }

        try
        {
            _session ??= await _database.OpenAsync(write: true);
            await _group.WriteAsync(_session, group);
            foreach (var pending in group)
            {
                pending.Finish();
            }
        }
        catch (Exception e)
        {
            // Nothing of the group is durable. Each writer is told; the connection may be broken, so the next group gets a new one.
            _group.Forget();
            foreach (var pending in group)
            {
                pending.Fail(e);
            }

            await DropSessionAsync();
        }
        finally
        {
            _database.WriteTurn?.Release();
        }
    }

    private async Task DropSessionAsync()
    {
        if (_session is { } broken)
        {
            _session = null;
            try
            {
                await broken.DisposeAsync();
            }
            catch (Exception e) when (e is System.Data.Common.DbException or InvalidOperationException)
            {
                // It is being thrown away.
            }
        }
    }
}

/// <summary>Changes of one caller, waiting to be written together or not at all.</summary>
internal sealed class Pending(Actor actor, IReadOnlyList<Change> changes)
{
    public Actor Actor { get; } = actor;

    public IReadOnlyList<Change> Changes { get; } = changes;

    public IReadOnlyList<WriteOutcome> Outcomes { get; set; } = [];

    /// <summary>Told how many changes have been carried out, for a set that takes long.</summary>
    public Action<int>? Progress { get; init; }

    /// <summary>A bug or a broken machine that hit this caller's changes alone.</summary>
    public Exception? Error { get; set; }

    public TaskCompletionSource<IReadOnlyList<WriteOutcome>> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Finish()
    {
        if (Error is not null)
        {
            Done.SetException(Error);
        }
        else
        {
            Done.SetResult(Outcomes);
        }
    }

    public void Fail(Exception error) => Done.TrySetException(error);
}

/// <summary>One journalled change: to a record, or to the system's own tables.</summary>
internal abstract record Change;

internal sealed record RecordChange(RecordWrite Write) : Change;

/// <summary>A change outside the ledgers: the statements it needs, once its journal number is known.</summary>
internal sealed record SystemChange(string Act, byte[] Digest, Func<long, IEnumerable<Statement>> Statements) : Change
{
    /// <summary>The record it is about, when it is about one without changing it.</summary>
    public RecordKey? About { get; init; }

    /// <summary>The ledger it is about, when it is about no single record.</summary>
    public string? Ledger { get; init; }
}

/// <summary>Statements that are no part of the record of the town: drafts, views, when a session was seen. No journal line.</summary>
internal sealed record PlainChange(IReadOnlyList<Statement> Statements) : Change;
