using System.Data.Common;
using Shizhang.App.Features.Workplaces;
using Shizhang.App.Texts;
using Shizhang.Storage;
using Shizhang.Storage.Journal;
using Shizhang.Storage.Records;

namespace Shizhang.App.Features.Steps;

/// <summary>
/// Watches kept rules while the site serves: when it starts, once a day, and when somebody looks at findings or alerts after
/// something was written.
/// </summary>
internal sealed class RuleWatch(Workplace place, TimeProvider clock, ILogger<RuleWatch> log) : BackgroundService
{
    private readonly SemaphoreSlim _one = new(1);
    private (long Head, DateOnly Day) _seen;

    /// <summary>The records that were opened again by this look; none when nothing was written since the last.</summary>
    public async Task<IReadOnlyList<RecordKey>> LookAsync()
    {
        await _one.WaitAsync();
        try
        {
            var journal = new JournalReader(place.Store.Database);
            var (head, day) = (await journal.HeadAsync(place.Town), LocalTime.Today(clock));
            if (_seen == (head, day))
            {
                return [];
            }

            var reopened = await KeptRules.WatchAsync(place);

            // What was opened again has been written: whoever wrote besides is looked at next time.
            _seen = (head + reopened.Count, day);
            return reopened;
        }
        finally
        {
            _one.Release();
        }
    }

    public override void Dispose()
    {
        _one.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                foreach (var reopened in await LookAsync())
                {
                    log.LogWarning("{Reopened}", AppText.Of["reopened", reopened]);
                }
            }
            catch (Exception broken) when (broken is StorageException or DbException)
            {
                log.LogError(broken, "{Failed}", AppText.Of["watch_failed"]);
            }

            // Told to stop while it waits, it stops.
            await Task.Delay(LocalTime.EndOf(LocalTime.Today(clock)) - clock.GetUtcNow() + TimeSpan.FromMinutes(1), clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
