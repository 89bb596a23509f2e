using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Shizhang.App.Features.Audits;
using Shizhang.App.Features.Workplaces;
using Shizhang.IntegrationTests.Cli;
using Shizhang.IntegrationTests.Storage;

namespace Shizhang.IntegrationTests.Audits;

/// <summary>A text given to be audited is for whoever gave it, unreadable on the disk, and gone after its time.</summary>
[Collection(DemoCollection.Name)]
public class AuditShelfTests(DemoFixture demo)
{
    private const string Secret = "全镇共有党员1040人，其中某某家庭困难。";

    private readonly ManualClock _clock = new(new DateTimeOffset(2018, 12, 20, 9, 0, 0, TimeSpan.FromHours(8)));
    private readonly EphemeralDataProtectionProvider _keys = new();

    [Fact]
    public async Task Its_owner_opens_it_and_nobody_else()
    {
        var folder = demo.CopyFolder();
        await using var place = await OpenAsync(folder);
        var id = await Shelf(place).KeepAsync("wenmi", "草稿.txt", Encoding.UTF8.GetBytes(Secret));

        var opened = (await Shelf(place).OpenAsync("wenmi", id))!;
        Assert.Equal(("草稿.txt", Secret, 1), (opened.Kept.Name, opened.File.Text, opened.Result.Claims.Count));
        Assert.Equal([opened.Kept], await Shelf(place).ListAsync("wenmi"));
        Assert.Null(await Shelf(place).OpenAsync("leader", id));
        Assert.Empty(await Shelf(place).ListAsync("leader"));
        Assert.Null(await Shelf(place).OpenAsync("wenmi", "../../shizhang.db"));
        Assert.Null(await Shelf(place).OpenAsync("wenmi", new string('0', 24)));
    }

    [Fact]
    public async Task Nothing_of_it_is_readable_in_the_folder_and_no_backup_takes_it()
    {
        var folder = demo.CopyFolder();
        await using var place = await OpenAsync(folder);
        await Shelf(place).KeepAsync("wenmi", "草稿.txt", Encoding.UTF8.GetBytes(Secret));

        var kept = Directory.GetFiles(Path.Combine(folder, "audits"), "*", SearchOption.AllDirectories);
        Assert.Equal(2, kept.Length);
        Assert.All(kept, f => Assert.True(File.ReadAllBytes(f).AsSpan().IndexOf(Encoding.UTF8.GetBytes("党员")) < 0 && File.ReadAllBytes(f).AsSpan().IndexOf(Encoding.UTF8.GetBytes("草稿")) < 0));
        Assert.DoesNotContain(kept, f => f.Contains("wenmi", StringComparison.Ordinal));

        var backup = Path.Combine(folder, "..", Guid.NewGuid() + ".zip");
        var ran = await Shell.ShizhangAsync("backup", backup, "--data", folder);
        Assert.True(ran.Code == 0, ran.Errors);
        using var zip = System.IO.Compression.ZipFile.OpenRead(backup);
        Assert.NotEmpty(zip.Entries);
        Assert.DoesNotContain(zip.Entries, e => e.FullName.Contains("audits", StringComparison.Ordinal));
    }

    [Fact]
    public async Task After_its_time_it_does_not_open_and_the_next_text_sweeps_it_away()
    {
        var folder = demo.CopyFolder();
        await using var place = await OpenAsync(folder);
        var id = await Shelf(place).KeepAsync("wenmi", "", Encoding.UTF8.GetBytes(Secret));
        _clock.Now += AuditShelf.Kept + TimeSpan.FromMinutes(1);

        Assert.Null(await Shelf(place).OpenAsync("wenmi", id));
        Assert.Empty(await Shelf(place).ListAsync("wenmi"));
        await Shelf(place).KeepAsync("leader", "", Encoding.UTF8.GetBytes(Secret));
        Assert.DoesNotContain(Directory.GetFiles(Path.Combine(folder, "audits"), "*", SearchOption.AllDirectories), f => f.Contains(id, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_removed_is_gone_at_once_although_it_was_just_looked_at()
    {
        await using var place = await OpenAsync(demo.CopyFolder());
        using var memory = new AuditMemory();
        var shelf = new AuditShelf(place, _keys, memory, _clock);
        var id = await shelf.KeepAsync("wenmi", "", Encoding.UTF8.GetBytes(Secret));
        Assert.Same(await shelf.OpenAsync("wenmi", id), await shelf.OpenAsync("wenmi", id));

        shelf.Remove("leader", id);
        Assert.NotNull(await shelf.OpenAsync("wenmi", id));
        shelf.Remove("wenmi", id);

        Assert.Null(await shelf.OpenAsync("wenmi", id));
        Assert.Null(memory.Find(id));
    }

    private AuditShelf Shelf(Workplace place) => new(place, _keys, new AuditMemory(), _clock);

    private async Task<Workplace> OpenAsync(string folder) => (await Workplace.OpenAsync(new WorkplaceAddress(folder, null, null), _clock)).Workplace!;
}
