using Shizhang.App.Texts;

namespace Shizhang.App.Demo;

/// <summary>A unit of a kind: any, or each in turn.</summary>
internal sealed class UnitMaker(string kind, bool cycle) : Maker
{
    public override object? Make(Making making)
    {
        var units = making.Drafts.UnitsOf(kind);
        return units.Count == 0 ? null : units[cycle ? making.Index % units.Count : making.Random.Next(units.Count)];
    }
}

/// <summary>The unit of the record that a field refers to.</summary>
internal sealed class UnitOfMaker(string field) : Maker
{
    public override object? Make(Making making) => (making.Known.GetValueOrDefault(field) as Draft)?.Unit;
}

/// <summary>A value of the record that a field refers to.</summary>
internal sealed class ValueOfMaker(string reference, string field) : Maker
{
    public override object? Make(Making making) => (making.Known.GetValueOrDefault(reference) as Draft)?.Last(field);
}

/// <summary>A record: any that fits, or each in turn, none twice.</summary>
internal sealed class RecordMaker(RecordChoice choice, bool next) : Maker
{
    private List<Draft>? _all;
    private int _at;

    public override void Begin(int count, Random random)
    {
        _all = null;
        _at = 0;
    }

    public override object? Make(Making making)
    {
        if (next)
        {
            _all ??= [.. choice.All(making.Drafts)];
            return _at < _all.Count ? _all[_at++] : throw new DemoScriptException(AppText.Of["demo_too_few", choice.Ledger, _all.Count]);
        }

        var some = choice.For(making);
        return some.Count == 0 ? null : some[making.Random.Next(some.Count)];
    }
}

/// <summary>What the record is made for: <c>unit</c>, <c>record</c>, the record's <c>record_unit</c>, the <c>from</c>, <c>to</c> or <c>year</c> of its span, or a field of that record.</summary>
internal sealed class CellMaker(string part) : Maker
{
    public override object? Make(Making making) => part switch
    {
        "unit" => making.Cell.Unit,
        "record" => making.Cell.Record,
        "record_unit" => making.Cell.Record?.Unit,
        "from" => making.Cell.Period?.From,
        "to" => making.Cell.Period?.To,
        "year" => making.Cell.Period?.From.Year,
        "" => null,
        _ => making.Cell.Record?.Last(part),
    };
}

/// <summary>What another field of the same record or line holds.</summary>
internal sealed class SameMaker(string field) : Maker
{
    public override object? Make(Making making) => making.Known.GetValueOrDefault(field);
}
