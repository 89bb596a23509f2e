using Shizhang.Core.Catalogs;
using Shizhang.Core.Filters;
using Shizhang.Core.Records;
using Shizhang.Core.Texts;

namespace Shizhang.Core.Workflows;

/// <summary>Who wants to take a step: the account, the person it belongs to, and those of its roles that reach the record's unit.</summary>
public sealed record Taker(string Account, long? Person, IReadOnlyCollection<string> Roles);

/// <summary>Something that was done to a record: its creation (<see cref="Step"/> null) or a step, by whom, when, the state it came to and the version that made.</summary>
public sealed record Taken(string? Step, string Account, DateOnly Day, string? State, long Version = 0);

/// <summary>A step as asked for: the record with the values it would have, its past, and what comes with it.</summary>
public sealed record StepRequest(Ledger Ledger, Step Step, string? State, RecordValues Values, IReadOnlyList<Taken> Past, Taker Taker, DateOnly Today)
{
    /// <summary>The record as it stood: who is named in it may not be changed by the step that asks who it was.</summary>
    public RecordValues Before { get; init; } = Values;

    /// <summary>Evidence files given since the record came to its state, those that come with the step included.</summary>
    public int Evidence { get; init; }

    public string? Reason { get; init; }

    /// <summary>The message of a rule that the record keeps and that does not hold now; null when all is well.</summary>
    public string? BrokenRule { get; init; }
}

/// <summary>A condition that is missing, as a sentence; <see cref="Path"/> is its field when it is about one.</summary>
public sealed record MissingCondition(MissingKind Kind, string? Path, string Sentence);

public enum MissingKind
{
    /// <summary>The step does not leave the record's state.</summary>
    State,

    /// <summary>Another role or unit takes this step.</summary>
    Role,

    /// <summary>Whoever did something else here may not do this as well.</summary>
    Duties,

    Field,
    Evidence,
    Reason,
    TooEarly,
    TooLate,
    Again,
    Rule,
}

/// <summary>Decides whether a step may be taken. Pure; says everything that is missing at once.</summary>
public static class WorkflowEngine
{
    public static IReadOnlyList<MissingCondition> Missing(StepRequest request, Catalog catalog, WorkCalendar calendar)
    {
        var (step, missing) = (request.Step, new List<MissingCondition>());
        if (request.State is null || !step.From.Contains(request.State))
        {
            Add(MissingKind.State, null, "step_state", step.Shown, request.State is { } at ? request.Ledger.Workflow!.Shown(at) : "", Text.List(step.From.Select(request.Ledger.Workflow!.Shown)));
        }

        if (!step.By.Any(request.Taker.Roles.Contains))
        {
            Add(MissingKind.Role, null, "step_role", step.Shown, Text.List(step.By.Select(r => catalog.Roles[r].Shown)));
        }

        foreach (var word in step.NotBy.Where(w => IsTakers(request, w)))
        {
            Add(MissingKind.Duties, null, "step_duties", step.Shown, request.Ledger.Fields.Find(word)?.Shown ?? request.Ledger.Workflow!.Steps.GetValueOrDefault(word)?.Shown ?? word);
        }

        foreach (var field in step.Needs.Select(n => request.Ledger.Fields[n]).Where(f => IsEmpty(request.Values, f)))
        {
            Add(MissingKind.Field, field.Code, "step_needs", field.Shown);
        }

        var test = new FilterTest(request.Values, request.State, request.Today);
        foreach (var requirement in step.Requires.Where(r => !test.Holds(r.Where)))
        {
            missing.Add(new MissingCondition(MissingKind.Field, null, requirement.Said));
        }

        foreach (var votes in step.Majority?.By.Where(f => IsNoMajority(request.Values, f, step.Majority.Of)) ?? [])
        {
            Add(MissingKind.Field, votes.Code, "step_majority", votes.Shown, step.Majority!.Of.Shown);
        }

        if (request.Evidence < step.Evidence)
        {
            Add(MissingKind.Evidence, null, "step_evidence", step.Evidence, request.Evidence);
        }

        if (step.Reason && string.IsNullOrWhiteSpace(request.Reason))
        {
            Add(MissingKind.Reason, null, "step_reason");
        }

        if (step.Once && request.Past.Any(p => p.Step == step.Name))
        {
            Add(MissingKind.Again, null, "step_once", step.Shown);
        }

        var since = StateSince(request.Past);
        if (step.NotBefore is { } shortest && Clock.EarliestOf(shortest, request.Values, since, calendar) is { } earliest && request.Today < earliest)
        {
            Add(MissingKind.TooEarly, null, "step_early", shortest.Shown, earliest.ToString("yyyy-MM-dd"));
        }

        if (step.NotAfter is { } longest && Clock.DueOf(longest, request.Values, since, calendar) is { } last && request.Today > last.Day)
        {
            Add(MissingKind.TooLate, null, "step_late", longest.Shown, last.Day.ToString("yyyy-MM-dd"));
        }

        if (request.BrokenRule is { } broken && request.Ledger.Workflow!.IsEnd(step.To))
        {
            Add(MissingKind.Rule, request.Ledger.Workflow.Keeps?.Code, "step_rule", broken);
        }

        return missing;

        void Add(MissingKind kind, string? path, string key, params ReadOnlySpan<object?> arguments) => missing.Add(new MissingCondition(kind, path, Text.Core[key, arguments]));
    }

    /// <summary>
    /// The fields a step asks for, in the order of the ledger: those it needs and those its conditions speak of, but never who may
    /// not take it: that is settled before.
    /// </summary>
    public static IReadOnlyList<Field> Asked(Ledger ledger, Step step)
    {
        var asked = step.Requires.SelectMany(r => FilterFields.Of(r.Where).Concat(FilterFields.ChildrenOf(r.Where))).Select(f => f.Code)
            .Except(step.NotBy, StringComparer.Ordinal).Concat(step.Needs).ToHashSet(StringComparer.Ordinal);
        return [.. ledger.Fields.Where(f => asked.Contains(f.Code))];
    }

    /// <summary>The day the record came to the state it is in; amendments and steps that stay in it do not restart the clock.</summary>
    public static DateOnly? StateSince(IReadOnlyList<Taken> past) => Arrival(past)?.Day;

    /// <summary>What brought the record to the state it is in; null when nothing was done to it.</summary>
    public static Taken? Arrival(IReadOnlyList<Taken> past)
    {
        var first = past.Count - 1;
        while (first > 0 && past[first - 1].State == past[first].State)
        {
            first--;
        }

        return first < 0 ? null : past[first];
    }

    private static bool IsTakers(StepRequest request, string word)
    {
        const string creation = "create";
        if (request.Ledger.Fields.Find(word) is { } field)
        {
            return request.Taker.Person is { } person && (request.Before[field] ?? request.Values[field]) is long named && named == person;
        }

        var step = word == creation ? null : word;
        return request.Past.LastOrDefault(p => p.Step == step) is { } done && done.Account == request.Taker.Account;
    }

    // What is missing is said by the fields a step needs; a vote is only counted when both numbers are there.
    private static bool IsNoMajority(RecordValues values, Field votes, Field of) => values[votes] is long given && values[of] is long due && given * 2 <= due;

    private static bool IsEmpty(RecordValues values, Field field) => values[field] switch
    {
        null => true,
        string text => string.IsNullOrWhiteSpace(text),
        IReadOnlyCollection<object> many => many.Count == 0,
        _ => false,
    };
}
