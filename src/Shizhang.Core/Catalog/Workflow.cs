using Shizhang.Core.Filters;

namespace Shizhang.Core.Catalogs;

/// <summary>How a record moves: states and the steps between them.</summary>
public sealed class Workflow
{
    public required string Start { get; init; }
    public required IReadOnlyList<string> End { get; init; }
    public required IReadOnlyDictionary<string, Step> Steps { get; init; }

    /// <summary>All states named by start, end and steps, start first.</summary>
    public required IReadOnlyList<string> States { get; init; }

    /// <summary>English names of the states that have one.</summary>
    public IReadOnlyDictionary<string, string> StatesEn { get; init; } = new Dictionary<string, string>();

    /// <summary>The clock of the whole, beside those of the steps; null when there is none.</summary>
    public Deadline? Within { get; init; }

    /// <summary>The text field that may name a rule which must hold to come to an end, and is watched afterwards; null when there is none.</summary>
    public Field? Keeps { get; init; }

    /// <summary>The step that is taken by itself when a kept rule breaks after the end.</summary>
    public Step? Reopen { get; init; }

    /// <summary>A state as the reader's language shows it; what is stored stays as written.</summary>
    public string Shown(string state) => Texts.Text.Choose(state, StatesEn.GetValueOrDefault(state));

    public bool IsEnd(string? state) => state is not null && End.Contains(state);

    /// <summary>The steps that may leave a state.</summary>
    public IEnumerable<Step> From(string state) => Steps.Values.Where(s => s.From.Contains(state));
}

/// <summary>One move (办理) of a workflow: who may take it, by when, with what.</summary>
public sealed class Step
{
    public required string Name { get; init; }
    public string? En { get; init; }

    /// <summary>The name as the reader's language shows it.</summary>
    public string Shown => Texts.Text.Choose(Name, En);

    public required IReadOnlyList<string> From { get; init; }
    public required string To { get; init; }

    /// <summary>Codes of the roles that may take it.</summary>
    public required IReadOnlyList<string> By { get; init; }

    /// <summary>Separation of duties: `create`, names of steps or codes of fields whose person may not take this one.</summary>
    public IReadOnlyList<string> NotBy { get; init; } = [];

    /// <summary>A duty: the step should be taken before this has passed; taken later it counts as late.</summary>
    public Deadline? Within { get; init; }

    /// <summary>A shortest time, such as that of a public notice: the step may not be taken before it has passed.</summary>
    public Deadline? NotBefore { get; init; }

    /// <summary>A right that lapses: the step may not be taken after it has passed.</summary>
    public Deadline? NotAfter { get; init; }

    /// <summary>May be taken once in the life of a record, as an extension may.</summary>
    public bool Once { get; init; }

    /// <summary>Codes of fields that must be filled.</summary>
    public IReadOnlyList<string> Needs { get; init; } = [];

    /// <summary>What must hold of the record besides, each with the sentence that says so.</summary>
    public IReadOnlyList<Requirement> Requires { get; init; } = [];

    /// <summary>A vote that must be carried; null when the step needs none.</summary>
    public Majority? Majority { get; init; }

    /// <summary>Least number of evidence files.</summary>
    public int Evidence { get; init; }

    /// <summary>A reason in words must be given.</summary>
    public bool Reason { get; init; }

    public required SourceLine Source { get; init; }
}

/// <summary>A condition of a step, in the filter language.</summary>
public sealed record Requirement(Filter Where, string Message, string? MessageEn)
{
    /// <summary>What it says, in the reader's language.</summary>
    public string Said => Texts.Text.Choose(Message, MessageEn);
}

/// <summary>Each of <see cref="By"/> must be more than half of <see cref="Of"/>.</summary>
public sealed record Majority(Field Of, IReadOnlyList<Field> By);

/// <summary>A limit of time from an event, effective-dated, with its source.</summary>
public sealed record Deadline(string Code, string Name, string? En, string From, IReadOnlyList<DeadlineLimit> Limits, DeadlineExtension? Extension, DeadlineSuspension? Suspension, SourceLine Source)
{
    /// <summary>The name as the reader's language shows it.</summary>
    public string Shown => Texts.Text.Choose(Name, En);

    /// <summary>The event that is no field: the day the record came to the state it is in.</summary>
    public const string StepEvent = "step";

    /// <summary>The limit in force on the day of the event; null when none was yet.</summary>
    public DeadlineLimit? LimitOn(DateOnly day) => Limits.LastOrDefault(l => (l.ValidFrom is not { } from || from <= day) && (l.ValidUntil is not { } until || until > day));
}

/// <summary>What is added once when the date field <see cref="When"/> is filled: a step of its own fills it, with who approved and why.</summary>
public sealed record DeadlineExtension(DeadlineLimit By, string? When);

/// <summary>Days between two date fields that do not count, such as those of a hearing.</summary>
public sealed record DeadlineSuspension(string From, string Until);

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
