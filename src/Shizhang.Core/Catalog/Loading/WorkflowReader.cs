using Shizhang.Core.Filters;
using Shizhang.Core.Records.FieldTypes;

namespace Shizhang.Core.Catalogs.Loading;

/// <summary>Reads a workflow, and checks that every state can be reached and left and every step taken by somebody.</summary>
internal sealed class WorkflowReader(PackContext context)
{
    private const string Creation = "create";

    public Workflow? Read(Section? section, string ledger, FieldSet fields)
    {
        if (section is null)
        {
            return null;
        }

        var start = section.Need("start");
        var end = section.Texts("end");
        if (end.Count == 0)
        {
            section.Need("end");
        }

        var steps = new Dictionary<string, Step>(StringComparer.Ordinal);
        foreach (var (name, at, step) in section.Named("steps"))
        {
            steps.Add(name, Read(name, at, step, ledger, fields));
            step.Close();
        }

        var within = Timed(section, "within", ledger, fields);
        var keeps = Keeps(section, ledger, fields);
        var reopen = section.Text("reopen") is { } word ? steps.GetValueOrDefault(word) : null;
        if (reopen is null && section.Has("reopen"))
        {
            context.Errors.Add("unknown_step", section.LineOf("reopen"), section.Text("reopen"));
        }

        section.Close();
        List<string> states = [.. new[] { start }.Concat(steps.Values.SelectMany(s => s.From.Append(s.To))).Concat(end).Distinct(StringComparer.Ordinal)];
        var english = states.Where(s => context.English.State(s) is not null).ToDictionary(s => s, s => context.English.State(s)!, StringComparer.Ordinal);
        var workflow = new Workflow { Start = start, End = end, Steps = steps, States = states, StatesEn = english, Within = within, Keeps = keeps, Reopen = reopen };
        CheckNotBy(workflow, fields);
        CheckPaths(workflow, section.At);
        return workflow;
    }

    private Step Read(string name, SourceLine at, Section section, string ledger, FieldSet fields)
    {
        var by = section.Texts("by").Select(w => context.Role(w, section.LineOf("by"))).OfType<Role>().Select(r => r.Code).ToList();
        if (!section.Has("by") || section.Texts("by").Count == 0)
        {
            context.Errors.Add("step_nobody", at, name);
        }

        var needs = section.Texts("needs");
        foreach (var need in needs.Where(n => fields.Find(n) is null))
        {
            context.Errors.Add("unknown_field", section.LineOf("needs"), ledger, need);
        }

        if (section.Texts("from").Count == 0)
        {
            section.Need("from");
        }

        return new Step
        {
            Name = name,
            En = section.Text("en"),
            From = section.Texts("from"),
            To = section.Need("to"),
            By = by,
            NotBy = section.Texts("not_by"),
            Within = Timed(section, "within", ledger, fields),
            NotBefore = Timed(section, "not_before", ledger, fields),
            NotAfter = Timed(section, "not_after", ledger, fields),
            Once = section.Flag("once"),
            Needs = needs,
            Requires = [.. section.Items("requires").Select(i => Section.Of(i, "requires", context.Errors)).OfType<Section>().Select(r => Require(r, fields)).OfType<Requirement>()],
            Majority = MajorityOf(section.Map("majority"), ledger, fields),
            Evidence = section.Integer("evidence") ?? 0,
            Reason = section.Flag("reason"),
            Source = at,
        };
    }

    private Requirement? Require(Section section, FieldSet fields)
    {
        var (filter, refusal) = new FilterReader(fields).Read(section.Need("where"));
        if (refusal is not null)
        {
            context.Errors.AddSentence("filter", section.LineOf("where"), refusal);
        }

        var requirement = filter is null ? null : new Requirement(filter, section.Need("message"), section.Text("message_en"));
        section.Close();
        return requirement;
    }

    private Majority? MajorityOf(Section? section, string ledger, FieldSet fields)
    {
        if (section is null)
        {
            return null;
        }

        List<string> codes = [section.Need("of"), .. section.Texts("by")];
        var found = codes.Select(c => (Code: c, Field: fields.Find(c))).ToList();
        foreach (var (code, _) in found.Where(f => f.Field is null))
        {
            context.Errors.Add("unknown_field", section.At, ledger, code);
        }

        section.Close();
        return found.Exists(f => f.Field is null) ? null : new Majority(found[0].Field!, [.. found.Skip(1).Select(f => f.Field!)]);
    }

    private Field? Keeps(Section section, string ledger, FieldSet fields)
    {
        if (section.Text("keeps") is not { } code)
        {
            return null;
        }

        if (fields.Find(code) is { Type: TextType } field)
        {
            return field;
        }

        context.Errors.Add("unknown_field", section.LineOf("keeps"), ledger, code);
        return null;
    }

    private Deadline? Timed(Section section, string key, string ledger, FieldSet fields)
    {
        if (section.Text(key) is not { } code)
        {
            return null;
        }

        var at = section.LineOf(key);
        if (!context.Deadlines.TryGetValue(code, out var deadline))
        {
            context.Errors.Add("unknown_deadline", at, code);
            return null;
        }

        string?[] days = [deadline.From == Deadline.StepEvent ? null : deadline.From, deadline.Extension?.When, deadline.Suspension?.From, deadline.Suspension?.Until];
        foreach (var day in days.OfType<string>().Where(d => fields.Find(d)?.Type is not DateType))
        {
            context.Errors.Add("deadline_event", at, ledger, code, day);
        }

        return deadline;
    }

    private void CheckNotBy(Workflow workflow, FieldSet fields)
    {
        foreach (var step in workflow.Steps.Values)
        {
            foreach (var word in step.NotBy.Where(w => w != Creation && !workflow.Steps.ContainsKey(w) && fields.Find(w) is null))
            {
                context.Errors.Add("not_by", step.Source, word);
            }
        }
    }

    private void CheckPaths(Workflow workflow, SourceLine at)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal) { workflow.Start };
        for (var more = true; more;)
        {
            more = false;
            foreach (var step in workflow.Steps.Values.Where(s => s.From.Any(reached.Contains)))
            {
                more |= reached.Add(step.To);
            }
        }

        foreach (var state in workflow.States)
        {
            var leaving = workflow.Steps.Values.FirstOrDefault(s => s.From.Contains(state) && s.To != state);
            if (!reached.Contains(state))
            {
                context.Errors.Add("state_unreached", at, state);
            }

            if (leaving is null && !workflow.End.Contains(state))
            {
                context.Errors.Add("state_stuck", at, state);
            }
        }
    }
}
