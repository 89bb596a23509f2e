using System.Net;
using System.Text.RegularExpressions;
using OtpNet;
using Shizhang.IntegrationTests.Cli;
using Shizhang.Storage.Accounts;
using Shizhang.Storage.Journal;

namespace Shizhang.IntegrationTests.Web;

/// <summary>The three administrators at work: accounts, tokens, sessions, journal and verification; each only what is theirs.</summary>
[Collection(DemoCollection.Name)]
public partial class AdministrationTests(DemoSite site) : IClassFixture<DemoSite>
{
    private static readonly string[] OfSecurity = ["/admin/accounts", "/admin/accounts/wenmi", "/admin/tokens", "/admin/sessions"];
    private static readonly string[] OfSystem = ["/admin/system"];
    private static readonly string[] OfAudit = ["/admin/journal", "/admin/verify"];
    private static readonly string[] OfBusiness = ["/admin/deadlines", "/admin/calendar", "/burden"];
    private static readonly string[] OfAll = ["/admin", "/admin/roles", "/account"];

    [Fact]
    public async Task Each_administrator_opens_what_is_theirs_and_no_business()
    {
        foreach (var (name, may) in new[]
        {
            ("security_admin", OfSecurity), ("system_admin", OfSystem.Concat(OfBusiness)), ("audit_admin", OfAudit), ("wenmi", OfBusiness),
        })
        {
            var browser = await site.BrowserAsync(name);
            foreach (var address in OfSecurity.Concat(OfSystem).Concat(OfAudit).Concat(OfBusiness).Concat(OfAll))
            {
                var expected = may.Contains(address) || OfAll.Contains(address) ? HttpStatusCode.OK : HttpStatusCode.Forbidden;
                Assert.Equal((name, address, expected), (name, address, (await browser.GetAsync(address, TestContext.Current.CancellationToken)).StatusCode));
            }
        }
    }

    [Fact]
    public async Task Each_section_begins_with_its_name_what_it_is_for_and_the_others()
    {
        foreach (var (account, addresses) in new (string, IEnumerable<string>)[] { ("security_admin", ["/admin/accounts", "/admin/tokens/", "/admin/sessions", "/Admin/roles"]), ("system_admin", OfSystem.Concat(OfBusiness)), ("audit_admin", OfAudit) })
        {
            var browser = await site.BrowserAsync(account);
            var index = await browser.GetStringAsync("/admin", TestContext.Current.CancellationToken);
            foreach (var address in addresses)
            {
                var page = await browser.GetStringAsync(address, TestContext.Current.CancellationToken);
                var section = Regex.Match(index, $@"<a href=""{address.TrimEnd('/')}"">(.+?)</a></dt><dd>(.+?)</dd>", RegexOptions.IgnoreCase);
                Assert.True(section.Success, address);
                Assert.Contains($"<title>{section.Groups[1].Value} ·", page);
                Assert.Contains($"<h1>{section.Groups[1].Value}</h1><p class=\"muted\">{section.Groups[2].Value}</p>", page);
                Assert.Equal(1, Regex.Count(page, "<h1>"));
                Assert.Equal(1, Regex.Count(page, "<nav class=\"tabs\""));
            }
        }
    }

    [Fact]
    public async Task The_roles_say_at_which_units_they_are_held_by_the_names_of_their_kinds()
    {
        var browser = await site.BrowserAsync("security_admin");
        var row = Regex.Match(await browser.GetStringAsync("/admin/roles", TestContext.Current.CancellationToken), @"<a href=""#village_cadre"">.*?</tr>", RegexOptions.Singleline).Value;
        Assert.Contains("<td>村</td>", row);
        Assert.DoesNotContain("village<", row);
    }

    [Fact]
    public async Task An_account_is_made_given_roles_reset_and_disabled_and_each_is_journalled()
    {
        var security = await site.BrowserAsync("security_admin");
        await DemoSite.PostAsync(security, "/admin/accounts", ("name", "zhang.san"), ("display", "张三"), ("role", "justice_office"), ("unit", DemoFixture.Town));
        var password = PasswordIn(await security.GetStringAsync("/admin/accounts", TestContext.Current.CancellationToken));

        // The password was shown once, opens the door once, and must be changed first.
        Assert.DoesNotContain(password, await security.GetStringAsync("/admin/accounts", TestContext.Current.CancellationToken));
        var browser = await site.BrowserAsync("zhang.san", password);
        Assert.Equal("/password", (await browser.GetAsync("/ledgers", TestContext.Current.CancellationToken)).Headers.Location!.OriginalString);

        var mixed = await DemoSite.PostAsync(security, "/admin/accounts/zhang.san?handler=Give", ("role", "audit_admin"), ("unit", DemoFixture.Town));
        await DemoSite.PostAsync(security, "/admin/accounts/zhang.san?handler=Give", ("role", "village_cadre"), ("unit", "village_1"));
        await DemoSite.PostAsync(security, "/admin/accounts/zhang.san?handler=Disable");
        var archive = new AccountArchive(site.Place.Store);
        var account = (await archive.FindAsync(site.Place.Town, "zhang.san"))!;

        Assert.Equal(HttpStatusCode.OK, mixed.StatusCode);
        Assert.Equal(["justice_office@" + DemoFixture.Town, "village_cadre@village_1"], account.Grants.Select(g => $"{g.Role}@{g.Unit}").Order(StringComparer.Ordinal));
        Assert.True(account.IsDisabled);
        Assert.Equal(HttpStatusCode.Redirect, (await browser.GetAsync("/password", TestContext.Current.CancellationToken)).StatusCode);
        var lines = await new JournalSearch(site.Place.Store.Database).FindAsync(site.Place.Town, new JournalQuery { Actor = "security_admin", Act = Acts.Account });
        Assert.Equal(3, lines.Count);
    }

    [Theory]
    [InlineData("village_cadre", DemoFixture.Town, "只能在村担任")]
    [InlineData("leader", "no_such_unit", "no_such_unit")]
    public async Task A_role_is_given_only_at_a_unit_that_is_there_and_of_its_kind(string role, string unit, string said)
    {
        var security = await site.BrowserAsync("security_admin");
        await DemoSite.PostAsync(security, "/admin/tokens", ("name", "越权"), ("role", role), ("unit", unit), ("days", "30"));
        Assert.DoesNotContain((await new TokenArchive(site.Place.Store).ListAsync(site.Place.Town)), t => t.Name == "越权");

        var refused = await DemoSite.PostAsync(security, "/admin/accounts/wenmi?handler=Give", ("role", role), ("unit", unit));
        Assert.Contains(said, WebUtility.HtmlDecode(await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
        Assert.DoesNotContain((await new AccountArchive(site.Place.Store).FindAsync(site.Place.Town, "wenmi"))!.Grants, g => g.Role == role);
    }

    [Fact]
    public async Task A_program_whose_unit_is_not_there_reads_nothing()
    {
        var program = await site.ProgramAsync("leader", "no_such_unit");

        Assert.Equal(HttpStatusCode.Forbidden, (await program.GetAsync("/api/figures?code=disputes", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await program.GetAsync("/odata/dispute", TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task The_last_security_administrator_stays()
    {
        var security = await site.BrowserAsync("security_admin");
        await DemoSite.PostAsync(security, "/admin/accounts/security_admin?handler=Disable");

        Assert.False((await new AccountArchive(site.Place.Store).FindAsync(site.Place.Town, "security_admin"))!.IsDisabled);
    }

    [Fact]
    public async Task A_token_made_on_the_page_opens_the_api_until_it_is_ended()
    {
        var security = await site.BrowserAsync("security_admin");
        await DemoSite.PostAsync(security, "/admin/tokens", ("name", "报表"), ("role", "justice_office"), ("unit", DemoFixture.Town), ("days", "30"));
        var secret = Secret().Match(await security.GetStringAsync("/admin/tokens", TestContext.Current.CancellationToken)).Value;
        var program = site.Nobody();
        program.DefaultRequestHeaders.Authorization = new System.Net.Http.Headers.AuthenticationHeaderValue("Bearer", secret);
        await DemoSite.GetAsync(program, "/api/ledgers");

        await DemoSite.PostAsync(security, "/admin/tokens?handler=End", ("name", "报表"));

        Assert.Equal(HttpStatusCode.Unauthorized, (await program.GetAsync("/api/ledgers", TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task Sessions_are_ended_by_their_owner_and_by_security()
    {
        var (first, second) = (await site.BrowserAsync("leader"), await site.BrowserAsync("leader"));
        await DemoSite.PostAsync(first, "/account?handler=EndOthers");
        Assert.Equal(HttpStatusCode.Redirect, (await second.GetAsync("/account", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await first.GetAsync("/account", TestContext.Current.CancellationToken)).StatusCode);

        var security = await site.BrowserAsync("security_admin");
        var page = await security.GetStringAsync("/admin/sessions", TestContext.Current.CancellationToken);
        var row = page.Split("<tr>").Single(r => r.Contains("<td>leader</td>", StringComparison.Ordinal));
        await DemoSite.PostAsync(security, "/admin/sessions?handler=End", ("mark", Mark().Match(row).Groups[1].Value));
        Assert.Equal(HttpStatusCode.Redirect, (await first.GetAsync("/account", TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task One_time_codes_are_turned_on_and_off_only_with_a_code()
    {
        var mayor = await site.BrowserAsync("mayor");
        var page = await mayor.GetStringAsync("/account", TestContext.Current.CancellationToken);
        var key = NewKey().Match(page).Groups[1].Value;

        // What a telephone reads off the picture is the key of the form beside it.
        var picture = Regex.Match(page, @"<svg class=""qr"".*?</svg>", RegexOptions.Singleline).Value;
        Assert.Equal($"otpauth://totp/{Uri.EscapeDataString("实账")}:mayor?secret={key}&issuer={Uri.EscapeDataString("实账")}", QrReader.Read(picture));
        Assert.DoesNotContain("style=", picture);
        var credentials = new CredentialArchive(site.Place.Store);
        async Task<bool> IsOnAsync() => (await credentials.FindAsync(site.Place.Town, "mayor"))!.TotpKey is not null;
        string Code() => new Totp(Base32Encoding.ToBytes(key)).ComputeTotp();

        await DemoSite.PostAsync(mayor, "/account?handler=TotpOn", ("key", key), ("code", "000000"));
        Assert.False(await IsOnAsync());
        await DemoSite.PostAsync(mayor, "/account?handler=TotpOn", ("key", key), ("code", Code()));
        Assert.True(await IsOnAsync());
        await DemoSite.PostAsync(mayor, "/account?handler=TotpOff", ("code", "000000"));
        Assert.True(await IsOnAsync());
        await DemoSite.PostAsync(mayor, "/account?handler=TotpOff", ("code", Code()));
        Assert.False(await IsOnAsync());
    }

    [Fact]
    public async Task The_journal_is_found_by_what_is_asked_and_pages_meet_each_line_once()
    {
        var search = new JournalSearch(site.Place.Store.Database);
        var asked = new JournalQuery { Act = Acts.AnyStep, Ledger = "dispute", From = new DateOnly(2017, 1, 1), To = new DateOnly(2017, 12, 31), Most = 7 };
        var all = (await search.FindAsync(site.Place.Town, asked with { Most = 100_000 })).ConvertAll(l => l.Line);
        var paged = new List<JournalLine>();
        for (var page = await search.FindAsync(site.Place.Town, asked); ; page = await search.FindAsync(site.Place.Town, asked with { Before = paged[^1].Seq }))
        {
            paged.AddRange(page.Take(7).Select(l => l.Line));
            if (page.Count <= 7)
            {
                break;
            }
        }

        Assert.True(all.Count > 14);
        Assert.Equal(all.Select(l => l.Seq), paged.Select(l => l.Seq));
        Assert.All(all, l => Assert.True(Acts.StepOf(l.Act) is not null && l.Ledger == "dispute" && l.Time.Year is 2016 or 2017));
        var auditor = await site.BrowserAsync("audit_admin");
        Assert.Contains($"#{all[0].Record}", await auditor.GetStringAsync($"/admin/journal?act=step&book=dispute&record={all[0].Record}", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Verification_runs_from_the_page_and_says_what_it_found()
    {
        var auditor = await site.BrowserAsync("audit_admin");
        await DemoSite.PostAsync(auditor, "/admin/verify");
        var page = "";
        for (var i = 0; i < 60 && !page.Contains("state done", StringComparison.Ordinal); i++)
        {
            await Task.Delay(500, TestContext.Current.CancellationToken);
            page = await auditor.GetStringAsync("/admin/verify", TestContext.Current.CancellationToken);
        }

        Assert.Contains("state done", page);
    }

    private static string PasswordIn(string page) => Password().Match(page).Value;

    [GeneratedRegex("[A-Z]{2}-[a-z]{4}-[0-9]{4}")]
    private static partial Regex Password();

    [GeneratedRegex("sz_[0-9a-f]{48}")]
    private static partial Regex Secret();

    [GeneratedRegex("name=\"mark\" value=\"([0-9a-f]+)\"")]
    private static partial Regex Mark();

    [GeneratedRegex("name=\"key\" value=\"([A-Z2-7]+)\"")]
    private static partial Regex NewKey();
}
