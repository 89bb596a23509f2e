using Shizhang.App.Cli;
using Shizhang.App.Features.Workplaces;
using Shizhang.App.Texts;
using Shizhang.Storage.Journal;

namespace Shizhang.App.Features.Administration;

/// <summary>The one verification that runs at a time, and the result of the last.</summary>
internal sealed class VerificationRun(Workplace place, ILogger<VerificationRun> log)
{
    private readonly Lock _turn = new();
    private Task _run = Task.CompletedTask;
    private long _checked;

    public bool IsRunning => !_run.IsCompleted;

    public DateTimeOffset StartedAt { get; private set; }

    /// <summary>Lines and versions looked at so far.</summary>
    public long Checked => Interlocked.Read(ref _checked);

    public VerificationResult? Result { get; private set; }

    public string? Refusal { get; private set; }

    /// <summary>Starts, or joins the one that runs.</summary>
    public Task Start()
    {
        lock (_turn)
        {
            if (!IsRunning)
            {
                (StartedAt, Result, Refusal) = (place.Store.Clock.GetUtcNow(), null, null);
                Interlocked.Exchange(ref _checked, 0);
                _run = Task.Run(RunAsync);
            }

            return _run;
        }
    }

    private async Task RunAsync()
    {
        try
        {
            Result = await new Verification(place.Store, place.Evidence).RunAsync(place.Town, new Count(this));
        }
        catch (Exception e)
        {
            // Nobody waits for it: the page tells.
            log.LogError(e, "verify");
            Refusal = Failure.Sentence(e) ?? AppText.Of["problem_500"];
        }
    }

    // Progress<T> would post each report to the pool; the number alone is enough.
    private sealed class Count(VerificationRun run) : IProgress<long>
    {
        public void Report(long value) => Interlocked.Exchange(ref run._checked, value);
    }
}
