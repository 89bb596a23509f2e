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

        section.Close();
        List<string> states = [.. new[] { start }.Concat(steps.Values.SelectMany(s => s.From.Append(s.To))).Concat(end).Distinct(StringComparer.Ordinal)];
        var workflow = new Workflow { Start = start, End = end, Steps = steps, States = states };
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
            Within = Within(section, ledger, fields),
            Needs = needs,
            Evidence = section.Integer("evidence") ?? 0,
            Reason = section.Flag("reason"),
            Source = at,
        };
    }

    private Deadline? Within(Section section, string ledger, FieldSet fields)
    {
        if (section.Text("within") is not { } code)
        {
            return null;
        }

        var at = section.LineOf("within");
        if (!context.Deadlines.TryGetValue(code, out var deadline))
        {
            context.Errors.Add("unknown_deadline", at, code);
            return null;
        }

        if (deadline.From != "step" && fields.Find(deadline.From)?.Type is not DateType)
        {
            context.Errors.Add("deadline_event", at, ledger, code, deadline.From);
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
