using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace Shizhang.IntegrationTests.Cli;

/// <summary>The audit as people and programs use it.</summary>
[Collection(DemoCollection.Name)]
public class AuditTests(DemoFixture demo)
{
    private const string Text = "全镇共有党员1040人。科级干部应配10人，实际配备8人，空编3人。\r\n全镇共**户。";

    [Fact]
    public async Task Json_has_the_shape_and_the_places_of_the_contract()
    {
        var file = await FileAsync("a.txt", Encoding.UTF8.GetPreamble().Concat(Encoding.UTF8.GetBytes(Text)).ToArray());
        var ran = await Shell.ShizhangAsync("audit", file, "--format", "json");
        Assert.Equal(1, ran.Code);
        var json = JsonDocument.Parse(ran.Output).RootElement;
        Assert.Equal(["file", "characters", "text", "claims", "checks", "discrepancies", "structure"], json.EnumerateObject().Select(p => p.Name));
        var text = json.GetProperty("text").GetString()!;
        Assert.Equal(Text.Replace("\r\n", "\n", StringComparison.Ordinal), text);
        var claim = json.GetProperty("claims")[0];
        Assert.Equal(["start", "end", "quote", "subject", "value", "unit", "bound", "verdict"], claim.EnumerateObject().Select(p => p.Name));
        Assert.Equal(("1040人", "exact", "unchecked"), (text[claim.GetProperty("start").GetInt32()..claim.GetProperty("end").GetInt32()], claim.GetProperty("bound").GetString(), claim.GetProperty("verdict").GetString()));
        Assert.Equal(["balance", "placeholder"], json.GetProperty("discrepancies").EnumerateArray().Select(d => d.GetProperty("kind").GetString()));
        Assert.All(json.GetProperty("discrepancies").EnumerateArray(), d => Assert.Equal("sure", d.GetProperty("certainty").GetString()));
    }

    [Fact]
    public async Task Texts_are_read_in_the_encodings_offices_use()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var file = await FileAsync("gb.txt", Encoding.GetEncoding("GB18030").GetBytes("共有党员1040人。"));
        var ran = await Shell.ShizhangAsync("audit", file, "--format", "json");
        Assert.Equal(0, ran.Code);
        Assert.Equal("共有党员1040人。", JsonDocument.Parse(ran.Output).RootElement.GetProperty("text").GetString());
    }

    [Fact]
    public async Task A_docx_comes_back_the_same_with_comments()
    {
        var source = Path.Combine(demo.Folder, "report.docx");
        var copy = Path.Combine(Directory.CreateTempSubdirectory("shizhang-audit-").FullName, "out.docx");
        var ran = await Shell.ShizhangAsync("audit", source, "-o", copy, "--format", "json");
        Assert.True(ran.Code is 0 or 1, ran.Errors);
        var audit = JsonDocument.Parse(ran.Output).RootElement;
        Assert.True(audit.GetProperty("claims").GetArrayLength() > 100);
        var again = await Shell.ShizhangAsync("audit", copy, "--format", "json");
        Assert.Equal(audit.GetProperty("text").GetString(), JsonDocument.Parse(again.Output).RootElement.GetProperty("text").GetString());
        using var zip = ZipFile.OpenRead(copy);
        using var comments = new StreamReader(zip.GetEntry("word/comments.xml")!.Open());
        var count = (await comments.ReadToEndAsync(TestContext.Current.CancellationToken)).Split("<w:comment ").Length - 1;
        Assert.Equal(audit.GetProperty("discrepancies").GetArrayLength(), count);
    }

    [Fact]
    public async Task The_demos_own_report_is_backed_by_its_records()
    {
        var ran = await Shell.ShizhangAsync(["audit", Path.Combine(demo.Folder, "report.docx"), "--data", demo.Folder, .. DemoFixture.ThreeYears, "--format", "json"]);
        var claims = JsonDocument.Parse(ran.Output).RootElement.GetProperty("claims").EnumerateArray().ToList();
        var backed = claims.Count(c => c.GetProperty("verdict").GetString() == "backed");
        Assert.True(backed > claims.Count * 3 / 4, $"{backed} of {claims.Count}");
    }

    [Fact]
    public async Task The_real_report_gives_what_a_careful_reader_finds()
    {
        var folder = Path.Combine(Shell.Root, "..", "shared", "seed");
        Assert.SkipUnless(Directory.Exists(folder), "the real report lies outside the repository and is not here");
        var file = Directory.EnumerateFiles(folder, "*.txt").Single();
        var ran = await Shell.ShizhangAsync(["audit", file, "--data", demo.Folder, .. DemoFixture.ThreeYears, "--format", "json"]);
        var json = JsonDocument.Parse(ran.Output).RootElement;
        var found = json.GetProperty("discrepancies").EnumerateArray().Select(d => (Kind: d.GetProperty("kind").GetString()!, Sure: d.GetProperty("certainty").GetString() == "sure", Quote: d.GetProperty("quote").GetString()!)).ToList();
        Assert.Equal(8, found.Count(d => d.Kind == "placeholder"));
        Assert.Single(found, d => d.Kind == "marks");
        Assert.Equal(30, Assert.Single(found, d => d.Kind == "repeated").Quote.Length);
        Assert.Equal("53个", Assert.Single(found, d => d is { Kind: "parts", Sure: true }).Quote);
        Assert.Equal(2, found.Count(d => d is { Kind: "parts", Sure: false }));
        Assert.Single(found, d => d.Kind == "names");
        Assert.DoesNotContain(found, d => d.Kind is "list_count" or "balance" or "ratio" or "growth" or "percent" or "conflict");
        Assert.Equal(["10名", "53个"], found.Where(d => d.Kind == "records").Select(d => d.Quote).Order());
        Assert.Equal(15, json.GetProperty("structure").GetProperty("problems").GetArrayLength());

        var rows = (await File.ReadAllLinesAsync(Path.Combine(folder, "figures.csv"), TestContext.Current.CancellationToken)).Skip(1).Select(l => l.Split(',')).Where(r => r[8] == "backed").Select(r => r[0]);
        var backed = json.GetProperty("claims").EnumerateArray().Where(c => c.GetProperty("verdict").GetString() == "backed").Select(c => c.GetProperty("indicator").GetString()!);
        // The year of the merger is a date: it is not told as a figure.
        Assert.Equal(["merged_year"], rows.Except(backed).Order());
    }

    [Theory]
    [InlineData("empty.txt", "", "empty")]
    [InlineData("blank.txt", " \n\n", "empty")]
    [InlineData("binary.txt", "\0\u0001\u0002", "not a text")]
    [InlineData("broken.docx", "PK not really", "broken")]
    [InlineData("locked.docx", "\u00D0\u00CF\u0011\u00E0", "password")]
    public async Task What_cannot_be_read_is_refused_in_a_sentence(string name, string content, string says)
    {
        var file = await FileAsync(name, content.Select(c => (byte)c).ToArray());
        var ran = await Shell.ShizhangAsync("audit", file, "--lang", "en");
        Assert.Equal((2, ""), (ran.Code, ran.Output));
        Assert.Contains(says, ran.Errors);
        Assert.DoesNotContain("   at ", ran.Errors);
    }

    [Fact]
    public async Task A_zip_bomb_and_a_huge_file_are_refused_unread()
    {
        var bomb = Path.Combine(Directory.CreateTempSubdirectory("shizhang-bomb-").FullName, "bomb.docx");
        await using (var zip = new ZipArchive(File.Create(bomb), ZipArchiveMode.Create))
        {
            await using var entry = zip.CreateEntry("word/document.xml").Open();
            var block = new byte[1024 * 1024];
            for (var i = 0; i < 210; i++)
            {
                await entry.WriteAsync(block, TestContext.Current.CancellationToken);
            }
        }

        var ran = await Shell.ShizhangAsync("audit", bomb, "--lang", "en");
        Assert.Equal(2, ran.Code);
        Assert.Contains("unpacks to too much", ran.Errors);

        var huge = Path.ChangeExtension(bomb, ".txt");
        await using (var file = File.Create(huge))
        {
            file.SetLength(500L * 1024 * 1024);
        }

        var refused = await Shell.ShizhangAsync("audit", huge, "--lang", "en");
        Assert.Equal(2, refused.Code);
        Assert.Contains("too large", refused.Errors);
        Directory.Delete(Path.GetDirectoryName(bomb)!, recursive: true);
    }

    private static async Task<string> FileAsync(string name, byte[] content)
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("shizhang-audit-").FullName, name);
        await File.WriteAllBytesAsync(path, content, TestContext.Current.CancellationToken);
        return path;
    }
}
