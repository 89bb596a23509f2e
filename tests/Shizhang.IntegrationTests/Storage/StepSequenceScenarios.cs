using Shizhang.App.Access;
using Shizhang.App.Features.Evidence;
using Shizhang.App.Features.Steps;
using Shizhang.Core.Catalogs;
using Shizhang.Core.Catalogs.Loading;
using Shizhang.IntegrationTests.Cli;
using Shizhang.Storage;
using Shizhang.Storage.Accounts;
using Shizhang.Storage.Journal;
using Shizhang.Storage.Records;

namespace Shizhang.IntegrationTests.Storage;

/// <summary>Random steps through every workflow of the township pack by the path everybody uses: no version is lost and the journal verifies.</summary>
public class StepSequenceScenarios
{
    private const int SequencesEach = 6;
    private const int Steps = 8;

    public static TheoryData<Kind> Databases => [Kind.Sqlite, Kind.Postgres];

    [Theory, MemberData(nameof(Databases))]
    public async Task No_version_is_lost_and_no_state_is_illegal(Kind kind)
    {
        await using var place = await TestPlace.CreateAsync(kind, PackFiles.Read(Path.Combine(Shell.Root, "packs", "township")).Files!);
        var random = new Random(11);
        var unitKinds = place.Place.Catalog.Ledgers.Values.SelectMany(l => l.Fields).SelectMany(f => f.UnitKinds.Concat(f.Lines?.SelectMany(c => c.UnitKinds) ?? [])).Except(["town", "village"]).Distinct(StringComparer.Ordinal);
        foreach (var unitKind in unitKinds.ToList())
        {
            await place.AddAsync("unit", new() { ["code"] = $"u_{unitKind}", ["name"] = unitKind, ["kind"] = unitKind, ["parent"] = "t1", ["valid_from"] = "2010-01-01" });
        }

        var evidence = place.NewFile(".txt");
        await File.WriteAllTextAsync(evidence, "证明材料", TestContext.Current.CancellationToken);
        var known = new Dictionary<string, long>(StringComparer.Ordinal);
        var any = new AnyRecord(random, Unit, ledger => known.TryGetValue(ledger, out var id) ? id : null);
        var (accepted, refused) = (0, 0);
        foreach (var ledger in place.Place.Catalog.Ledgers.Values.Where(l => l.Workflow is not null))
        {
            var acceptedHere = 0;
            for (var i = 0; i < SequencesEach; i++)
            {
                var (taken, not) = await WalkAsync(ledger);
                (acceptedHere, refused) = (acceptedHere + taken, refused + not);
            }

            Assert.True(acceptedHere > 0, $"no step of {ledger.Code} was ever taken");
            accepted += acceptedHere;
        }

        Assert.True(accepted > 50 && refused > 50, $"{accepted} taken, {refused} refused");
        Assert.Empty((await new Verification(place.Place.Store, place.Place.Evidence).RunAsync(TestPlace.Town)).Damages);

        async Task<(int Accepted, int Refused)> WalkAsync(Ledger ledger)
        {
            var workflow = ledger.Workflow!;
            var day = LocalTime.Today(place.Clock);
            var id = await NewAsync(ledger);
            var (state, versions, not) = (workflow.Start, 1, 0);
            for (var i = 0; i < Steps; i++)
            {
                place.Clock.Now = place.Clock.Now.AddDays(random.Next(12));
                day = LocalTime.Today(place.Clock);
                var isWilling = random.Next(3) > 0;
                var steps = isWilling ? [.. workflow.From(state)] : workflow.Steps.Values.ToList();
                if (steps.Count == 0)
                {
                    break;
                }

                var step = steps[random.Next(steps.Count)];
                await EnsureAsync(ledger.Fields);
                var changes = isWilling ? step.Needs.ToDictionary(n => n, n => any.Value(ledger.Fields[n], day), StringComparer.Ordinal) : new Dictionary<string, object?>(StringComparer.Ordinal);
                var account = new Account($"a{random.Next(4)}", "某人", (isWilling ? step.By[random.Next(step.By.Count)] : place.Place.Catalog.Roles.Keys.ElementAt(random.Next(place.Place.Catalog.Roles.Count))) is var role ? [new Grant(role, "t1")] : []);
                var before = await place.FindAsync(ledger.Code, id);
                var outcome = await new StepWork(place.Place).TakeAsync(await Accounts.RulesAsync(place.Place, account), new Actor(account.Name), new AskedStep(
                    ledger, id, step.Name, changes, isWilling ? [.. Enumerable.Repeat(GivenFile.OfPath(evidence), step.Evidence)] : [], isWilling ? "有理由" : null, random.Next(10) == 0 ? before.Version - 1 : before.Version));
                var after = await place.FindAsync(ledger.Code, id);
                if (outcome.Version is { } version)
                {
                    Assert.Contains(state, step.From);
                    Assert.Equal((version, step.To), (after.Version, after.State));
                    (state, versions) = (step.To, versions + 1);
                }
                else
                {
                    Assert.NotEmpty(outcome.Refusals);
                    Assert.Equal((before.Version, before.State), (after.Version, after.State));
                    not++;
                }

                Assert.Contains(after.State!, workflow.States);
            }

            var history = await new RecordArchive(place.Place.Store).HistoryAsync(TestPlace.Town, ledger, id);
            Assert.Equal(versions, history.Count);
            Assert.Equal(history.SkipLast(1).Select(v => v.Gone), history.Skip(1).Select(v => (long?)v.Version));
            return (versions - 1, not);
        }

        async Task<long> NewAsync(Ledger ledger)
        {
            // One person is a member once: what may be referred to once is made anew.
            foreach (var once in ledger.Fields.Where(f => f is { Unique: true, To: not null }))
            {
                known.Remove(once.To!);
            }

            await EnsureAsync(ledger.Fields);
            return await place.AddAsync(ledger.Code, any.Inputs(ledger, LocalTime.Today(place.Clock), 0.2));
        }

        // What a field refers to must be there; a ledger that refers to itself begins without.
        async Task EnsureAsync(FieldSet fields)
        {
            foreach (var to in fields.Concat(fields.SelectMany(f => f.Lines ?? Enumerable.Empty<Field>())).Select(f => f.To).OfType<string>().Distinct(StringComparer.Ordinal).Where(t => !known.ContainsKey(t)).ToList())
            {
                await EnsureOneAsync(place.Place.Catalog.Ledgers[to]);
            }
        }

        async Task EnsureOneAsync(Ledger ledger)
        {
            foreach (var field in ledger.Fields.Where(f => f is { Required: true, To: not null } && !known.ContainsKey(f.To) && f.To != ledger.Code))
            {
                await EnsureOneAsync(place.Place.Catalog.Ledgers[field.To!]);
            }

            known[ledger.Code] = await place.AddAsync(ledger.Code, any.Inputs(ledger, LocalTime.Today(place.Clock), 0));
        }

        static string? Unit(Field field) => field.UnitKinds.Count == 0 ? "t1" : field.UnitKinds[0] switch { "town" => "t1", "village" => "v1", var other => $"u_{other}" };
    }
}
