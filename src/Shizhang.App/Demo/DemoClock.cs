namespace Shizhang.App.Demo;

/// <summary>The demo's records are entered on the days they happened, so that the past can be asked for.</summary>
internal sealed class DemoClock : TimeProvider
{
    public DateTimeOffset Now { get; set; }

    public override DateTimeOffset GetUtcNow() => Now;
}
