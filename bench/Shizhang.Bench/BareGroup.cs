using System.Threading.Channels;

namespace Shizhang.Bench;

/// <summary>Bare inserts that wait for one another and are committed together, as the store's are.</summary>
internal sealed class BareGroup : IAsyncDisposable
{
    private const int MostInGroup = 512;
    private readonly Channel<(long Number, TaskCompletionSource Done)> _queue = Channel.CreateUnbounded<(long, TaskCompletionSource)>();
    private readonly Task _writer;

    public BareGroup(BareInsert insert) => _writer = Task.Run(async () =>
    {
        var group = new List<(long Number, TaskCompletionSource Done)>();
        while (await _queue.Reader.WaitToReadAsync())
        {
            group.Clear();
            while (group.Count < MostInGroup && _queue.Reader.TryRead(out var one))
            {
                group.Add(one);
            }

            await insert.CommitAsync(group.Select(g => g.Number));
            group.ForEach(g => g.Done.SetResult());
        }
    });

    public Task WriteAsync(long number)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _queue.Writer.TryWrite((number, done));
        return done.Task;
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.Complete();
        await _writer;
    }
}
