using System.Net;
using Shizhang.App.Access;
using Shizhang.App.Demo;
using Shizhang.IntegrationTests.Cli;
using Shizhang.Storage.Accounts;
using Shizhang.Storage.Journal;
using Shizhang.Storage.Records;

namespace Shizhang.IntegrationTests.Web;

/// <summary>Signing in, being locked out, being idle, and what a new password ends.</summary>
[Collection(DemoCollection.Name)]
public sealed class SignInTests(DemoFixture demo) : IAsyncLifetime
{
    private Site _site = null!;

    public async ValueTask InitializeAsync() => _site = await Site.OpenAsync(demo.CopyFolder());

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task Five_wrong_tries_lock_the_account_for_fifteen_minutes_even_for_the_right_password()
    {
        using var visitor = _site.Visitor();
        for (var i = 0; i < SignInWork.MostTries; i++)
        {
            var wrong = await visitor.TrySignInAsync("wenmi", "not-the-one");
            Assert.Equal(HttpStatusCode.OK, wrong.Status);
        }

        Assert.Equal(HttpStatusCode.OK, (await visitor.TrySignInAsync("wenmi", DemoFolder.Password)).Status);
        Assert.Equal(HttpStatusCode.Found, (await visitor.GetAsync("/")).Status);
        _site.Clock.Ahead += TimeSpan.FromMinutes(14);
        Assert.Equal(HttpStatusCode.OK, (await visitor.TrySignInAsync("wenmi", DemoFolder.Password)).Status);
        _site.Clock.Ahead += TimeSpan.FromMinutes(2);
        await visitor.SignInAsync("wenmi");
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/")).Status);
    }

    [Fact]
    public async Task A_name_that_is_not_there_is_told_what_a_wrong_password_is_told()
    {
        using var visitor = _site.Visitor();
        var nobody = await visitor.TrySignInAsync("nobody", "Wrong-1234");
        var somebody = await visitor.TrySignInAsync("mayor", "Wrong-1234");

        Assert.Contains("role=\"alert\"", nobody.Text);
        Assert.Equal(Alert(nobody), Alert(somebody));
    }

    [Fact]
    public async Task A_name_that_is_not_there_and_one_that_is_locked_are_told_and_journalled_the_same()
    {
        var told = new List<string>();
        foreach (var name in (string[])["mayor", "nobody_x"])
        {
            using var visitor = _site.Visitor();
            for (var i = 0; i < SignInWork.MostTries + 2; i++)
            {
                told.Add(Alert(await visitor.TrySignInAsync(name, "Wrong-1234")));
            }
        }

        Assert.Single(told.Distinct());
        var failed = await new JournalSearch(_site.Place.Store.Database).FindAsync(DemoFixture.Town, new JournalQuery { Act = Acts.SignInFailed, Most = 100 });
        Assert.Equal([SignInWork.MostTries + 2, SignInWork.MostTries + 2], failed.GroupBy(f => f.Line.Actor).Select(g => g.Count()));
    }

    [Fact]
    public async Task Thirty_minutes_idle_end_a_session_and_work_keeps_it()
    {
        using var visitor = await _site.SignedInAsync("wenmi");
        foreach (var _ in Enumerable.Range(0, 3))
        {
            _site.Clock.Ahead += TimeSpan.FromMinutes(29);
            Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/ledgers")).Status);
        }

        _site.Clock.Ahead += TimeSpan.FromMinutes(31);
        var late = await visitor.GetAsync("/ledgers");
        Assert.Equal(HttpStatusCode.Found, late.Status);
        Assert.Contains("/sign-in?back=%2Fledgers", late.To);
        Assert.DoesNotContain(await new SessionArchive(_site.Place.Store).ListAsync(DemoFixture.Town), s => s.Account == "wenmi");
    }

    [Fact]
    public async Task A_new_password_ends_every_session_but_the_one_that_set_it()
    {
        using var here = await _site.SignedInAsync("wenmi");
        using var elsewhere = await _site.SignedInAsync("wenmi");

        var changed = await here.PostAsync("/password", [("old", DemoFolder.Password), ("password", "Another-2019"), ("again", "Another-2019")]);

        Assert.Equal((HttpStatusCode.Found, "/"), (changed.Status, changed.To));
        Assert.Equal(HttpStatusCode.OK, (await here.GetAsync("/")).Status);
        Assert.Equal(HttpStatusCode.Found, (await elsewhere.GetAsync("/")).Status);
        Assert.Equal(HttpStatusCode.OK, (await elsewhere.TrySignInAsync("wenmi", DemoFolder.Password)).Status);
        await elsewhere.SignInAsync("wenmi", "Another-2019");
    }

    [Fact]
    public async Task Whoever_was_given_a_password_chooses_their_own_before_anything_else()
    {
        var protection = DataKeys.Of(_site.Place);
        Assert.Null(await new SignInWork(_site.Place, protection, _site.Clock).SetPasswordAsync(new Actor("security_admin"), "leader", "Given-2018", mustChange: true));
        using var visitor = _site.Visitor();
        await visitor.SignInAsync("leader", "Given-2018");
        foreach (var path in (string[])["/", "/ledgers", "/ledgers/dispute", "/ledgers/dispute/find?q=a"])
        {
            Assert.Equal("/password", (await visitor.GetAsync(path)).To);
        }

        var weak = await visitor.PostAsync("/password", [("old", "Given-2018"), ("password", "12345678"), ("again", "12345678")]);
        Assert.Contains("role=\"alert\"", weak.Text);
        Assert.Equal("/", (await visitor.PostAsync("/password", [("old", "Given-2018"), ("password", "My-own-2018"), ("again", "My-own-2018")])).To);
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/ledgers")).Status);
    }

    [Fact]
    public async Task Signing_out_ends_the_session_for_whoever_still_holds_the_cookie()
    {
        using var visitor = await _site.SignedInAsync("wenmi");
        using var copy = _site.Visitor();
        foreach (Cookie cookie in visitor.Cookies.GetAllCookies())
        {
            copy.Cookies.Add(new Cookie(cookie.Name, cookie.Value, "/", "127.0.0.1"));
        }

        Assert.Equal(HttpStatusCode.OK, (await copy.GetAsync("/")).Status);
        Assert.Equal("/sign-in", (await visitor.PostAsync("/sign-out", [], page: "/")).To);
        Assert.Equal(HttpStatusCode.Found, (await copy.GetAsync("/")).Status);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example")]
    [InlineData("\\\\evil.example")]
    [InlineData("/\t/evil.example")]
    [InlineData("javascript:alert(1)")]
    public async Task The_way_back_never_leaves_the_site(string back)
    {
        using var visitor = _site.Visitor();
        var signedIn = await visitor.TrySignInAsync("wenmi", DemoFolder.Password, back);
        Assert.Equal((HttpStatusCode.Found, "/"), (signedIn.Status, signedIn.To));
        foreach (var path in (string[])["/language/en?back=", "/frame?unit=mouzhen&back="])
        {
            Assert.Equal("/", (await visitor.GetAsync(path + Uri.EscapeDataString(back))).To);
        }
    }

    private static string Alert(Answer answer) => answer.Text[answer.Text.IndexOf("role=\"alert\"", StringComparison.Ordinal)..][..80];
}
