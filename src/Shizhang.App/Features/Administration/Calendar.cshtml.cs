using Shizhang.App.Access;
using Shizhang.App.Site;
using Shizhang.App.Texts;
using Shizhang.Core.Catalogs;

namespace Shizhang.App.Features.Administration;

/// <summary>Holidays and make-up workdays by year; a year without a notice is counted Monday to Friday and called provisional.</summary>
[Needs(Right.Business, Right.System)]
internal sealed class CalendarPage : AdministrationPage
{
    public IEnumerable<CalendarYear> Years => Place.Catalog.Calendar.Values.OrderByDescending(y => y.Year);

    /// <summary>Years that clocks may reach and no notice covers yet.</summary>
    public IReadOnlyList<int> Provisional
    {
        get
        {
            var first = Place.Catalog.Calendar.Keys.DefaultIfEmpty(Visit.Today.Year).Min();
            return [.. Enumerable.Range(first, Visit.Today.Year + 2 - first).Where(y => !Place.Catalog.Calendar.ContainsKey(y))];
        }
    }

    /// <summary>Days, with those that follow one another as a span.</summary>
    public static string Days(IReadOnlySet<DateOnly> days)
    {
        var spans = new List<(DateOnly From, DateOnly To)>();
        foreach (var day in days.Order())
        {
            if (spans.Count > 0 && spans[^1].To.AddDays(1) == day)
            {
                spans[^1] = (spans[^1].From, day);
            }
            else
            {
                spans.Add((day, day));
            }
        }

        return spans.Count == 0 ? AppText.Of["none"] : Core.Texts.Text.List(spans.Select(s => s.From == s.To ? $"{s.From:MM-dd}" : $"{s.From:MM-dd}—{s.To:MM-dd}"));
    }
}
