using System.Globalization;
using System.Text.Encodings.Web;
using System.Xml.Linq;
using Microsoft.AspNetCore.Html;
using Shizhang.App.Features.Figures;
using Shizhang.Core.Figures;

namespace Shizhang.IntegrationTests.Web;

/// <summary>What charts draw and how periods become columns: pure, no site.</summary>
public class ChartTests
{
    private static readonly Mark[] Marks = [new("1月", 10, "10", "/figures/a?from=1&to=2"), new("2月", -5, "-5", "/figures/b"), new("<3>月", null, "—", "/figures/c")];

    [Fact]
    public void Every_upright_bar_is_a_link_with_its_words_and_stands_on_zero()
    {
        var svg = Read(Charts.Columns(Marks, "走势"));
        var links = svg.Elements("a").ToList();

        Assert.Equal(["/figures/a?from=1&to=2", "/figures/b", "/figures/c"], links.Select(a => a.Attribute("href")!.Value));
        Assert.Equal(["1月 10", "2月 -5", "<3>月 —"], links.Select(a => a.Elements().First(e => e.Name.LocalName == "title").Value));
        var (up, down, none) = (Bar(links[0]), Bar(links[1]), Bar(links[2]));
        Assert.Equal(2m, Number(up, "height") / Number(down, "height"), 2);
        Assert.Equal(0, Number(none, "height"));
        var zero = Number(svg.Element("line")!, "y1");
        Assert.Equal(zero, Number(up, "y") + Number(up, "height"), 1);
        Assert.Equal(zero, Number(down, "y"));
    }

    [Fact]
    public void Lying_bars_share_a_scale_with_what_they_are_held_against_and_mark_what_is_beyond()
    {
        var svg = Read(Charts.Rows([new("行政编制", 17, "17/22", "/a") { Of = 22 }, new("工勤编制", 3, "3/2", "/b") { Of = 2 }], "编制"));
        var links = svg.Elements("a").ToList();

        Assert.Equal("bar", Bar(links[0]).Attribute("class")!.Value);
        Assert.Equal("bar beyond", Bar(links[1]).Attribute("class")!.Value);
        Assert.Equal(17m / 22, Percent(Bar(links[0])) / Percent(Outline(links[0])), 2);
        Assert.Equal(3m / 22, Percent(Bar(links[1])) / Percent(Outline(links[0])), 2);
    }

    [Fact]
    public void A_line_breaks_where_a_value_is_missing_and_is_none_for_one_value()
    {
        var svg = Read(Charts.Spark([1, 3, null, 2, 2], "走势"));

        Assert.Equal([2, 2], svg.Elements("polyline").Select(l => l.Attribute("points")!.Value.Split(' ').Length));
        Assert.Equal("", Charts.Spark([7, null], "走势").ToString());
    }

    [Theory]
    [InlineData("2018-01-01", "2018-12-31", null, "month", 12)]
    [InlineData("2016-01-01", "2018-12-31", null, "quarter", 12)]
    [InlineData("2016-01-01", "2018-12-31", "month", "month", 36)]
    [InlineData("2000-01-01", "2018-12-31", "month", "year", 19)]
    [InlineData("1900-01-01", "2199-12-31", null, "year", 36)]
    [InlineData("2018-05-15", "2018-05-15", "nonsense", "month", 1)]
    public void A_period_makes_as_many_columns_as_a_table_holds(string from, string to, string? asked, string step, int columns)
    {
        var period = new Period(DateOnly.Parse(from, CultureInfo.InvariantCulture), DateOnly.Parse(to, CultureInfo.InvariantCulture));
        var chosen = Spans.Choose(period, asked);
        var spans = Spans.Of(period, chosen);

        Assert.Equal(step, Spans.WordOf(chosen));
        Assert.Equal(columns, spans.Count);
        Assert.Equal(spans.Count, spans.Select(s => s.Label).Distinct().Count());
        Assert.Equal(period.To, spans[^1].Period.To);
    }

    private static XElement Read(IHtmlContent chart)
    {
        using var text = new StringWriter();
        chart.WriteTo(text, HtmlEncoder.Default);
        return XElement.Parse(text.ToString());
    }

    private static XElement Bar(XElement link) => link.Elements("rect").Single(r => r.Attribute("class")!.Value.StartsWith("bar", StringComparison.Ordinal));

    private static XElement Outline(XElement link) => link.Elements("rect").Single(r => r.Attribute("class")!.Value == "of");

    private static decimal Percent(XElement element) => decimal.Parse(element.Attribute("width")!.Value.TrimEnd('%'), CultureInfo.InvariantCulture);

    private static decimal Number(XElement element, string name) => decimal.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);
}
