using System.Security.Cryptography;
using System.Text;
using Shizhang.App.Features.Workplaces;
using Shizhang.App.Texts;
using Shizhang.Core.Catalogs.Loading;
using Shizhang.Core.Records;

namespace Shizhang.App.Features.Setup;

/// <summary>Guards the first opening: whoever sees the machine's screen has the code, nobody else. Done once, it is done.</summary>
internal sealed class SetupDesk(WorkplaceAddress address, PackFiles files, TimeProvider clock) : IDisposable
{
    private const int MostTries = 10;
    private const int CodeLength = 8;

    private readonly SemaphoreSlim _turn = new(1);
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _tries;

    public string Code { get; private set; } = NewCode();

    /// <summary>Completes when the data is made.</summary>
    public Task Done => _done.Task;

    public async Task<IReadOnlyList<FieldRefusal>> RunAsync(string? code, FirstRun first)
    {
        await _turn.WaitAsync();
        try
        {
            if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(code?.Trim().ToUpperInvariant() ?? ""), Encoding.UTF8.GetBytes(Code)))
            {
                if (++_tries % MostTries == 0)
                {
                    Code = NewCode();
                    await Console.Error.WriteLineAsync(AppText.Of["setup_code_new", Code]);
                }

                return [new FieldRefusal("code", AppText.Of["setup_code_wrong"])];
            }

            var refusals = await SetupWork.RunAsync(address, files, first, clock);
            if (refusals.Count == 0)
            {
                _done.TrySetResult();
            }

            return refusals;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private static string NewCode() => RandomNumberGenerator.GetString("ABCDEFGHJKLMNPQRSTUVWXYZ23456789", CodeLength);
}
