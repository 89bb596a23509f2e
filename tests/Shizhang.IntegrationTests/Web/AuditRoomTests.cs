using System.IO.Compression;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Shizhang.IntegrationTests.Cli;

namespace Shizhang.IntegrationTests.Web;

/// <summary>The audit room without scripts: a text is given once and looked at in every way, by whoever gave it alone.</summary>
[Collection(DemoCollection.Name)]
public partial class AuditRoomTests(DemoFixture demo)
{
    private const string Text = "科级干部应配10人，实际配备8人，空编3人。全镇共**户。在册党员1041人。<script>alert(1)</script>";
    private const string Years = "from=2016-01-01&to=2018-12-31";

    [Fact]
    public async Task What_is_pasted_is_marked_judged_by_the_records_and_filtered()
    {
        var site = await demo.SiteAsync();
        using var clerk = await site.SignedInAsync("wenmi");

        var sent = await clerk.PostAsync("/audit", [("text", Text), ("records", "true")]);
        Assert.Matches("^/audit/[0-9a-f]{24}\\?records=true$", sent.To);
        var all = await clerk.GetAsync($"{sent.To}&{Years}");
        Assert.Equal(4, Note().Count(all.Text));
        Assert.Contains("在册党员<span id=\"d3\"></span><mark class=\"sure\"><a href=\"#n3\"><data class=\"contradicted\">1041人</data></a></mark>", all.Read);
        Assert.DoesNotContain("<script>alert", all.Text);

        var some = await clerk.GetAsync($"{sent.To}&{Years}&kind=balance&kind=placeholder");
        Assert.Equal(["n0", "n2"], Note().Matches(some.Text).Select(m => m.Groups[1].Value));
        var claims = await clerk.GetAsync($"{sent.To}&{Years}&view=claims&verdict=contradicted");
        Assert.Contains("1041人", claims.Read);
        Assert.Contains("/figures/party_members?from=2016-01-01&to=2018-12-31", claims.Read);
        Assert.DoesNotContain("<td>8人</td>", claims.Read);
        foreach (var view in (string[])["checks", "structure"])
        {
            Assert.Equal(HttpStatusCode.OK, (await clerk.GetAsync($"{sent.To}&view={view}")).Status);
        }

        var json = JsonDocument.Parse((await clerk.GetAsync($"{sent.To}&{Years}&handler=File&type=json")).Text).RootElement;
        Assert.Equal(["balance", "records", "placeholder", "records"], json.GetProperty("discrepancies").EnumerateArray().Select(d => d.GetProperty("kind").GetString()));
        Assert.Equal(HttpStatusCode.NotFound, (await clerk.GetAsync($"{sent.To}&handler=File&type=docx")).Status);
    }

    [Fact]
    public async Task A_text_tells_no_figure_of_a_ledger_that_is_not_read()
    {
        var site = await demo.SiteAsync();
        using var clerk = await site.SignedInAsync("wenmi");
        using var justice = await site.SignedInAsync("justice_office");
        foreach (var (visitor, isTold) in ((Visitor, bool)[])[(clerk, true), (justice, false)])
        {
            var sent = await visitor.PostAsync("/audit", [("text", "在册党员1041人。"), ("records", "true")]);
            var page = await visitor.GetAsync($"{sent.To}&{Years}");
            Assert.Equal(isTold, page.Text.Contains("party_members", StringComparison.Ordinal));
            Assert.Equal(isTold, page.Text.Contains("class=\"contradicted\"", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_docx_comes_back_with_comments_and_is_nobody_elses()
    {
        var site = await demo.SiteAsync();
        using var clerk = await site.SignedInAsync("wenmi");
        using var leader = await site.SignedInAsync("leader");

        var sent = await UploadAsync(clerk, "汇报.docx", await File.ReadAllBytesAsync(Path.Combine(demo.Folder, "report.docx"), TestContext.Current.CancellationToken));
        Assert.Equal(HttpStatusCode.Found, sent.Status);
        Assert.Contains("汇报.docx", (await clerk.GetAsync("/audit")).Read);
        Assert.Equal(HttpStatusCode.NotFound, (await leader.GetAsync(sent.To!)).Status);
        Assert.DoesNotContain("汇报.docx", (await leader.GetAsync("/audit")).Read);

        var file = await clerk.GetAsync($"{sent.To}?handler=File&type=docx");
        await using var zip = new ZipArchive(await file.Message.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        Assert.NotNull(zip.GetEntry("word/comments.xml"));

        var removed = await clerk.PostAsync($"{sent.To}?handler=Remove", [], sent.To);
        Assert.Equal("/audit", removed.To);
        Assert.Equal(HttpStatusCode.NotFound, (await clerk.GetAsync(sent.To!)).Status);
    }

    [Theory]
    [InlineData("空.txt", 0)]
    [InlineData("画.png", 10)]
    [InlineData("坏.docx", 10)]
    [InlineData("大.txt", (20 * 1024 * 1024) + 1)]
    [InlineData("长.txt", 300_001)]
    public async Task What_cannot_be_audited_is_refused_in_a_sentence_and_what_was_typed_stays(string name, int length)
    {
        var site = await demo.SiteAsync();
        using var clerk = await site.SignedInAsync("wenmi");

        var refused = await UploadAsync(clerk, name, [.. Enumerable.Repeat((byte)'a', length)], length == 0 ? "" : "写了一半");

        Assert.Equal(HttpStatusCode.OK, refused.Status);
        Assert.Single(Alert().Matches(refused.Text));
        Assert.True(length == 0 || refused.Read.Contains(">写了一半</textarea>", StringComparison.Ordinal));
    }

    private static async Task<Answer> UploadAsync(Visitor visitor, string name, byte[] content, string text = "")
    {
        var token = Token().Match((await visitor.GetAsync("/audit")).Text).Groups[1].Value;
        using var form = new MultipartFormDataContent { { new StringContent(token), "__RequestVerificationToken" }, { new StringContent(text), "text" }, { new ByteArrayContent(content), "file", name } };
        return await visitor.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/audit") { Content = form });
    }

    [GeneratedRegex("<li id=\"(n\\d+)\"")]
    private static partial Regex Note();

    [GeneratedRegex("role=\"alert\"")]
    private static partial Regex Alert();

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
