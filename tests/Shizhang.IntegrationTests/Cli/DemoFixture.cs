using System.Text.Json;
using Shizhang.Core.Catalogs.Loading;
using Shizhang.IntegrationTests.Browser;
using Shizhang.IntegrationTests.Web;
using Shizhang.Storage;

namespace Shizhang.IntegrationTests.Cli;

[CollectionDefinition(Name)]
public sealed class DemoCollection : ICollectionFixture<DemoFixture>
{
    public const string Name = "demo";
}

/// <summary>One demo, built once for all tests that read it; those that write take a copy.</summary>
public sealed class DemoFixture : IAsyncLifetime
{
    public const string Town = "mouzhen";
    public static readonly string[] ThreeYears = ["--from", "2016-01-01", "--to", "2018-12-31"];

    private readonly string _root = Directory.CreateTempSubdirectory("shizhang-demo-").FullName;
    private Site? _site;
    private Chromium? _chromium;

    public string Folder => Path.Combine(_root, "data");

    internal Ran Built { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Built = await Shell.ShizhangAsync("demo", "--once", "--data", Folder);
        Assert.True(Built.Code == 0, Built.Errors);
    }

    /// <summary>The site over a copy of the demo, shared by the tests that only read; those that write open one of their own.</summary>
    internal async Task<Site> SiteAsync() => _site ??= await Site.OpenAsync(CopyFolder());

    /// <summary>One browser for all tests that look at pages; a test is skipped where there is none.</summary>
    internal async Task<Chromium> ChromiumAsync() => _chromium ??= await Chromium.OpenAsync();

    public async ValueTask DisposeAsync()
    {
        if (_chromium is not null)
        {
            await _chromium.DisposeAsync();
        }

        if (_site is not null)
        {
            await _site.DisposeAsync();
        }

        Directory.Delete(_root, recursive: true);
    }

    internal string CopyFolder()
    {
        var copy = Path.Combine(_root, Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(copy);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Folder, "evidence"), "*", SearchOption.AllDirectories).Append(Path.Combine(Folder, "shizhang.db")))
        {
            var to = Path.Combine(copy, Path.GetRelativePath(Folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to);
        }

        return copy;
    }

    internal static async Task<Dictionary<string, (decimal? Value, long Records)>> FiguresAsync(string folder, params string[] more)
    {
        var ran = await Shell.ShizhangAsync(["figures", .. ThreeYears, "--format", "json", "--data", folder, .. more]);
        Assert.True(ran.Code == 0, ran.Errors);
        using var json = JsonDocument.Parse(ran.Output);
        return json.RootElement.EnumerateArray().ToDictionary(
            f => f.GetProperty("indicator").GetString()!,
            f => (f.GetProperty("value").ValueKind == JsonValueKind.Null ? (decimal?)null : f.GetProperty("value").GetDecimal(), f.GetProperty("records").GetInt64()));
    }

    internal static async Task<(Database Database, Store Store)> OpenAsync(string folder)
    {
        var database = Database.Sqlite(Path.Combine(folder, "shizhang.db"));
        var files = new PackFiles(await Shizhang.Storage.Schema.PackShelf.FilesAsync(database, (await Shizhang.Storage.Schema.PackShelf.LatestAsync(database))!));
        return (database, (await Store.OpenAsync(database, PackReader.Read(files).Catalog!, files.Texts, TimeProvider.System)).Store!);
    }
}
