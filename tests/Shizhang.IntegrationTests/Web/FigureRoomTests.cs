using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Shizhang.App.Features.Figures;
using Shizhang.Core.Figures;
using Shizhang.IntegrationTests.Cli;
using Shizhang.Storage.Figures;

namespace Shizhang.IntegrationTests.Web;

/// <summary>指标, 机构 and 工作台 over the running site, held against the engine.</summary>
[Collection(DemoCollection.Name)]
public partial class FigureRoomTests(DemoFixture demo)
{
    private const string Year = "from=2018-01-01&to=2018-12-31";

    [Fact]
    public async Task A_number_of_the_matrix_leads_to_the_figure_and_as_many_records()
    {
        var site = await demo.SiteAsync();
        using var clerk = await site.SignedInAsync("justice_office");

        var matrix = await clerk.GetAsync($"/figures?ledger=dispute&area=&by=month&{Year}");
        var cell = Regex.Match(matrix.Read, "href=\"(/figures/disputes\\?from=2018-04-01&to=2018-04-30&unit=[a-z]+)#records\">([0-9]+)<");
        Assert.True(cell.Success, matrix.Read);
        Assert.NotEqual("0", cell.Groups[2].Value);

        var figure = await clerk.GetAsync(cell.Groups[1].Value);
        Assert.Contains($"<data value=\"{cell.Groups[2].Value}\">", figure.Text);
        Assert.Equal(int.Parse(cell.Groups[2].Value, CultureInfo.InvariantCulture), Row().Count(figure.Text));
    }

    [Fact]
    public async Task Growth_from_a_tiny_base_is_told_in_times()
    {
        var indicator = (await demo.SiteAsync()).Catalog.Indicators["disputes"];
        Assert.Equal("1000.0%", Said(11, 1));
        Assert.Equal("增长236倍", Said(237, 1));
        Assert.Equal("基数过小", Said(-30, 2));
        Assert.Equal("-100.0%", Said(0, 3));
        Shizhang.Core.Texts.Text.Language = Shizhang.Core.Texts.Language.En;
        Assert.Equal("×237", Said(237, 1));

        string? Said(decimal now, decimal before) => FigureView.Compared(Of(now), Of(before))?.Text;

        Figure Of(decimal value) => new(indicator, value, 1, Period.Year(2018), DemoFixture.Town, 1);
    }

    [Fact]
    public async Task The_total_is_of_the_whole_and_the_csv_says_it_in_words_as_the_page_rounds_it()
    {
        var site = await demo.SiteAsync();
        using var writer = await site.SignedInAsync("wenmi");
        var place = site.Place;
        var scope = (await new FigureEngine(place.Store).ScopeAsync(place.Town, Period.Year(2018)))!;
        var rate = (await new FigureEngine(place.Store).ComputeAsync(scope, [place.Catalog.Indicators["dispute_success_rate"]]))[0];

        var csv = await writer.GetAsync($"/figures?ledger=dispute&area=&by=quarter&{Year}&format=csv");

        // The mark of its encoding is read away with it.
        Assert.StartsWith("代码,指标,单位,合计,同比,环比,", csv.Text.TrimStart('\uFEFF'), StringComparison.Ordinal);
        var line = csv.Text.Split("\r\n").Single(l => l.StartsWith("dispute_success_rate,", StringComparison.Ordinal)).Split(',');
        Assert.Equal(("矛盾纠纷调处成功率", FigureWords.Number(rate)), (line[1], line[3]));
        Assert.NotEqual(rate.Value!.Value, decimal.Parse(line[3], CultureInfo.InvariantCulture));
        Assert.Equal(6 + 4, line.Length);

        // Records behind a figure: units and people by what they are called.
        var members = (await writer.GetAsync($"/figures/party_members?{Year}&format=csv")).Text.TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("台账,编号,日期,单位,单位代码,记录,计入", members[0]);
        Assert.All(members.Skip(1), m => Assert.Matches(@"^党员[^,]*,\d+,[0-9-]+,[^,]*\p{IsCJKUnifiedIdeographs}[^,]*,\w+,[^,#]*\*[^,#]*,1$", m));
    }

    [Fact]
    public async Task By_unit_the_kind_that_holds_most_stands_first_and_every_row_adds_up()
    {
        var site = await demo.SiteAsync();
        using var writer = await site.SignedInAsync("wenmi");
        foreach (var area in (string[])["干部", "平安建设", "党建", "机构编制"])
        {
            var lines = (await writer.GetAsync($"/figures?area={Uri.EscapeDataString(area)}&by=unit&{Year}&format=csv")).Text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(l => l.Split(',')).ToList();
            var adding = lines.Where(l => l[^1] != FigureWords.None && decimal.Parse(l[3], CultureInfo.InvariantCulture) != 0).ToList();
            Assert.All(adding, l => Assert.Equal(Number(l[3]), l.Skip(6).Sum(Number)));
            Assert.True(adding.Count == 0 || adding.Exists(l => l.Skip(6).SkipLast(1).Any(c => Number(c) != 0)), area);
        }

        static decimal Number(string text) => text == FigureWords.None ? 0 : decimal.Parse(text, CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task Who_does_not_read_a_ledger_finds_none_of_its_figures()
    {
        var site = await demo.SiteAsync();
        using var cadre = await site.SignedInAsync("village_cadre");

        Assert.Equal(HttpStatusCode.NotFound, (await cadre.GetAsync($"/figures/petitions?{Year}")).Status);
        Assert.DoesNotContain("/figures/petitions", (await cadre.GetAsync($"/figures?area=&q=petition&{Year}")).Text);
        // Its own address stands in the page as the way back; no figure of the unit does.
        Assert.DoesNotContain("unit=mouzhen#", (await cadre.GetAsync($"/figures/disputes?{Year}&unit=mouzhen")).Text);
    }

    [Fact]
    public async Task Records_kept_from_a_visitor_are_counted_and_not_listed()
    {
        var site = await demo.SiteAsync();
        using var writer = await site.SignedInAsync("wenmi");
        using var justice = await site.SignedInAsync("justice_office");
        const string all = "/figures/petitions?from=2016-01-01&to=2018-12-31";

        var (kept, whole) = (await writer.GetAsync(all), await justice.GetAsync(all));

        Assert.Equal(Value().Match(whole.Text).Groups[1].Value, Value().Match(kept.Text).Groups[1].Value);
        var lines = (await writer.GetAsync($"{all}&format=csv")).Text.Split("\r\n").Length;
        Assert.True(lines < (await justice.GetAsync($"{all}&format=csv")).Text.Split("\r\n").Length);
    }

    [Fact]
    public async Task Pages_of_records_say_each_once_and_the_hostile_address_is_a_page()
    {
        var site = await demo.SiteAsync();
        using var writer = await site.SignedInAsync("wenmi");
        const string figure = "/figures/disputes?from=2018-01-01&to=2018-12-31";

        var found = new List<string>();
        for (var skip = 0; skip < 75; skip += 25)
        {
            found.AddRange(Row().Matches((await writer.GetAsync($"{figure}&skip={skip}")).Text).Select(m => m.Groups[1].Value));
        }

        Assert.True(found.Count > 25);
        Assert.Equal(found.Count, found.Distinct().Count());
        Assert.Equal(found.Count.ToString(CultureInfo.InvariantCulture), Value().Match((await writer.GetAsync(figure)).Text).Groups[1].Value);
        foreach (var hostile in new[] { "from=0001-01-01&to=9999-12-31", "skip=-5", "skip=2000000000", "by=unit&kind=nothing", "by=<script>", "unit='--" })
        {
            Assert.Equal(HttpStatusCode.OK, (await writer.GetAsync($"/figures?{hostile}")).Status);
            Assert.Equal(HttpStatusCode.OK, (await writer.GetAsync($"/figures/disputes?{hostile}")).Status);
        }
    }

    [Fact]
    public async Task The_units_of_a_day_stand_with_signboards_and_posts_and_one_given_up_with_its_successor()
    {
        var site = await demo.SiteAsync();
        using var writer = await site.SignedInAsync("wenmi");

        var now = await writer.GetAsync("/units?on=2018-12-31");
        Assert.Contains("农村养老服务中心", now.Read);
        Assert.Contains("href=\"/figures/staff_admin?from=2018-01-01&to=2018-12-31&unit=mouzhen#records\"", now.Read);
        Assert.Contains("id=\"gone\"", now.Text);
        var before = await writer.GetAsync("/units?on=2005-12-31");
        Assert.DoesNotContain("id=\"gone\"", before.Text);
        Assert.DoesNotContain("农村养老服务中心", before.Read);
    }

    [Fact]
    public async Task The_desk_offers_each_their_own_steps_and_ledgers()
    {
        var site = await demo.SiteAsync();
        using var justice = await site.SignedInAsync("justice_office");
        using var writer = await site.SignedInAsync("wenmi");
        using var administrator = await site.SignedInAsync("system_admin");

        var desk = await justice.GetAsync("/");
        Assert.Contains("href=\"/ledgers/dispute/new\"", desk.Text);
        Assert.Matches("href=\"/ledgers/dispute/\\d+/steps/", desk.Text);
        Assert.DoesNotContain("/ledgers/service_case/", desk.Text);
        var reading = await writer.GetAsync("/");
        Assert.DoesNotContain("/new\"", reading.Text);
        Assert.DoesNotMatch("/steps/", reading.Text);
        Assert.Contains("class=\"spark\"", reading.Text);
        Assert.Equal("/admin", (await administrator.GetAsync("/")).To);
    }

    [GeneratedRegex("<td><a href=\"/ledgers/dispute/(\\d+)\">")]
    private static partial Regex Row();

    [GeneratedRegex("<data value=\"([0-9.]+)\">")]
    private static partial Regex Value();
}
