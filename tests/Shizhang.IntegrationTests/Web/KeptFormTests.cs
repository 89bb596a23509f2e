using System.Net;
using System.Text;
using Shizhang.IntegrationTests.Cli;
using Shizhang.Storage.Records;

namespace Shizhang.IntegrationTests.Web;

/// <summary>Nothing typed is lost: not to a time-out, a token that no longer fits, a refusal or somebody else's change.</summary>
[Collection(DemoCollection.Name)]
public sealed class KeptFormTests(DemoFixture demo) : IAsyncLifetime
{
    private const string Typed = "赵某与钱某争地界三米有余";
    private readonly string _folder = demo.CopyFolder();
    private Site _site = null!;

    private static readonly (string, string)[] Dispute = [("village", "village_1"), ("received_on", "2018-11-01"), ("kind", "邻里"), ("parties", Typed), ("people", "7")];

    public async ValueTask InitializeAsync() => _site = await Site.OpenAsync(_folder);

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task A_form_sent_after_the_session_ended_comes_back_after_signing_in()
    {
        using var visitor = await _site.SignedInAsync("village_cadre");
        var page = await visitor.GetAsync("/ledgers/dispute/new");
        _site.Clock.Ahead += TimeSpan.FromMinutes(31);

        var late = await visitor.PostAsync("/ledgers/dispute/new", Dispute, token: false);

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("/sign-in?back=", late.To);
        await NowhereInClearAsync();
        var again = await visitor.TrySignInAsync("village_cadre", App.Demo.DemoFolder.Password);
        Assert.Equal("/ledgers/dispute/new", again.To);
        var form = await visitor.GetAsync(again.To!);
        Assert.Contains($"value=\"{Typed}\"", form.Text);
        Assert.Contains("value=\"7\"", form.Text);
        await NowhereInClearAsync();
    }

    [Fact]
    public async Task Somebody_else_who_signs_in_elsewhere_does_not_get_the_form()
    {
        using var visitor = await _site.SignedInAsync("village_cadre");
        _site.Clock.Ahead += TimeSpan.FromMinutes(31);
        await visitor.PostAsync("/ledgers/dispute/new", Dispute, token: false);

        using var other = await _site.SignedInAsync("justice_office");
        Assert.DoesNotContain(Typed, (await other.GetAsync("/ledgers/dispute/new")).Read);
    }

    [Fact]
    public async Task A_form_whose_token_no_longer_fits_comes_back_as_it_was_filled()
    {
        using var visitor = await _site.SignedInAsync("village_cadre");

        var refused = await visitor.PostAsync("/ledgers/dispute/new", [.. Dispute, ("__RequestVerificationToken", "forged")], token: false);

        Assert.Equal((HttpStatusCode.Found, "/ledgers/dispute/new"), (refused.Status, refused.To));
        Assert.Contains($"value=\"{Typed}\"", (await visitor.GetAsync(refused.To!)).Text);
        await NowhereInClearAsync();
    }

    [Fact]
    public async Task Refused_input_comes_back_with_the_sentence_at_its_field_and_goes_when_it_is_written()
    {
        using var visitor = await _site.SignedInAsync("village_cadre");
        var refused = await visitor.PostAsync("/ledgers/dispute/new", [.. Dispute.Where(f => f.Item1 != "people"), ("people", "-3")]);

        Assert.Equal(HttpStatusCode.OK, refused.Status);
        Assert.Contains("id=\"f_people_wrong\"", refused.Text);
        Assert.Contains("aria-describedby=\"f_people_wrong\"", refused.Text);
        Assert.Contains($"value=\"{Typed}\"", refused.Text);
        Assert.Contains($"value=\"{Typed}\"", (await visitor.GetAsync("/ledgers/dispute/new")).Text);
        await NowhereInClearAsync();

        var written = await visitor.PostAsync("/ledgers/dispute/new", Dispute);
        Assert.Equal(HttpStatusCode.Found, written.Status);
        Assert.DoesNotContain(Typed, (await visitor.GetAsync("/ledgers/dispute/new")).Text);
    }

    [Fact]
    public async Task Two_who_amend_the_same_record_see_both_side_by_side_and_nothing_is_overwritten()
    {
        using var one = await _site.SignedInAsync("village_cadre");
        using var two = await _site.SignedInAsync("justice_office");
        var record = (await one.PostAsync("/ledgers/dispute/new", Dispute)).To!;
        var version = Hidden((await one.GetAsync(record + "/edit")).Text);
        (string, string)[] Change(string people) => [("__version", version), .. Dispute.Where(f => f.Item1 is not ("people" or "parties")), ("people", people)];

        var first = await two.PostAsync(record + "/edit", Change("11"));
        var second = await one.PostAsync(record + "/edit", Change("22"));

        Assert.Equal(record, first.To);
        Assert.Equal(HttpStatusCode.OK, second.Status);
        Assert.Contains("class=\"conflict\"", second.Text);
        Assert.Contains("<td>7</td><td>11</td><td>22</td>", second.Text);
        Assert.Contains("name=\"people\" value=\"22\"", second.Text);
        var ledger = _site.Catalog.Ledgers["dispute"];
        var id = long.Parse(record.Split('/')[^1]);
        Assert.Equal(11L, (await new RecordArchive(_site.Place.Store).FindAsync(DemoFixture.Town, ledger, id))!.Values[ledger.Fields["people"]]);

        // Seen both, sent again: now it is written, on the version that stands.
        var settled = await one.PostAsync(record + "/edit", [("__version", Hidden(second.Text)), .. Change("22").Skip(1)]);
        Assert.Equal(record, settled.To);
        Assert.Equal(22L, (await new RecordArchive(_site.Place.Store).FindAsync(DemoFixture.Town, ledger, id))!.Values[ledger.Fields["people"]]);
    }

    [Fact]
    public async Task A_kept_form_is_saved_against_the_version_it_was_typed_on()
    {
        using var one = await _site.SignedInAsync("village_cadre");
        using var two = await _site.SignedInAsync("justice_office");
        var record = (await one.PostAsync("/ledgers/dispute/new", Dispute)).To!;
        var version = Hidden((await one.GetAsync(record + "/edit")).Text);
        (string, string)[] Change(string people) => [("__version", version), .. Dispute.Where(f => f.Item1 != "people"), ("people", people)];
        await one.PostAsync(record + "/edit", Change("-3"));
        await two.PostAsync(record + "/edit", Change("11"));

        var kept = await one.GetAsync(record + "/edit");
        Assert.Contains("没有提交", kept.Read);
        Assert.Contains("value=\"-3\"", kept.Text);
        Assert.Equal(version, Hidden(kept.Text));
        var line = await one.PostAsync(record + "/edit?handler=Line", Change("22"), page: record + "/edit");
        Assert.Equal(version, Hidden(line.Text));

        var saved = await one.PostAsync(record + "/edit", [("__version", Hidden(kept.Text)), .. Change("22").Skip(1)]);
        Assert.Contains("class=\"conflict\"", saved.Text);
        Assert.Contains("<td>7</td><td>11</td><td>22</td>", saved.Text);
        Assert.NotEqual(version, Hidden(saved.Text));
    }

    [Fact]
    public async Task A_step_whose_form_is_older_than_the_record_shows_both_side_by_side()
    {
        using var one = await _site.SignedInAsync("village_cadre");
        using var two = await _site.SignedInAsync("justice_office");
        var record = (await one.PostAsync("/ledgers/dispute/new", Dispute)).To!;
        var step = _site.Catalog.Ledgers["dispute"].Workflow!.From(_site.Catalog.Ledgers["dispute"].Workflow!.Start).First().Name;
        var version = Hidden((await one.GetAsync(record + "/edit")).Text);
        await two.PostAsync(record + "/edit", [("__version", version), .. Dispute.Where(f => f.Item1 != "people"), ("people", "11")]);

        var late = await one.PostAsync($"{record}/steps/{step}", [("__version", version), ("__reason", "催办三次")]);

        Assert.Equal(HttpStatusCode.OK, late.Status);
        Assert.Contains("class=\"conflict\"", late.Text);
        Assert.Contains("<td>7</td><td>11</td>", late.Text);
        var kept = await one.GetAsync($"{record}/steps/{step}");
        Assert.Equal(version, Hidden(kept.Text));
        Assert.Contains("催办三次", kept.Read);
    }

    [Fact]
    public async Task Another_account_in_the_same_browser_gets_neither_the_form_nor_its_address()
    {
        using var visitor = await _site.SignedInAsync("village_cadre");
        _site.Clock.Ahead += TimeSpan.FromMinutes(31);
        await visitor.PostAsync("/ledgers/dispute/new", Dispute, token: false);

        var other = await visitor.TrySignInAsync("security_admin", App.Demo.DemoFolder.Password, "/ledgers/dispute/new");

        Assert.Equal("/", other.To);
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/admin")).Status);
        using var owner = await _site.SignedInAsync("village_cadre");
        Assert.Contains("id=\"drafts\"", (await owner.GetAsync("/")).Text);
        Assert.Contains($"value=\"{Typed}\"", (await owner.GetAsync("/ledgers/dispute/new")).Text);
    }

    [Fact]
    public async Task A_session_whose_cookie_has_run_out_still_says_whose_form_it_was()
    {
        using var visitor = await _site.SignedInAsync("village_cadre");
        _site.Clock.Ahead += TimeSpan.FromHours(15);
        await visitor.PostAsync("/ledgers/dispute/new", Dispute, token: false);

        var again = await visitor.TrySignInAsync("village_cadre", App.Demo.DemoFolder.Password);

        Assert.Contains($"value=\"{Typed}\"", (await visitor.GetAsync(again.To!)).Text);
    }

    [Fact]
    public async Task A_personal_fact_that_is_wrong_goes_when_its_box_is_ticked()
    {
        var ledger = _site.Catalog.Ledgers["dispute"];
        using var visitor = await _site.SignedInAsync("village_cadre");
        var record = (await visitor.PostAsync("/ledgers/dispute/new", Dispute)).To!;
        async Task<object?> SavedAsync(params (string, string)[] more)
        {
            var form = await visitor.GetAsync(record + "/edit");
            Assert.Contains("name=\"__clear\" value=\"parties\"", form.Text);
            var saved = await visitor.PostAsync(record + "/edit", [("__version", Hidden(form.Text)), .. Dispute.Where(f => f.Item1 != "parties"), .. more]);
            Assert.Equal(record, saved.To);
            return (await new RecordArchive(_site.Place.Store).FindAsync(DemoFixture.Town, ledger, long.Parse(record.Split('/')[^1])))!.Values[ledger.Fields["parties"]];
        }

        Assert.Equal(Typed, await SavedAsync(("parties", "")));
        Assert.Equal("孙某", await SavedAsync(("parties", "孙某"), ("__clear", "parties")));
        Assert.Null(await SavedAsync(("parties", ""), ("__clear", "parties")));
        Assert.DoesNotContain("name=\"__clear\"", (await visitor.GetAsync(record + "/edit")).Text);
    }

    private static string Hidden(string text) => System.Text.RegularExpressions.Regex.Match(text, "name=\"__version\" value=\"(\\d+)\"").Groups[1].Value;

    /// <summary>The words typed are in no file of the data: drafts are encrypted.</summary>
    private async Task NowhereInClearAsync()
    {
        var words = Encoding.UTF8.GetBytes(Typed);
        var escaped = Encoding.ASCII.GetBytes(string.Concat(Typed.Take(4).Select(c => $"\\u{(int)c:X4}")));
        foreach (var file in Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories))
        {
            var bytes = await BytesAsync(file);
            Assert.True(bytes.AsSpan().IndexOf(words) < 0 && bytes.AsSpan().IndexOf(escaped) < 0, $"{Path.GetFileName(file)} holds what was typed");
        }
    }

    /// <summary>The bytes of a file of a site at work, which may grow, shrink or go at any time; one that is gone holds nothing.</summary>
    private static async Task<byte[]> BytesAsync(string file)
    {
        try
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var bytes = new MemoryStream();
            await stream.CopyToAsync(bytes, TestContext.Current.CancellationToken);
            return bytes.ToArray();
        }
        catch (FileNotFoundException)
        {
            return [];
        }
    }
}
