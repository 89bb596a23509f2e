using System.Net;
using System.Text.RegularExpressions;
using Shizhang.App.Access;
using Shizhang.App.Features.Alerts;
using Shizhang.Core.Records;
using Shizhang.IntegrationTests.Cli;
using Shizhang.Storage.Accounts;
using Shizhang.Storage.Records;

namespace Shizhang.IntegrationTests.Web;

/// <summary>The room of alerts: what the rules find for a visitor, now and on a past day, and setting one aside.</summary>
[Collection(DemoCollection.Name)]
public class AlertPageTests(DemoFixture demo)
{
    private static readonly DateOnly Day = new(2018, 12, 31);

    [Fact]
    public async Task Everybody_gets_the_alerts_of_what_they_read_at_their_units_and_no_other()
    {
        var site = await demo.SiteAsync();
        var all = (await AlertList.RunAsync(site.Place, null, null, null, Day)).Alerts;
        Assert.NotEmpty(all);
        foreach (var account in await new AccountArchive(site.Place.Store).ListAsync(DemoFixture.Town))
        {
            var access = await Accounts.RulesAsync(site.Place, account);
            var unit = account.Grants[0].Unit;
            var seen = (await AlertList.RunAsync(site.Place, unit, null, access, Day)).Alerts;
            Assert.All(seen, a => Assert.True(access.Reads(a.Ledger) && access.Units(a.Ledger)?.Contains(a.Unit) is not false, $"{account.Name} {a.Rule.Code} {a.Unit}"));
            if (unit == DemoFixture.Town)
            {
                Assert.Equal(all.Where(a => access.Reads(a.Ledger) && a.Rule.Indicators.All(access.Reads)).Select(a => a.Id).Order(), seen.Select(a => a.Id).Order());
            }
        }
    }

    [Fact]
    public async Task An_accusation_that_is_overdue_is_an_alert_only_for_those_who_may_know()
    {
        await using var site = await Site.OpenAsync(demo.CopyFolder());
        var ledger = site.Catalog.Ledgers["petition"];
        var inputs = new Dictionary<string, object?>
        {
            ["unit"] = "village_2", ["received_on"] = "2018-11-01", ["form"] = "来信", ["kind"] = ledger.Conceal!.Is[0], ["people"] = "1", ["subject"] = "某某挪用款项", ["accused_unit"] = "village_2",
        };
        var written = Assert.IsType<Written>(await site.Place.Store.WriteAsync(DemoFixture.Town, new Actor("justice_office"), new CreateRecord(ledger, RecordReader.Read(ledger, inputs).Values!, ledger.Workflow!.Start)));
        Assert.Contains((await AlertList.RunAsync(site.Place, null, null, null, Day)).Alerts, a => a.Ledger == ledger && a.Record == written.Id);
        foreach (var account in await new AccountArchive(site.Place.Store).ListAsync(DemoFixture.Town))
        {
            var access = await Accounts.RulesAsync(site.Place, account);
            var isTold = (await AlertList.RunAsync(site.Place, account.Grants[0].Unit, null, access, Day)).Alerts.Any(a => a.Ledger == ledger && a.Record == written.Id);
            Assert.Equal(access.Reads(ledger) && ledger.Conceal!.Only.Contains(account.Grants[0].Role), isTold);
        }
    }

    [Fact]
    public async Task The_page_groups_filters_and_looks_back()
    {
        var site = await demo.SiteAsync();
        using var visitor = await site.SignedInAsync("party_secretary");
        var (access, _) = await Accounts.FindAsync(site.Place, "party_secretary");
        var now = (await AlertList.RunAsync(site.Place, null, null, access, Day)).Alerts;
        foreach (var by in (string[])["rule", "unit", "ledger"])
        {
            Assert.Equal(now.Count, await CountAsync($"?by={by}"));
        }

        Assert.Equal(now.Count(a => a.Due < Day), await CountAsync("?show=overdue"));
        Assert.Equal(now.Count(a => a.Due >= Day), await CountAsync("?show=due"));
        Assert.Equal(now.Count(a => a.Due is null), await CountAsync("?show=other"));

        var then = (await AlertList.RunAsync(site.Place, null, "2018-10-01", access)).Alerts;
        Assert.NotEqual(now.Select(a => a.Id), then.Select(a => a.Id));
        Assert.Equal(then.Count, await CountAsync("?on=2018-10-01"));
        Assert.Contains("昨天", (await visitor.GetAsync("/alerts?on=" + Uri.EscapeDataString("昨天"))).Read);

        // What the workbench counts is what the page it leads to shows.
        using var justice = await site.SignedInAsync("justice_office");
        var desk = (await justice.GetAsync("/")).Text;
        foreach (var (section, show) in ((string, string)[])[("mine", "mine"), ("alerts", "others")])
        {
            var said = int.Parse(Regex.Match(desk, $@"<h2 id=""{section}"">[^<]* <span class=""muted"">(\d+)</span>").Groups[1].Value);
            Assert.True(said > 0, section);
            Assert.Equal(said, Regex.Matches((await justice.GetAsync($"/alerts?show={show}")).Text, @"<h2>[^<]* <span class=""muted"">(\d+)</span></h2>").Sum(m => int.Parse(m.Groups[1].Value)));
        }

        Assert.Contains("href=\"/alerts?show=others\"", desk);

        async Task<int> CountAsync(string query) => Regex.Matches((await visitor.GetAsync("/alerts" + query)).Text, @"<h2>[^<]* <span class=""muted"">(\d+)</span></h2>").Sum(m => int.Parse(m.Groups[1].Value));
    }

    [Fact]
    public async Task One_is_set_aside_with_a_reason_until_a_day_by_those_who_answer_for_it()
    {
        await using var site = await Site.OpenAsync(demo.CopyFolder());
        using var visitor = await site.SignedInAsync("supervision_office");
        var (access, _) = await Accounts.FindAsync(site.Place, "supervision_office");
        var alert = (await AlertList.RunAsync(site.Place, null, null, access, Day)).Alerts.First(a => a.Ledger.Code == "finding");
        var path = $"/alerts/{alert.Id}/aside";
        Assert.Contains(path, (await visitor.GetAsync("/alerts")).Text);

        var past = await visitor.PostAsync(path, [("Until", "2018-12-30"), ("Reason", "等县里答复")]);
        Assert.Equal(HttpStatusCode.OK, past.Status);
        Assert.Contains("2018-12-30 已过", past.Read);
        Assert.Contains("等县里答复", past.Read);
        Assert.Contains("role=\"alert\"", (await visitor.PostAsync(path, [("Until", "2019-01-31"), ("Reason", " ")])).Text);
        Assert.Equal(HttpStatusCode.Found, (await visitor.PostAsync(path, [("Until", "2019-01-31"), ("Reason", "等县里答复")])).Status);

        Assert.DoesNotContain(path, (await visitor.GetAsync("/alerts")).Text);
        var aside = (await visitor.GetAsync("/alerts?show=aside")).Read;
        Assert.Contains("搁置到2019-01-31", aside);
        Assert.Contains("等县里答复", aside);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync("/alerts/0000000000/aside")).Status);

        using var reader = await site.SignedInAsync("county_viewer");
        var other = (await AlertList.RunAsync(site.Place, null, null, (await Accounts.FindAsync(site.Place, "county_viewer")).Access, Day)).Alerts.FirstOrDefault(a => a.AsideUntil is null);
        if (other is not null)
        {
            var denied = await reader.PostAsync($"/alerts/{other.Id}/aside", [("Until", "2019-01-31"), ("Reason", "不想看")]);
            Assert.Contains("role=\"alert\"", denied.Text);
        }

        var command = await Shell.ShizhangAsync("alerts", "aside", alert.Id, "--until", "2018-09-30", "--reason", "x", "--as-of", "2018-12-31", "--as", "supervision_office", "--data", site.Place.Address.Folder);
        Assert.Equal(2, command.Code);
        Assert.Contains("2018-09-30", command.Errors);
    }
}
