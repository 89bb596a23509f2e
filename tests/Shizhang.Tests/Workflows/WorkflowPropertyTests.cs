using CsCheck;
using Shizhang.Core.Catalogs;
using Shizhang.Core.Catalogs.Loading;
using Shizhang.Core.Filters;
using Shizhang.Core.Records;
using Shizhang.Core.Workflows;
using Shizhang.IntegrationTests.Storage;

namespace Shizhang.Tests.Workflows;

/// <summary>Random legal and illegal steps through every workflow of the township pack, whatever it holds; and clocks that never run backwards.</summary>
public class WorkflowPropertyTests
{
    private const int Sequences = 10_000;
    private const int MostSteps = 30;
    private const int MostTries = 8;
    private static readonly Shizhang.Core.Catalogs.Catalog Pack = Load();
    private static readonly List<Ledger> Ledgers = [.. Pack.Ledgers.Values.Where(l => l.Workflow is not null)];
    private static readonly WorkCalendar Calendar = new(Pack.Calendar);
    private static readonly DateOnly First = new(2016, 1, 1);

    [Fact]
    public void No_sequence_of_steps_reaches_an_illegal_state_and_all_that_is_missing_is_said_at_once()
    {
        var taken = new HashSet<Step>();
        var kinds = new HashSet<MissingKind>();
        Gen.Select(Gen.Int[0, int.MaxValue], Gen.Int[0, int.MaxValue].Array[1, MostSteps]).Sample((ledger, moves) => Walk(Ledgers[ledger % Ledgers.Count], moves, taken, kinds), iter: Sequences, threads: 1);

        // Every workflow was walked, and every kind of refusal but the one only a database can give was met.
        Assert.All(Ledgers, l => Assert.Contains(l.Workflow!.Steps.Values, taken.Contains));
        Assert.Superset(new HashSet<MissingKind> { MissingKind.State, MissingKind.Role, MissingKind.Field }, kinds);
        var declared = Ledgers.SelectMany(l => l.Workflow!.Steps.Values).ToList();
        Assert.True(taken.Count > declared.Count * 2 / 3, $"only {taken.Count} of {declared.Count} steps were ever taken");
        Expect(MissingKind.Evidence, declared.Exists(s => s.Evidence > 0));
        Expect(MissingKind.Reason, declared.Exists(s => s.Reason));
        Expect(MissingKind.Again, declared.Exists(s => s.Once));
        Expect(MissingKind.Duties, declared.Exists(s => s.NotBy.Count > 0));

        void Expect(MissingKind kind, bool isDeclared) => Assert.Equal((kind, isDeclared), (kind, kinds.Contains(kind)));
    }

    [Fact]
    public void A_later_event_is_never_due_earlier_and_more_time_never_ends_sooner()
    {
        var deadlines = Pack.Deadlines.Values.ToList();
        Gen.Select(Gen.Int[0, deadlines.Count - 1], Gen.Int[0, 5000], Gen.Int[0, 400]).Sample((which, start, later) =>
        {
            var deadline = deadlines[which];
            var (early, late) = (First.AddDays(start), First.AddDays(start + later));
            foreach (var limit in deadline.Limits)
            {
                var due = Clock.Due(early, limit, null, Calendar);
                Assert.True(due.Day >= early, $"{deadline.Code} due before it began");
                Assert.True(Clock.Due(late, limit, null, Calendar).Day >= due.Day, $"{deadline.Code} from {late} is due before that from {early}");
                var shortest = deadline with { From = Deadline.StepEvent, Limits = [limit with { ValidFrom = null, ValidUntil = null }], Extension = null };
                var none = new RecordValues(Ledgers[0].Fields);
                Assert.True(Clock.EarliestOf(shortest, none, late, Calendar) >= Clock.EarliestOf(shortest, none, early, Calendar), $"{deadline.Code} as a shortest time from {late}");
                if (deadline.Extension is { } extension)
                {
                    var extended = Clock.Due(early, limit, extension.By, Calendar);
                    Assert.True(extended.Day >= due.Day, $"{deadline.Code} was shortened by its extension");
                    Assert.True(Clock.Due(late, limit, extension.By, Calendar).Day >= extended.Day, $"{deadline.Code} extended from {late}");
                }
            }
        }, iter: Sequences, threads: 1);
    }

    [Fact]
    public void A_suspension_never_shortens_a_clock_and_a_longer_one_ends_no_sooner()
    {
        var clocks = Ledgers.SelectMany(l => l.Workflow!.Steps.Values.SelectMany(s => new[] { s.Within, s.NotAfter }).Append(l.Workflow.Within).OfType<Deadline>()
            .Where(d => d.Suspension is not null && (d.From == Deadline.StepEvent || l.Fields.Find(d.From) is not null)).Distinct().Select(d => (Ledger: l, Deadline: d))).ToList();

        // The pack may have none; then a deadline of its own is suspended between two of a ledger's dates.
        if (clocks.Count == 0)
        {
            var ledger = Ledgers.First(l => l.Fields.Columns.Count(f => f.Type.Code == "date") >= 3);
            var dates = ledger.Fields.Columns.Where(f => f.Type.Code == "date").Select(f => f.Code).ToList();
            var limit = new DeadlineLimit(20, TimeUnit.Workday, null, null, "", "M");
            clocks.Add((ledger, new Deadline("tried", "", null, dates[0], [limit], null, new DeadlineSuspension(dates[1], dates[2]), default)));
        }

        Gen.Select(Gen.Int[0, clocks.Count - 1], Gen.Int[0, 3000], Gen.Int[-30, 200], Gen.Int[0, 90], Gen.Int[0, 90]).Sample((which, start, after, length, longer) =>
        {
            var (ledger, deadline) = clocks[which];
            var (begun, from) = (First.AddDays(start), First.AddDays(start + after));
            DueDay? Due(DateOnly? suspended, DateOnly? resumed)
            {
                var values = new RecordValues(ledger.Fields);
                if (deadline.From != Deadline.StepEvent)
                {
                    values[deadline.From] = begun;
                }

                // The event may itself be the day a suspension is told by.
                (values[deadline.Suspension!.From], values[deadline.Suspension.Until]) = (suspended, resumed);
                return Clock.DueOf(deadline, values, begun, Calendar);
            }

            if (Due(null, null) is { } free)
            {
                var due = Due(from, from.AddDays(length))!.Value;
                Assert.True(due.Day >= free.Day, $"{deadline.Code} was shortened by a suspension from {from}");
                Assert.True(Due(from, from.AddDays(length + longer))!.Value.Day >= due.Day, $"{deadline.Code} ends sooner for a longer suspension from {from}");
                Assert.True(Due(from, null) is not { } open || open.Day == free.Day, $"{deadline.Code} runs while it is suspended");
            }
        }, iter: Sequences, threads: 1);
    }

    private static void Walk(Ledger ledger, int[] moves, HashSet<Step> taken, HashSet<MissingKind> kinds)
    {
        var workflow = ledger.Workflow!;
        var (state, day) = (workflow.Start, First.AddDays(moves[0] % 3000));
        var values = Read(ledger, new AnyRecord(new Random(moves[0]), AnyUnit, _ => 1).Inputs(ledger, day, 0.3), new RecordValues(ledger.Fields));
        List<Taken> past = [new(null, "a0", day, state)];
        foreach (var move in moves)
        {
            var random = new Random(move);
            var step = random.Next(5) == 0 ? workflow.Steps.Values.ElementAt(random.Next(workflow.Steps.Count)) : workflow.From(state).ElementAtOrDefault(random.Next(workflow.From(state).Count())) ?? workflow.Steps.Values.First();
            day = day.AddDays(random.Next(random.Next(4) == 0 ? 500 : 60));
            var asked = values.Copy();
            var any = new AnyRecord(random, AnyUnit, _ => random.Next(1, 4));
            var isWilling = random.Next(3) > 0;
            var before = asked;
            for (var tries = 0; tries < (isWilling ? MostTries : 1) && (tries == 0 || !step.Requires.All(r => new FilterTest(asked, state, day).Holds(r.Where))); tries++)
            {
                asked = before;
                foreach (var field in ledger.Fields.Where(f => isWilling ? step.Needs.Contains(f.Code) || random.Next(2) == 0 : random.Next(8) == 0))
                {
                    asked = Read(ledger, new() { [field.Code] = any.Value(field, day) }, asked);
                }
            }

            var taker = new Taker(
                $"a{random.Next(4)}", random.Next(1, 4), isWilling || random.Next(4) > 0 ? [isWilling ? step.By[random.Next(step.By.Count)] : Pack.Roles.Keys.ElementAt(random.Next(Pack.Roles.Count))] : []);
            var request = new StepRequest(ledger, step, state, asked, past, taker, day) { Evidence = isWilling ? step.Evidence : random.Next(2), Reason = isWilling ? "有理由" : random.Next(2) == 0 ? null : " ", BrokenRule = random.Next(8) == 0 ? "不成立" : null };
            var missing = WorkflowEngine.Missing(request, Pack, Calendar);
            kinds.UnionWith(missing.Select(m => m.Kind));
            Assert.All(missing, m => Assert.False(string.IsNullOrWhiteSpace(m.Sentence)));
            Assert.Equal(Expected(request).Order(StringComparer.Ordinal), missing.Where(m => m.Kind is not (MissingKind.TooEarly or MissingKind.TooLate) && (m.Kind != MissingKind.Field || (m.Path is not null && step.Needs.Contains(m.Path) && asked[m.Path] is null))).Select(m => $"{m.Kind} {m.Path}").Order(StringComparer.Ordinal));
            if (missing.Count > 0)
            {
                continue;
            }

            Assert.Contains(state, step.From);
            Assert.Contains(step.To, workflow.States);
            Assert.True(!workflow.IsEnd(state) || step == workflow.Reopen || step.From.Contains(state), $"{ledger.Code} left its end by {step.Name}");
            (state, values) = (step.To, asked);
            past = [.. past, new(step.Name, taker.Account, day, state)];
            taken.Add(step);
        }
    }

    /// <summary>What a reader of the pack would say is missing, written again from the words of the pack.</summary>
    private static IEnumerable<string> Expected(StepRequest request)
    {
        var step = request.Step;
        if (!step.From.Contains(request.State!))
        {
            yield return $"{MissingKind.State} ";
        }

        if (!request.Taker.Roles.Any(step.By.Contains))
        {
            yield return $"{MissingKind.Role} ";
        }

        foreach (var need in step.Needs.Where(n => request.Values[n] is null))
        {
            yield return $"{MissingKind.Field} {need}";
        }

        foreach (var word in step.NotBy)
        {
            var isSame = request.Ledger.Fields.Find(word) is { } field
                ? request.Values[field] is long person && person == request.Taker.Person
                : request.Past.Where(p => p.Step == (word == "create" ? null : word)).Select(p => p.Account).LastOrDefault() == request.Taker.Account;
            if (isSame)
            {
                yield return $"{MissingKind.Duties} ";
            }
        }

        if (request.Evidence < step.Evidence)
        {
            yield return $"{MissingKind.Evidence} ";
        }

        if (step.Reason && string.IsNullOrWhiteSpace(request.Reason))
        {
            yield return $"{MissingKind.Reason} ";
        }

        if (request.BrokenRule is not null && request.Ledger.Workflow!.End.Contains(step.To))
        {
            yield return $"{MissingKind.Rule} {request.Ledger.Workflow.Keeps?.Code}";
        }

        if (step.Once && request.Past.Any(p => p.Step == step.Name))
        {
            yield return $"{MissingKind.Again} ";
        }
    }

    private static RecordValues Read(Ledger ledger, Dictionary<string, object?> inputs, RecordValues before)
    {
        // Some changes do not go together, such as a date before another: then nothing changes.
        return RecordReader.Change(ledger, before, inputs).Values ?? before;
    }

    private static string AnyUnit(Field field) => "v1";

    private static Shizhang.Core.Catalogs.Catalog Load()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Shizhang.slnx")))
        {
            folder = folder.Parent!;
        }

        var (files, _) = PackFiles.Read(Path.Combine(folder.FullName, "packs", "township"));
        return PackReader.Read(files!).Catalog!;
    }
}
