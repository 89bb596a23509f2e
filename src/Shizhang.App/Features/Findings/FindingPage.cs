using Shizhang.App.Features.Records;
using Shizhang.App.Site;
using Shizhang.Core.Workflows;

namespace Shizhang.App.Features.Findings;

/// <summary>What the pages of the room share: the ledger of problems, when the pack has one and the visitor reads it.</summary>
internal abstract class FindingPage : SitePage
{
    public override Room Room => Room.Findings;

    /// <summary>Null when there is nothing here for the visitor; the page says so.</summary>
    public FindingLedger? Finding => FindingLedger.Of(Place.Catalog) is { } found && Access.Reads(found.Ledger) ? found : null;

    public RecordView View { get; protected set; } = null!;

    /// <summary>The view of the room this page is.</summary>
    public abstract string Here { get; }

    public FindingReader Reader => new(Visit, Finding!);

    public ShownClock Show(RunningClock clock) => new(clock, Visit.Day, Finding!.Soon);
}

/// <summary>A clock on a day; <see cref="Soon"/> is how many days before its end it says so.</summary>
internal sealed record ShownClock(RunningClock Clock, DateOnly Day, int Soon)
{
    /// <summary>The step that should be taken, or the limit of the whole.</summary>
    public string Name => Clock.Step is { } step ? step.Shown : Clock.Deadline.Shown;

    public int Left => Clock.Due.Day.DayNumber - Day.DayNumber;

    /// <summary>The mark it stands with: late, due, or none yet.</summary>
    public string? Mark => Left < 0 ? "late" : Left <= Soon ? "due" : null;
}
