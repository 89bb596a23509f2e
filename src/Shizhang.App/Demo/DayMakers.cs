using Shizhang.App.Texts;

namespace Shizhang.App.Demo;

/// <summary>Days of the set in order, evenly over a span, on working days.</summary>
internal sealed class SpreadMaker(ScriptNode node) : Maker
{
    private readonly (DateOnly From, DateOnly To) _span = node.Need("spread").Span(n => n.Day);
    private readonly bool _anyDay = node["any_day"] is not null;
    private int _count = 1;

    public override void Begin(int count, Random random) => _count = Math.Max(1, count);

    public override object? Make(Making making)
    {
        var days = _span.To.DayNumber - _span.From.DayNumber;
        var at = (int)((making.Index + making.Random.NextDouble()) * days / _count);
        return _anyDay ? _span.From.AddDays(at) : Workday.AtOrBefore(_span.From.AddDays(at), _span.From);
    }
}

/// <summary>Any day of a span, or of the cell's span.</summary>
internal sealed class DayMaker(ScriptNode node) : Maker
{
    private readonly (DateOnly From, DateOnly To)? _span = node.Need("day").Items.Count == 2 ? node.Need("day").Span(n => n.Day) : null;

    public override object? Make(Making making)
    {
        var (from, to) = _span ?? (making.Cell.Period is { } period ? (period.From, period.To) : throw node.Wrong(AppText.Of["demo_no_period"]));
        return Workday.AtOrBefore(from.AddDays(making.Random.Next(to.DayNumber - from.DayNumber + 1)), from);
    }
}

/// <summary>So many days after another field, not later than <c>until</c>; empty when that field is.</summary>
internal sealed class AfterMaker(ScriptNode node) : Maker
{
    private readonly string _field = node.Need("after").Text;
    private readonly (int From, int To) _days = node.Need("days").Span(n => n.Integer);
    private readonly DateOnly? _until = node["until"]?.Day;

    public override object? Make(Making making)
    {
        if (making.Known.GetValueOrDefault(_field) is not DateOnly start)
        {
            return null;
        }

        var day = Workday.AtOrBefore(start.AddDays(making.Random.Next(_days.From, _days.To + 1)), start.AddDays(_days.From));
        return _until is { } until && day > until ? until : day;
    }
}

/// <summary>The last day of the cell's span.</summary>
internal sealed class MonthEndMaker : Maker
{
    public override object? Make(Making making) => making.Cell.Period?.To;
}

/// <summary>The end of a month between two other fields, both months included.</summary>
internal sealed class MonthBetweenMaker(ScriptNode node) : Maker
{
    private readonly (string From, string To) _fields = node.Span(n => n.Text);

    public override object? Make(Making making)
    {
        if (making.Known.GetValueOrDefault(_fields.From) is not DateOnly from || making.Known.GetValueOrDefault(_fields.To) is not DateOnly to)
        {
            return null;
        }

        var months = ((to.Year - from.Year) * 12) + to.Month - from.Month;
        var month = new DateOnly(from.Year, from.Month, 1).AddMonths(making.Random.Next(months + 1));
        return month.AddMonths(1).AddDays(-1);
    }
}

internal static class Workday
{
    /// <summary>Offices are closed at weekends: the Friday before, unless that is too early.</summary>
    public static DateOnly AtOrBefore(DateOnly day, DateOnly earliest)
    {
        var back = day.DayOfWeek switch { DayOfWeek.Saturday => 1, DayOfWeek.Sunday => 2, _ => 0 };
        return day.AddDays(-back) >= earliest ? day.AddDays(-back) : day;
    }
}
