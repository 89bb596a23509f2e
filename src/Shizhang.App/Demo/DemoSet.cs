using Shizhang.App.Texts;
using Shizhang.Core.Catalogs;
using Shizhang.Core.Figures;

namespace Shizhang.App.Demo;

/// <summary>
/// Records of one ledger that are made alike: how many (or one for each unit, record and span of time), how each field is
/// made, and the steps taken afterwards.
/// </summary>
internal sealed class DemoSet
{
    private static readonly Dictionary<string, PeriodStep> Steps = new(StringComparer.Ordinal)
    {
        ["month"] = PeriodStep.Month, ["quarter"] = PeriodStep.Quarter, ["year"] = PeriodStep.Year,
    };

    private readonly ScriptNode _node;
    private readonly List<(Field Field, Maker Maker)> _fields;
    private readonly List<MoveSpec> _moves;

    private DemoSet(ScriptNode node, Ledger ledger, int seed)
    {
        _node = node;
        Ledger = ledger;
        Random = new Random((seed * 7919) + 20160101);
        _fields = ReadFields(node.Need("fields"), ledger);
        _moves = [.. (node["moves"]?.Items ?? []).Select(m => new MoveSpec(
            m["step"] is null ? null : StepOf(m, ledger), ReadFields(m["fields"], ledger), DayOf(m.Need("on"), ledger), m["some"]?.Integer))];
    }

    public Ledger Ledger { get; }

    public Random Random { get; }

    public static DemoSet Read(ScriptNode node, Catalog catalog, int seed)
    {
        var code = node.Need("ledger");
        return catalog.Ledgers.TryGetValue(code.Text, out var ledger)
            ? new DemoSet(node, ledger, seed)
            : throw code.Wrong(AppText.Of["demo_no_ledger", code.Text]);
    }

    /// <summary>Drafts the records, after <paramref name="drafts"/> of the sets before.</summary>
    public void Draft(DraftBook drafts)
    {
        var cells = Cells(drafts);
        foreach (var maker in _fields.Select(f => f.Maker).Concat(_moves.SelectMany(m => m.Fields.Select(f => f.Maker))))
        {
            maker.Begin(cells.Count, Random);
        }

        var chosen = _moves.Select(m => m.Some is { } some ? Chosen(cells.Count, some) : null).ToList();
        for (var i = 0; i < cells.Count; i++)
        {
            var draft = new Draft(Ledger, _node["tag"]?.Text);
            var making = new Making(drafts, draft.Inputs, draft.Inputs, Ledger.Date.Code, cells[i], i, Random);
            Fill(making, _fields);
            draft.EnteredOn = drafts.EnteredOn(draft.Inputs.GetValueOrDefault(Ledger.Date.Code) as DateOnly?, draft.References);
            var known = new Dictionary<string, object?>(draft.Inputs, StringComparer.Ordinal);
            var before = draft.EnteredOn;
            for (var m = 0; m < _moves.Count && chosen[m]?[i] is not false; m++)
            {
                var filled = new Dictionary<string, object?>(StringComparer.Ordinal);
                var (field, day) = _moves[m].On;
                Fill(new Making(drafts, known, filled, field.Code, cells[i], i, Random), _moves[m].Fields);
                var on = drafts.EnteredOn(day ?? (filled.GetValueOrDefault(field.Code) ?? known.GetValueOrDefault(field.Code)) as DateOnly?, Demo.Draft.ReferencesIn(filled));
                before = on > before ? on : before;
                draft.Moves.Add(new DraftMove(_moves[m].Step, before, filled));
            }

            drafts.Add(draft);
        }
    }

    private static void Fill(Making making, List<(Field Field, Maker Maker)> fields)
    {
        foreach (var (field, maker) in fields)
        {
            var value = maker.Make(making);
            making.Known[field.Code] = value;
            making.Filled[field.Code] = value;
        }
    }

    /// <summary>One for each combination of what <c>for</c> names, or <c>count</c> times nothing in particular.</summary>
    private List<Cell> Cells(DraftBook drafts)
    {
        var times = _node["count"]?.Integer ?? 1;
        if (_node["for"] is not { } each)
        {
            return [.. Enumerable.Range(1, times).Select(k => new Cell(null, null, null, k))];
        }

        string?[] units = each["units"] is { } kinds ? [.. drafts.UnitsOf(kinds.Text)] : [null];
        Draft?[] records = each["records"] is { } spec ? [.. RecordChoice.Read(spec).All(drafts)] : [null];
        Period?[] periods = each["every"] is { } every
            ? [.. new Period(each.Need("from").Day, each.Need("to").Day).Split(Steps[every.Text])]
            : [null];
        var all = (from period in periods from unit in units from record in records from k in Enumerable.Range(1, times) select new Cell(unit, record, period, k)).ToList();
        if (_node["keep"]?.Integer is { } keep)
        {
            var kept = Chosen(all.Count, keep);
            all = [.. all.Where((_, i) => kept[i])];
        }

        return all;
    }

    private bool[] Chosen(int count, int some)
    {
        var chosen = new bool[count];
        chosen.AsSpan(0, Math.Min(some, count)).Fill(true);
        Random.Shuffle(chosen);
        return chosen;
    }

    private static List<(Field, Maker)> ReadFields(ScriptNode? node, Ledger ledger) =>
        [.. (node?.Entries ?? []).Select(e => (ledger.Fields.Find(e.Key) ?? throw e.Value.Wrong(AppText.Of["demo_no_field", ledger.Code, e.Key]), Maker.Read(e.Value)))];

    /// <summary>The day of a move: what a field says, or a day of the calendar.</summary>
    private static (Field Field, DateOnly? Day) DayOf(ScriptNode node, Ledger ledger) =>
        char.IsAsciiDigit(node.Text[0]) ? (ledger.Date, node.Day) : (FieldOf(node, ledger), null);

    private static Field FieldOf(ScriptNode node, Ledger ledger) =>
        ledger.Fields.Find(node.Text) ?? throw node.Wrong(AppText.Of["demo_no_field", ledger.Code, node.Text]);

    private static Step StepOf(ScriptNode node, Ledger ledger) =>
        ledger.Workflow?.Steps.GetValueOrDefault(node.Need("step").Text) ?? throw node.Wrong(AppText.Of["demo_no_step", ledger.Code, node.Need("step").Text]);

    private sealed record MoveSpec(Step? Step, List<(Field Field, Maker Maker)> Fields, (Field Field, DateOnly? Day) On, int? Some);
}

/// <summary>What one record is made for: a unit, a record, a span of time (any may be none), and which of those made for it, from 1.</summary>
internal sealed record Cell(string? Unit, Draft? Record, Period? Period, int Number);

/// <summary>A record being made: what is known of it so far and what is filled in now.</summary>
internal sealed record Making(DraftBook Drafts, Dictionary<string, object?> Known, Dictionary<string, object?> Filled, string DateCode, Cell Cell, int Index, Random Random)
{
    /// <summary>The day it happens; null while that is not made.</summary>
    public DateOnly? Day => Known.GetValueOrDefault(DateCode) as DateOnly?;
}
