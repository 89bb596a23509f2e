using System.Globalization;
using System.Text;

namespace Shizhang.App.Demo;

/// <summary>Always the same; a day when it reads as one.</summary>
internal sealed class ConstantMaker(string value) : Maker
{
    private readonly object? _value = DateOnly.TryParseExact(value, "yyyy-MM-dd", out var day) ? day : value.Length == 0 ? null : value;

    public override object? Make(Making making) => _value;
}

/// <summary>One of several ways, each as likely.</summary>
internal sealed class PickMaker(ScriptNode list) : Maker
{
    private readonly Maker[] _ways = [.. list.Items.Select(Read)];

    public override void Begin(int count, Random random) => Array.ForEach(_ways, w => w.Begin(count, random));

    public override object? Make(Making making) => _ways[making.Random.Next(_ways.Length)].Make(making);
}

/// <summary>Several ways in turn: exact shares, or one value for each record.</summary>
internal sealed class CycleMaker(ScriptNode list) : Maker
{
    private readonly Maker[] _ways = [.. list.Items.Select(Read)];

    public override void Begin(int count, Random random) => Array.ForEach(_ways, w => w.Begin(count, random));

    public override object? Make(Making making) => _ways[making.Index % _ways.Length].Make(making);
}

/// <summary>Values by weight.</summary>
internal sealed class WeightsMaker(ScriptNode map) : Maker
{
    private readonly (string Value, int Weight)[] _values = [.. map.Entries.Select(e => (e.Key, e.Value.Integer))];

    public override object? Make(Making making)
    {
        var at = making.Random.Next(_values.Sum(v => v.Weight));
        return _values.First(v => (at -= v.Weight) < 0).Value;
    }
}

/// <summary>
/// A number between two ends in steps of <c>step</c> (1); with <c>total</c>, the numbers of the set add up to it exactly.
/// </summary>
internal sealed class NumberMaker(ScriptNode node) : Maker
{
    private readonly (decimal From, decimal To) _span = node.Need("between").Span(n => n.Number);
    private readonly decimal _step = node["step"]?.Number ?? 1;
    private readonly decimal? _total = node["total"]?.Number;
    private long[] _shares = [];

    public override void Begin(int count, Random random)
    {
        if (_total is not { } total)
        {
            return;
        }

        var (least, most) = ((long)(_span.From / _step), (long)(_span.To / _step));
        var rest = (long)(total / _step) - (least * count);
        if (rest < 0 || rest > (most - least) * count)
        {
            throw node.Wrong(Texts.AppText.Of["demo_total", total, count]);
        }

        _shares = [.. Enumerable.Repeat(least, count)];
        var open = Enumerable.Range(0, count).ToList();
        while (rest > 0)
        {
            // Shares of a random size, as long as there is something to share out.
            var at = random.Next(open.Count);
            var room = most - _shares[open[at]];
            var add = Math.Min(Math.Min(rest, room), 1 + random.NextInt64(Math.Max(1, 2 * rest / open.Count)));
            _shares[open[at]] += add;
            rest -= add;
            if (_shares[open[at]] == most)
            {
                open[at] = open[^1];
                open.RemoveAt(open.Count - 1);
            }
        }
    }

    public override object? Make(Making making) => _total is null
        ? (making.Random.NextInt64((long)(_span.From / _step), (long)(_span.To / _step) + 1) * _step)
        : _shares[making.Index] * _step;
}

/// <summary>A sentence with <c>{field}</c>, <c>{n}</c> (counting from 1), <c>{k}</c> (likewise within its cell) and <c>{year}</c>/<c>{month}</c> of the cell's span in it; units by their names.</summary>
internal sealed class TextMaker(string template) : Maker
{
    public override object? Make(Making making)
    {
        var text = new StringBuilder();
        for (var at = 0; at < template.Length;)
        {
            var open = template.IndexOf('{', at);
            var close = open < 0 ? -1 : template.IndexOf('}', open);
            if (close < 0)
            {
                text.Append(template, at, template.Length - at);
                break;
            }

            text.Append(template, at, open - at).Append(Value(template[(open + 1)..close], making));
            at = close + 1;
        }

        return text.ToString();
    }

    private static string? Value(string name, Making making) => name switch
    {
        "n" => (making.Index + 1).ToString(CultureInfo.InvariantCulture),
        "k" => making.Cell.Number.ToString(CultureInfo.InvariantCulture),
        "year" => making.Cell.Period?.From.Year.ToString(CultureInfo.InvariantCulture),
        "month" => making.Cell.Period?.From.Month.ToString(CultureInfo.InvariantCulture),
        "cell" => making.Cell.Unit is { } unit ? making.Drafts.NameOf(unit) : null,
        _ => making.Known.GetValueOrDefault(name) switch
        {
            DateOnly day => day.ToString("yyyy-MM-dd"),
            string code => making.Drafts.NameOf(code),
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            var other => other?.ToString(),
        },
    };
}

/// <summary>The value in exactly so many records of the set.</summary>
internal sealed class SomeMaker(int some, Maker then, Maker? otherwise) : Maker
{
    private bool[] _chosen = [];

    public override void Begin(int count, Random random)
    {
        _chosen = new bool[count];
        _chosen.AsSpan(0, Math.Min(some, count)).Fill(true);
        random.Shuffle(_chosen);
        then.Begin(count, random);
        otherwise?.Begin(count, random);
    }

    public override object? Make(Making making) => _chosen[making.Index] ? then.Make(making) : otherwise?.Make(making);
}

/// <summary>The value with some likelihood.</summary>
internal sealed class ChanceMaker(double chance, Maker then, Maker? otherwise) : Maker
{
    public override void Begin(int count, Random random)
    {
        then.Begin(count, random);
        otherwise?.Begin(count, random);
    }

    public override object? Make(Making making) => making.Random.NextDouble() < chance ? then.Make(making) : otherwise?.Make(making);
}
