using Shizhang.Core.Catalogs;

namespace Shizhang.Tests.Workflows;

/// <summary>What no loader can know of the township pack: that who takes a step can see the record, and that no limit lies unused.</summary>
public class PackStepTests
{
    [Fact]
    public void Whoever_takes_a_step_reads_the_ledger()
    {
        var blind = from ledger in Township.Catalog.Ledgers.Values
                    from step in ledger.Workflow?.Steps.Values ?? []
                    from role in step.By
                    where !Township.Catalog.Roles[role].Reads.Contains(ledger.Code)
                    select $"{ledger.Code}.{step.Name}: {role}";
        Assert.Empty(blind);
    }

    [Fact]
    public void Every_deadline_is_somebodys_clock()
    {
        var steps = Township.Catalog.Ledgers.Values.SelectMany(l => l.Workflow?.Steps.Values ?? []).SelectMany(s => new[] { s.Within, s.NotBefore, s.NotAfter });
        var wholes = Township.Catalog.Ledgers.Values.Select(l => l.Workflow?.Within);
        var rules = Township.Catalog.Rules.Values.Select(r => (r.Rule as FollowUpRule)?.Within);
        var used = steps.Concat(wholes).Concat(rules).OfType<Deadline>().Select(d => d.Code).ToHashSet(StringComparer.Ordinal);
        Assert.Empty(Township.Catalog.Deadlines.Keys.Except(used));
    }

    [Fact]
    public void Every_duty_with_a_clock_is_watched_by_a_rule()
    {
        var unwatched = from ledger in Township.Catalog.Ledgers.Values
                        from step in ledger.Workflow?.Steps.Values ?? []
                        where step.Within is not null && !ledger.Rules.OfType<DeadlineRule>().Any(r => r.Step is null || r.Step == step)
                        select $"{ledger.Code}.{step.Name}";

        // These share the clock of a step that is watched: one reminder is enough.
        Assert.Equal(["petition.不予受理"], unwatched);
    }
}
