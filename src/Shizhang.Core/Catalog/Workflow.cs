namespace Shizhang.Core.Catalogs;

/// <summary>How a record moves: states and the steps between them.</summary>
public sealed class Workflow
{
    public required string Start { get; init; }
    public required IReadOnlyList<string> End { get; init; }
    public required IReadOnlyDictionary<string, Step> Steps { get; init; }

    /// <summary>All states named by start, end and steps, start first.</summary>
    public required IReadOnlyList<string> States { get; init; }
}

/// <summary>One move (办理) of a workflow: who may take it, by when, with what.</summary>
public sealed class Step
{
    public required string Name { get; init; }
    public string? En { get; init; }
    public required IReadOnlyList<string> From { get; init; }
    public required string To { get; init; }

    /// <summary>Codes of the roles that may take it.</summary>
    public required IReadOnlyList<string> By { get; init; }

    /// <summary>Separation of duties: `create`, names of steps or codes of fields whose person may not take this one.</summary>
    public IReadOnlyList<string> NotBy { get; init; } = [];

    public Deadline? Within { get; init; }

    /// <summary>Codes of fields that must be filled.</summary>
    public IReadOnlyList<string> Needs { get; init; } = [];

    /// <summary>Least number of evidence files.</summary>
    public int Evidence { get; init; }

    /// <summary>A reason in words must be given.</summary>
    public bool Reason { get; init; }

    public required SourceLine Source { get; init; }
}

/// <summary>A limit of time from an event, effective-dated, with its source.</summary>
public sealed record Deadline(string Code, string Name, string? En, string From, IReadOnlyList<DeadlineLimit> Limits, DeadlineLimit? Extension, SourceLine Source);

/// <summary>`Value` `Unit`s, valid in [ValidFrom, ValidUntil); `Mark` is how sure the source is: V, V2, S, M, D.</summary>
public sealed record DeadlineLimit(int Value, TimeUnit Unit, DateOnly? ValidFrom, DateOnly? ValidUntil, string Basis, string Mark);

public enum TimeUnit
{
    Day,
    Workday,
    Month,
    Year,
}

/// <summary>Holidays and make-up workdays of one year, with the notice they come from.</summary>
public sealed record CalendarYear(int Year, string Basis, IReadOnlySet<DateOnly> Holidays, IReadOnlySet<DateOnly> Workdays);
