namespace Shizhang.App.Demo;

/// <summary>So many lines, each field made as a record's is, those of <c>first</c> in a record's first line; <c>{n}</c> counts lines over the set.</summary>
internal sealed class LinesMaker : Maker
{
    private readonly (int From, int To) _lines;
    private readonly List<(string Field, Maker Maker)> _fields;
    private readonly List<(string Field, Maker Maker)> _first;
    private int _made;

    public LinesMaker(ScriptNode node)
    {
        _lines = node.Need("lines").Span(n => n.Integer);
        _fields = [.. node.Need("fields").Entries.Select(e => (e.Key, Read(e.Value)))];
        _first = [.. _fields.Select(f => (f.Field, node["first"]?[f.Field] is { } first ? Read(first) : f.Maker))];
        Total = node["total"]?.Integer;
    }

    private int? Total { get; }

    private int[] _counts = [];

    public override void Begin(int count, Random random)
    {
        _made = 0;
        _counts = [.. Enumerable.Range(0, count).Select(_ => Total is null ? random.Next(_lines.From, _lines.To + 1) : _lines.From)];
        for (var rest = (Total ?? 0) - (_lines.From * count); Total is not null && rest > 0;)
        {
            var at = random.Next(count);
            if (_counts[at] < _lines.To)
            {
                _counts[at]++;
                rest--;
            }
        }

        foreach (var (_, maker) in _fields)
        {
            maker.Begin(_counts.Sum(), random);
        }
    }

    public override object? Make(Making making)
    {
        var lines = new List<Dictionary<string, object?>>();
        for (var i = 0; i < _counts[making.Index]; i++)
        {
            lines.Add(Line(making, i == 0 ? _first : _fields, _made++, null, null));
        }

        return lines;
    }

    internal static Dictionary<string, object?> Line(Making making, List<(string Field, Maker Maker)> fields, int index, string? first, object? value)
    {
        var line = new Dictionary<string, object?>(StringComparer.Ordinal);
        var known = new Dictionary<string, object?>(making.Known, StringComparer.Ordinal);
        if (first is not null)
        {
            line[first] = known[first] = value;
        }

        var making2 = making with { Known = known, Filled = line, Index = index };
        foreach (var (field, maker) in fields)
        {
            known[field] = line[field] = maker.Make(making2);
        }

        return line;
    }
}

/// <summary>One line for each record that fits (or for <c>take</c> of them), which stands in the field <c>as</c>.</summary>
internal sealed class LinesOverMaker(ScriptNode node) : Maker
{
    private readonly RecordChoice _choice = RecordChoice.Read(node.Need("lines_over"));
    private readonly string _as = node.Need("as").Text;
    private readonly (int From, int To)? _take = node["take"]?.Span(n => n.Integer);
    private readonly List<(string Field, Maker Maker)> _fields = [.. (node["fields"]?.Entries ?? []).Select(e => (e.Key, Read(e.Value)))];

    public override object? Make(Making making)
    {
        IEnumerable<Draft> over = _choice.For(making);
        if (_take is { } take)
        {
            var all = over.ToArray();
            making.Random.Shuffle(all);
            over = all.Take(making.Random.Next(take.From, take.To + 1));
        }

        return over.Select((draft, i) => LinesMaker.Line(making, _fields, i, _as, draft)).ToList();
    }
}

/// <summary>How many lines a field got, all or those whose <c>field</c> is one of <c>of</c>.</summary>
internal sealed class CountOfMaker(ScriptNode node) : Maker
{
    private readonly string _lines = node.Need("count_of").Text;
    private readonly string? _field = node["field"]?.Text;
    private readonly HashSet<string> _of = [.. (node["of"]?.Items ?? []).Select(i => i.Text)];

    public override object? Make(Making making) => making.Known.GetValueOrDefault(_lines) is List<Dictionary<string, object?>> lines
        ? lines.Count(l => _field is null || (l.GetValueOrDefault(_field) is string value && _of.Contains(value)))
        : null;
}

/// <summary>A field of the first line.</summary>
internal sealed class FirstOfMaker(string lines, string field) : Maker
{
    public override object? Make(Making making) => (making.Known.GetValueOrDefault(lines) as List<Dictionary<string, object?>>)?.FirstOrDefault()?.GetValueOrDefault(field);
}
