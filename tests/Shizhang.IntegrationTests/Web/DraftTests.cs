using System.Net;
using Shizhang.IntegrationTests.Cli;
using Shizhang.Storage.Desks;

namespace Shizhang.IntegrationTests.Web;

/// <summary>What is kept of forms: for whom, how much, how long, and how it is thrown away.</summary>
[Collection(DemoCollection.Name)]
public sealed class DraftTests(DemoFixture demo) : IAsyncLifetime
{
    private const string Typed = "赵某与钱某争地界三米有余";
    private static readonly (string, string)[] Wrong = [("village", "village_1"), ("received_on", "2018-11-01"), ("kind", "邻里"), ("parties", Typed), ("people", "-3")];
    private readonly string _folder = demo.CopyFolder();
    private Site _site = null!;

    public async ValueTask InitializeAsync() => _site = await Site.OpenAsync(_folder);

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task For_nobody_nothing_is_kept()
    {
        using var nobody = _site.Visitor();
        await nobody.PostAsync("/ledgers/dispute/new", Wrong, token: false);
        await nobody.PostAsync("/audit", [("text", Typed)], token: false);

        Assert.Equal(0, await DraftsAsync());
    }

    [Fact]
    public async Task An_account_keeps_few_forms_and_none_for_longer_than_a_week()
    {
        var archive = new DraftArchive(_site.Place.Store);
        var now = _site.Clock.GetUtcNow();
        Draft Of(int n, int size) => new($"{n:D16}", "village_cadre", $"/ledgers/dispute/{n}/edit", new string('x', size), now.AddSeconds(n));
        for (var n = 0; n < DraftArchive.MostDrafts + 5; n++)
        {
            await archive.KeepAsync(DemoFixture.Town, Of(n, 10), now.AddDays(-7));
        }

        var kept = await archive.ListAsync(DemoFixture.Town, "village_cadre");
        Assert.Equal(DraftArchive.MostDrafts, kept.Count);
        Assert.Equal("/ledgers/dispute/24/edit", kept[0].Form);

        await archive.KeepAsync(DemoFixture.Town, Of(30, (int)DraftArchive.MostCharacters - 15), now.AddDays(-7));
        Assert.Equal(["/ledgers/dispute/30/edit", "/ledgers/dispute/24/edit"], (await archive.ListAsync(DemoFixture.Town, "village_cadre")).Select(d => d.Form));

        await archive.RemoveAsync(DemoFixture.Town, "village_cadre", "/ledgers/dispute/30/edit");
        using var visitor = await _site.SignedInAsync("village_cadre");
        await visitor.PostAsync("/ledgers/dispute/new", Wrong);
        _site.Clock.Ahead += TimeSpan.FromDays(6);
        await visitor.SignInAsync("village_cadre");
        Assert.Contains(Typed, (await visitor.GetAsync("/ledgers/dispute/new")).Read);
        _site.Clock.Ahead += TimeSpan.FromDays(2);
        await visitor.SignInAsync("village_cadre");
        Assert.DoesNotContain(Typed, (await visitor.GetAsync("/ledgers/dispute/new")).Read);
        Assert.DoesNotContain(Typed, (await visitor.GetAsync("/")).Read);
    }

    [Fact]
    public async Task What_was_refused_is_told_and_thrown_away_by_its_button_by_cancelling_and_not_by_an_address_with_values()
    {
        using var visitor = await _site.SignedInAsync("village_cadre");
        async Task<string> ButtonAsync(string page, string text) => WebUtility.HtmlDecode(System.Text.RegularExpressions.Regex.Match((await visitor.GetAsync(page)).Text, $"{text}=\"(/drafts/discard[^\"]+)\"").Groups[1].Value);
        await visitor.PostAsync("/ledgers/dispute/new", Wrong);

        Assert.Contains("没有提交", (await visitor.GetAsync("/ledgers/dispute/new")).Read);
        var asked = await visitor.GetAsync("/ledgers/dispute/new?kind=邻里");
        Assert.DoesNotContain(Typed, asked.Read);
        Assert.DoesNotContain("没有提交", asked.Read);
        var desk = await visitor.GetAsync("/");
        Assert.Contains("邻里", desk.Read[desk.Read.IndexOf("id=\"drafts\"", StringComparison.Ordinal)..desk.Read.IndexOf("id=\"recent\"", StringComparison.Ordinal)]);

        foreach (var (page, kind, back) in new[] { ("/ledgers/dispute/new", "formaction", "/ledgers/dispute"), ("/ledgers/dispute/new", " action", "/ledgers/dispute/new"), ("/", " action", "/") })
        {
            await visitor.PostAsync("/ledgers/dispute/new", Wrong);
            var gone = await visitor.PostAsync(await ButtonAsync(page, kind), [], page);
            Assert.Equal(back, gone.To);
            Assert.DoesNotContain(Typed, (await visitor.GetAsync("/ledgers/dispute/new")).Read);
            Assert.DoesNotContain("id=\"drafts\"", (await visitor.GetAsync("/")).Text);
        }
    }

    private async Task<long> DraftsAsync()
    {
        await using var sqlite = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path.Combine(_folder, "shizhang.db")};Pooling=False");
        await sqlite.OpenAsync(TestContext.Current.CancellationToken);
        await using var count = sqlite.CreateCommand();
        count.CommandText = "SELECT COUNT(*) FROM _draft";
        return (long)(await count.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }
}
