using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using Shizhang.App.Features.Workplaces;
using Shizhang.IntegrationTests.Cli;
using Shizhang.IntegrationTests.Web;
using Shizhang.Office;
using Shizhang.Storage.Records;

namespace Shizhang.IntegrationTests.Reports;

/// <summary>A report goes out, is edited, comes back and is made current: on the command line, on the page, and after LibreOffice saved it.</summary>
[Collection(DemoCollection.Name)]
public partial class ReturnedReportTests(DemoFixture demo)
{
    [Fact]
    public async Task The_command_makes_figures_current_and_leaves_what_a_writer_did()
    {
        var folder = demo.CopyFolder();
        var file = await WrittenAsync(folder);
        var was = ReturnedDocx.Read(await BytesAsync(file)).Docx!;
        Edit(file, body =>
        {
            Of(body, "sz_villages_1").Text = "13个";
            body.Elements<Paragraph>().First(p => p.InnerText.StartsWith("按照巡察工作安排", StringComparison.Ordinal)).Append(new Run(new Text("在册党员1041人。")));
        });
        await PaveAsync(folder);

        var tried = await Shell.ShizhangAsync("report", "update", file, "--dry-run", "--all", "--format", "json", "--data", folder, "--as", "wenmi");
        Assert.Equal((1, ""), (tried.Code, tried.Errors.Contains("Exception", StringComparison.Ordinal) ? tried.Errors : ""));
        using var json = JsonDocument.Parse(tried.Output);
        var states = json.RootElement.EnumerateArray().ToLookup(l => l.GetProperty("state").GetString()!, l => l.GetProperty("figure").GetString()!);
        Assert.Equal(["roads_paved_1"], states["Updated"]);
        Assert.Equal(["villages_1"], states["ByHand"]);
        Assert.Equal(was.Figures.Count - 2, states["Unchanged"].Count());
        Assert.Contains("1041人", tried.Errors);

        var to = Path.Combine(folder, "new.docx");
        Assert.Equal(1, (await Shell.ShizhangAsync("report", "update", file, "-o", to, "--data", folder, "--as", "wenmi")).Code);
        var (old, now) = (ReturnedDocx.Read(await BytesAsync(file)).Docx!, ReturnedDocx.Read(await BytesAsync(to)).Docx!);
        var roads = (Old: old.Figures.Single(f => f.Issued.Key == "roads_paved_1"), New: now.Figures.Single(f => f.Issued.Key == "roads_paved_1"));
        Assert.NotEqual(roads.Old.Places[0].Text, roads.New.Places[0].Text);
        Assert.Equal(old.Text[..roads.Old.Places[0].Start] + roads.New.Places[0].Text + old.Text[roads.Old.Places[0].End..], now.Text);
        Assert.Contains("13个", now.Text);

        // In place, and by hand too when asked; then there is nothing left to say but the number in the prose.
        await Shell.ShizhangAsync("report", "update", file, "--overwrite", "--data", folder, "--as", "wenmi");
        var last = await Shell.ShizhangAsync("report", "update", file, "--dry-run", "--all", "--format", "json", "--data", folder, "--as", "wenmi");
        Assert.DoesNotContain("ByHand", last.Output);
        Assert.DoesNotContain("Updated", last.Output);
    }

    [Fact]
    public async Task Where_only_a_copy_was_changed_by_hand_the_figure_itself_is_made_current()
    {
        var folder = demo.CopyFolder();
        var file = await WrittenAsync(folder);
        var was = ReturnedDocx.Read(await BytesAsync(file)).Docx!.Figures.Single(f => f.Issued.Key == "roads_paved_1").Issued.Said;
        Edit(file, body =>
        {
            var paragraph = Of(body, "sz_roads_paved_1").Ancestors<Paragraph>().First();
            var copy = paragraph.CloneNode(deep: true);
            foreach (var mark in copy.Elements().Where(e => e is BookmarkStart or BookmarkEnd).ToList())
            {
                mark.Remove();
            }

            copy.Descendants<SdtRun>().Single(s => s.SdtProperties!.GetFirstChild<Tag>()!.Val == "sz_roads_paved_1").Descendants<Text>().Single().Text = "41公里";
            paragraph.InsertAfterSelf(copy);
        });
        await PaveAsync(folder);

        var ran = await Shell.ShizhangAsync("report", "update", file, "--format", "json", "--data", folder, "--as", "wenmi");
        using var json = JsonDocument.Parse(ran.Output);
        Assert.Equal(
            [("Updated", was), ("ByHand", "41公里")],
            json.RootElement.EnumerateArray().Where(l => l.GetProperty("figure").GetString() == "roads_paved_1").Select(l => (l.GetProperty("state").GetString()!, l.GetProperty("in_file").GetString()!)));
        var figure = ReturnedDocx.Read(await BytesAsync(file)).Docx!.Figures.Single(f => f.Issued.Key == "roads_paved_1");
        Assert.NotEqual(was, figure.Issued.Said);
        Assert.Equal([figure.Issued.Said, "41公里"], figure.Places.Select(p => p.Text));
    }

    [Fact]
    public async Task LibreOffice_may_save_it_in_between()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/soffice"), "LibreOffice is not here");
        var folder = demo.CopyFolder();
        var file = await WrittenAsync(folder);
        var saved = Directory.CreateDirectory(Path.Combine(folder, "saved")).FullName;
        await LibreOffice.ConvertAsync(file, "docx", saved);
        var (before, after) = (ReturnedDocx.Read(await BytesAsync(file)).Docx!, ReturnedDocx.Read(await BytesAsync(Path.Combine(saved, "r.docx"))).Docx!);
        Assert.Equal(before.Text, after.Text);
        Assert.All(before.Figures.Zip(after.Figures), f => Assert.Equal(f.First.Places.Select(p => p.Text), f.Second.Places.Select(p => p.Text)));
        Assert.Equal(before.Figures.Select(f => f.Issued with { Words = [] }), after.Figures.Select(f => f.Issued with { Words = [] }));

        await PaveAsync(folder);
        var ran = await Shell.ShizhangAsync("report", "update", Path.Combine(saved, "r.docx"), "--data", folder, "--as", "wenmi");
        Assert.Equal(0, ran.Code);
        var fresh = ReturnedDocx.Read(await BytesAsync(Path.Combine(saved, "r.docx"))).Docx!;
        Assert.NotEqual(before.Figures.Single(f => f.Issued.Key == "roads_paved_1").Issued.Said, fresh.Figures.Single(f => f.Issued.Key == "roads_paved_1").Places.Single().Text);
    }

    [Fact]
    public async Task On_the_page_it_is_compared_and_downloaded_by_whoever_gave_it()
    {
        var site = await demo.SiteAsync();
        using var clerk = await site.SignedInAsync("wenmi");
        using var leader = await site.SignedInAsync("leader");
        var file = await WrittenAsync(demo.CopyFolder());
        Edit(file, body => Of(body, "sz_villages_1").Text = "13个");

        Assert.Contains("/reports/returned", (await clerk.GetAsync("/reports")).Read);
        var sent = await UploadAsync(clerk, "汇报.docx", await BytesAsync(file));
        Assert.Matches("^/reports/returned/[0-9a-f]{24}$", sent.To);
        var page = await clerk.GetAsync(sent.To!);
        Assert.Contains("<td class=\"number\">13个</td><td class=\"number\">12个</td>", Blank().Replace(page.Read, "><"));
        Assert.Single(Overwrite().Matches(page.Text));
        Assert.Equal(HttpStatusCode.NotFound, (await leader.GetAsync(sent.To!)).Status);

        foreach (var (query, said) in ((string, string)[])[("", "13个"), ("&overwrite=villages_1", "12个")])
        {
            var back = await clerk.GetAsync($"{sent.To}?handler=File{query}");
            var docx = ReturnedDocx.Read(await back.Message.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).Docx!;
            Assert.Equal(said, docx.Figures.Single(f => f.Issued.Key == "villages_1").Places.Single().Text);
        }
    }

    [Fact]
    public async Task Figures_are_compared_only_for_who_reads_what_they_count()
    {
        var site = await demo.SiteAsync();
        using var cadre = await site.SignedInAsync("village_cadre");
        var sent = await UploadAsync(cadre, "汇报.docx", await BytesAsync(await WrittenAsync(demo.CopyFolder())));
        var page = await cadre.GetAsync(sent.To!);
        Assert.Contains("role=\"alert\"", page.Text);
        Assert.DoesNotContain("1040人", page.Read);
    }

    [Theory]
    [InlineData("汇报.txt", "汇报")]
    [InlineData("汇报.docx", "汇报")]
    [InlineData("空.docx", "")]
    public async Task What_is_no_report_is_refused_in_a_sentence(string name, string content)
    {
        var site = await demo.SiteAsync();
        using var clerk = await site.SignedInAsync("wenmi");
        var refused = await UploadAsync(clerk, name, System.Text.Encoding.UTF8.GetBytes(content));
        Assert.Equal(HttpStatusCode.OK, refused.Status);
        Assert.Contains("role=\"alert\"", refused.Text);
    }

    private static async Task<string> WrittenAsync(string folder)
    {
        var file = Path.Combine(folder, "r.docx");
        var ran = await Shell.ShizhangAsync(["report", "inspection_report", .. DemoFixture.ThreeYears, "-o", file, "--data", folder]);
        Assert.True(ran.Code == 0, ran.Errors);
        return file;
    }

    private static Task<byte[]> BytesAsync(string file) => File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);

    private static void Edit(string file, Action<Body> edit)
    {
        using var docx = WordprocessingDocument.Open(file, isEditable: true);
        edit(docx.MainDocumentPart!.Document!.Body!);
    }

    private static Text Of(Body body, string tag) => body.Descendants<SdtRun>().Single(s => s.SdtProperties!.GetFirstChild<Tag>()!.Val == tag).Descendants<Text>().Single();

    // Another stretch of road than was recorded.
    private static async Task PaveAsync(string folder)
    {
        await using var place = (await Workplace.OpenAsync(new WorkplaceAddress(folder, null, null), TimeProvider.System)).Workplace!;
        var ledger = place.Catalog.Ledgers["construction"];
        var road = (await new RecordArchive(place.Store).ListAsync(place.Town, ledger, new DateOnly(2018, 12, 31), most: 1000)).First(r => (string)r.Values["kind"]! == "道路");
        var values = road.Values.Copy();
        values["quantity"] = (decimal)values["quantity"]! + 1.2m;
        Assert.IsType<Written>(await place.Store.WriteAsync(place.Town, new Actor("wenmi"), new AmendRecord(ledger, road.Id, road.Version, values, road.State)));
    }

    private static async Task<Answer> UploadAsync(Visitor visitor, string name, byte[] content)
    {
        var token = Token().Match((await visitor.GetAsync("/reports/returned")).Text).Groups[1].Value;
        using var form = new MultipartFormDataContent { { new StringContent(token), "__RequestVerificationToken" }, { new ByteArrayContent(content), "file", name } };
        return await visitor.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/reports/returned") { Content = form });
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex Token();

    [GeneratedRegex("name=\"overwrite\"")]
    private static partial Regex Overwrite();

    [GeneratedRegex(">\\s+<")]
    private static partial Regex Blank();
}
