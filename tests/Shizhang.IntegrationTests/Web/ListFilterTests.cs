using System.Net;
using System.Text.RegularExpressions;
using Shizhang.App.Features.Records;
using Shizhang.IntegrationTests.Cli;

namespace Shizhang.IntegrationTests.Web;

/// <summary>The boxes above a list: each kind of field has one, what they say is the filter of the address, and that fills them again.</summary>
[Collection(DemoCollection.Name)]
public class ListFilterTests(DemoFixture demo)
{
    [Theory]
    [InlineData("economy_station", "subsidy", "w.fund=其他", "fund eq '其他'")]
    [InlineData("economy_station", "subsidy", "w.approved.from=100.5&w.approved.to=900", "approved ge 100.5 and approved le 900")]
    [InlineData("economy_station", "subsidy", "w.paid_on.from=2017-03-01&w.paid_on.to=2018-05-03", "paid_on ge 2017-03-01 and paid_on le 2018-05-03")]
    [InlineData("economy_station", "subsidy", "w.year.from=2017", "year ge 2017")]
    [InlineData("economy_station", "subsidy", "w.village=village_1", "village eq 'village_1'")]
    [InlineData("economy_station", "subsidy", "w.person=%2312", "person eq 12")]
    [InlineData("economy_station", "subsidy", "w.person=%2312 %2313", "person in (12,13)")]
    [InlineData("justice_office", "dispute", "w._state=登记&w.volume=协议书&w.old_case=false", "_state eq '登记' and volume/any(v: v eq '协议书') and old_case eq false")]
    [InlineData("justice_office", "dispute", "w.volume_number=a'b", "contains(volume_number, 'a''b')")]
    public async Task What_the_boxes_say_is_the_filter_and_fills_them_again(string account, string ledger, string asked, string filter)
    {
        var site = await demo.SiteAsync();
        using var visitor = await site.SignedInAsync(account);
        var answer = await visitor.GetAsync($"/ledgers/{ledger}?all=true&{asked}");
        Assert.Equal(HttpStatusCode.Found, answer.Status);
        var query = System.Web.HttpUtility.ParseQueryString(new Uri(new Uri(site.Address), answer.To!).Query);
        Assert.Equal(filter.Split(" and ").Order(), query["filter"]!.Split(" and ").Order());
        var page = await visitor.GetAsync(answer.To!);
        Assert.DoesNotContain("role=\"alert\"", page.Text);
        foreach (var pair in asked.Split('&').Select(p => Uri.UnescapeDataString(p).Split('=', 2)))
        {
            Assert.Equal(pair[1], Filled(page.Read, pair[0]));
        }
    }

    [Fact]
    public async Task A_name_typed_for_a_reference_is_looked_up()
    {
        var site = await demo.SiteAsync();
        using var visitor = await site.SignedInAsync("justice_office");
        var none = await visitor.GetAsync("/ledgers/dispute?w.lead=没有这个人");
        Assert.Contains("role=\"alert\"", none.Text);
        Assert.Equal("没有这个人", Filled(none.Read, "w.lead"));
        var unit = site.Place.Catalog.Ledgers["dispute"];
        using var office = await site.SignedInAsync("party_government_office");
        var people = (await office.GetAsync("/ledgers/person/find?q=张")).Text;
        Assert.Matches("#\\d+", people);
        var found = await office.GetAsync($"/ledgers/{unit.Code}?w.lead={Uri.EscapeDataString("张")}");
        Assert.Equal(HttpStatusCode.Found, found.Status);
        Assert.Contains(Regex.Match(people, "#(\\d+)").Groups[1].Value, Uri.UnescapeDataString(found.To!));
    }

    [Fact]
    public async Task A_filter_that_says_more_stays_in_words_and_a_wrong_value_is_said()
    {
        var site = await demo.SiteAsync();
        using var visitor = await site.SignedInAsync("economy_station");
        var more = await visitor.GetAsync("/ledgers/subsidy?all=true&filter=" + Uri.EscapeDataString("fund eq '其他' or year ge 2018"));
        Assert.Equal("", Filled(more.Read, "w.year.from"));
        Assert.Contains("value=\"fund eq '其他' or year ge 2018\"", more.Read);
        var wrong = await visitor.GetAsync("/ledgers/subsidy?w.year.from=abc");
        Assert.Contains("role=\"alert\">年度：", wrong.Read);
        Assert.Equal("abc", Filled(wrong.Read, "w.year.from"));
    }

    [Fact]
    public async Task Every_field_of_the_kinds_has_a_box_but_the_personal_ones()
    {
        var site = await demo.SiteAsync();
        using var visitor = await site.SignedInAsync("party_government_office");
        foreach (var ledger in site.Catalog.Ledgers.Values)
        {
            var page = await visitor.GetAsync($"/ledgers/{ledger.Code}");
            foreach (var field in ledger.Fields.Where(f => f.Type.Code is "choice" or "choices" or "text" or "yes_no" or "unit" or "record" or "date" or "integer" or "decimal" or "money"))
            {
                var box = $"name=\"{ListFilter.NameOf(ListFilter.IsSpan(field) ? ListFilter.FromOf(field) : field.Code)}\"";
                Assert.True(page.Text.Contains(box, StringComparison.Ordinal) == !field.Personal, $"{ledger.Code}: {box}");
            }
        }
    }

    [Theory]
    [InlineData("zz eq 1", "没有“zz”这个字段")]
    [InlineData("visits/any(v: v/zz eq 1)", "没有“zz”这个字段")]
    [InlineData("zz(kind) eq 1", "没有“zz”这个函数")]
    [InlineData("people eq 'three'", "不是一类")]
    [InlineData("contains(people,'a')", "不是一类")]
    [InlineData("kind eq", "个字符附近写法不对")]
    [InlineData("kind eq 'a", "个字符附近写法不对")]
    [InlineData("(people gt 1", "个字符附近写法不对")]
    [InlineData("people gt 1; DROP TABLE dispute", "写法不对")]
    [InlineData("received_on ge 2018-02-30", "。|写法不对|不是一类")]
    public async Task What_is_wrong_with_a_filter_is_said_in_our_words(string filter, string said)
    {
        var site = await demo.SiteAsync();
        using var visitor = await site.SignedInAsync("justice_office");
        var page = await visitor.GetAsync("/ledgers/dispute?filter=" + Uri.EscapeDataString(filter));
        var sentence = Regex.Match(page.Read, "role=\"alert\">([^<]*)<").Groups[1].Value;
        Assert.Matches(said, sentence);
        Assert.DoesNotMatch("(?i)edm|shizhang|position|found|expected|operator", sentence);
        await visitor.GetAsync("/language/en");
        sentence = Regex.Match((await visitor.GetAsync("/ledgers/dispute?filter=" + Uri.EscapeDataString(filter))).Read, "role=\"alert\">([^<]*)<").Groups[1].Value;
        Assert.DoesNotMatch("[\u4e00-\u9fff]|(?i)edm|shizhang\\.", sentence.Replace(filter, "", StringComparison.Ordinal));
    }

    private static string? Filled(string html, string name)
    {
        var at = Regex.Escape(name);
        return Regex.Match(html, $"<input[^>]* name=\"{at}\"[^>]*value=\"([^\"]*)\"") is { Success: true } input ? input.Groups[1].Value
            : Regex.Match(html, $"<select name=\"{at}\">(.*?)</select>", RegexOptions.Singleline) is { Success: true } select ? Regex.Match(select.Groups[1].Value, "value=\"([^\"]*)\" selected").Groups[1].Value
            : null;
    }
}
