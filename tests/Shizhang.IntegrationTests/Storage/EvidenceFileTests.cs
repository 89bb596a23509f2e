using System.IO.Compression;
using System.Text;
using Shizhang.Storage.Evidence;

namespace Shizhang.IntegrationTests.Storage;

/// <summary>Files that pack others are looked into before they are evidence: whoever opens them later is not harmed by them.</summary>
public sealed class EvidenceFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("evidence").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task What_office_programs_write_is_taken()
    {
        Assert.Null(await RefusalAsync("a.docx", Zip(("[Content_Types].xml", "<Types/>"), ("word/document.xml", "<w/>"))));
        Assert.Null(await RefusalAsync("a.xlsx", Zip(("[Content_Types].xml", "<Types/>"), ("xl/workbook.xml", "<w/>"), ("xl/sheet.xml", string.Concat(Enumerable.Range(0, 900_000).Select(n => $"<c>{n}</c>"))))));
        Assert.Null(await RefusalAsync("a.zip", Zip(("照片/一.txt", "村民代表大会"), ("a..b.txt", "x"))));
        Assert.Null(await RefusalAsync("a.doc", [0xD0, 0xCF, 0x11, 0xE0, .. new byte[3000]]));
    }

    [Fact]
    public async Task Macros_are_found_by_name_by_kind_and_in_old_files()
    {
        Assert.Equal(EvidenceRefusal.Macros, await RefusalAsync("a.docx", Zip(("[Content_Types].xml", "<Types/>"), ("word/document.xml", "<w/>"), ("word/VBAProject.bin", "x"))));
        Assert.Equal(EvidenceRefusal.Macros, await RefusalAsync("a.xlsx", Zip(("[Content_Types].xml", "<Types><Override PartName='/xl/other.bin' ContentType='application/vnd.ms-office.vbaProject'/></Types>"), ("xl/other.bin", "x"))));
        Assert.Equal(EvidenceRefusal.Macros, await RefusalAsync("a.zip", Zip(("表/xl/vbaProject.bin", "x"))));
        byte[] old = [0xD0, 0xCF, 0x11, 0xE0, .. new byte[(128 * 1024) - 12], .. Encoding.Unicode.GetBytes("_VBA_PROJECT"), .. new byte[500]];
        Assert.Equal(EvidenceRefusal.Macros, await RefusalAsync("a.xls", old));
    }

    [Theory]
    [InlineData("../x.txt")]
    [InlineData("a/../../x.txt")]
    [InlineData("..\\x.txt")]
    [InlineData("/etc/x")]
    [InlineData("C:\\x.txt")]
    public async Task A_path_that_leads_outside_is_refused(string name) =>
        Assert.Equal(EvidenceRefusal.Escapes, await RefusalAsync("a.zip", Zip((name, "x"))));

    [Fact]
    public async Task What_unpacks_to_far_more_than_it_is_is_refused_whatever_it_says_of_its_size()
    {
        var bomb = Zip(("a.txt", new string('0', 60_000_000)));
        Assert.True(bomb.Length < 200_000);
        Assert.Equal(EvidenceRefusal.Unpacks, await RefusalAsync("a.zip", bomb));

        // The directory and the file's own head say ten bytes.
        foreach (var (mark, at) in new[] { (new byte[] { 0x50, 0x4B, 1, 2 }, 24), ([0x50, 0x4B, 3, 4], 22) })
        {
            BitConverter.GetBytes(10).CopyTo(bomb, bomb.AsSpan().IndexOf(mark) + at);
        }

        Assert.Equal(EvidenceRefusal.Unpacks, await RefusalAsync("b.zip", bomb));
    }

    [Fact]
    public async Task What_is_broken_is_refused()
    {
        var whole = Zip(("[Content_Types].xml", "<Types/>"), ("word/document.xml", "<w/>"));
        Assert.Equal(EvidenceRefusal.Broken, await RefusalAsync("a.docx", whole[..^30]));
        Assert.Equal(EvidenceRefusal.Broken, await RefusalAsync("b.docx", [0x50, 0x4B, 3, 4, 1, 2, 3]));
        Assert.Equal(EvidenceRefusal.Broken, await RefusalAsync("c.docx", Zip(("word/document.xml", "<w/>"))));
        Assert.Equal(EvidenceRefusal.Broken, await RefusalAsync("d.xlsx", whole));
        var broken = Zip(("a.txt", string.Concat(Enumerable.Range(0, 9000).Select(n => $"{n} "))));
        broken.AsSpan(40, 4000).Fill(0xFF);
        Assert.Equal(EvidenceRefusal.Broken, await RefusalAsync("e.zip", broken));
    }

    private async Task<EvidenceRefusal?> RefusalAsync(string name, byte[] content)
    {
        using var stream = new MemoryStream(content);
        var (file, refusal) = await new EvidenceFiles(_folder).KeepAsync(name, stream);
        Assert.Equal(refusal is null, file is not null);
        Assert.Empty(Directory.EnumerateFiles(_folder, "*.part"));
        return refusal;
    }

    private static byte[] Zip(params (string Name, string Text)[] files)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in files)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return stream.ToArray();
    }
}
