using Shizhang.App.Texts;
using Shizhang.Core.Catalogs;
using Shizhang.Core.Catalogs.Loading;
using Shizhang.Storage;
using Shizhang.Storage.Evidence;
using Shizhang.Storage.Records;
using Shizhang.Storage.Schema;

namespace Shizhang.App.Features.Workplaces;

/// <summary>Where data is: a folder with a SQLite file in it, or a PostgreSQL database; the town may be left out when there is one.</summary>
internal sealed record WorkplaceAddress(string Folder, string? Connection, string? Town)
{
    public string File => Path.Combine(Folder, Database.FileName);

    public Database Open() => Connection is { } connection ? Database.Postgres(connection) : Database.Sqlite(File);
}

/// <summary>A workplace, or the sentence that says why there is none.</summary>
internal sealed record OpenedWorkplace(Workplace? Workplace, string? Refusal);

/// <summary>What commands and pages work on: a store opened with its pack, and a town.</summary>
internal sealed class Workplace(WorkplaceAddress address, Database database, Store store, PackFiles pack, string town, string townName) : IAsyncDisposable
{
    public WorkplaceAddress Address { get; } = address;

    public Store Store { get; } = store;

    public PackFiles Pack { get; } = pack;

    public string Town { get; } = town;

    public string TownName { get; } = townName;

    public Catalog Catalog => Store.Catalog;

    public TownStanding Standing { get; } = new(store, town);

    /// <summary>Evidence lies in the data folder, with SQLite and with PostgreSQL.</summary>
    public EvidenceFiles Evidence { get; } = new(Path.Combine(address.Folder, "evidence"));

    /// <summary>The catalog that was in force at a time; no time is now.</summary>
    public async Task<Catalog> CatalogAtAsync(DateTimeOffset? time) => time is { } then && await PackShelf.InForceAsync(database, then) is { } digest
        ? await CatalogOfAsync(digest)
        : Catalog;

    /// <summary>The catalog of a pack that was loaded here once.</summary>
    public async Task<Catalog> CatalogOfAsync(string digest)
    {
        if (digest == Catalog.Digest)
        {
            return Catalog;
        }

        var files = new PackFiles(await PackShelf.FilesAsync(database, digest));
        return PackReader.Read(files).Catalog ?? throw new StorageException("pack_lost", [digest]);
    }

    /// <summary>Opens existing data with the pack stored in it.</summary>
    public static async Task<OpenedWorkplace> OpenAsync(WorkplaceAddress address, TimeProvider clock)
    {
        if (address.Connection is null && !File.Exists(address.File))
        {
            return new OpenedWorkplace(null, AppText.Of["no_data", address.Folder]);
        }

        var database = address.Open();
        if (await PackShelf.LatestAsync(database) is not { } digest)
        {
            await database.DisposeAsync();
            return new OpenedWorkplace(null, AppText.Of["no_data", address.Folder]);
        }

        var files = new PackFiles(await PackShelf.FilesAsync(database, digest));
        var (catalog, errors) = PackReader.Read(files);
        if (catalog is null)
        {
            await database.DisposeAsync();
            return new OpenedWorkplace(null, AppText.Of["pack_wrong", errors[0]]);
        }

        var (store, refusals) = await Store.OpenAsync(database, catalog, files.Texts, clock);
        return await OfTownAsync(address, database, store, refusals, files);
    }

    /// <summary>Makes or migrates the data for a pack, and adds the town.</summary>
    public static async Task<OpenedWorkplace> CreateAsync(WorkplaceAddress address, PackFiles files, string town, string townName, TimeProvider clock)
    {
        var (catalog, errors) = PackReader.Read(files);
        if (catalog is null)
        {
            return new OpenedWorkplace(null, AppText.Of["pack_wrong", errors[0]]);
        }

        var database = address.Open();
        var (store, refusals) = await Store.OpenAsync(database, catalog, files.Texts, clock);
        if (store is not null)
        {
            await store.AddTownAsync(town, townName);
        }

        return await OfTownAsync(address with { Town = town }, database, store, refusals, files);
    }

    private static async Task<OpenedWorkplace> OfTownAsync(WorkplaceAddress address, Database database, Store? store, IReadOnlyList<SchemaRefusal> refusals, PackFiles files)
    {
        if (store is null)
        {
            await database.DisposeAsync();
            var lost = refusals.Select(r => AppText.Of[$"schema_{r.Loss}", r.Place, r.Detail]);
            return new OpenedWorkplace(null, AppText.Of["schema_refused", string.Join('；', lost)]);
        }

        var towns = await store.TownsAsync();
        var (code, name) = towns.Find(t => address.Town is null ? towns.Count == 1 : t.Code == address.Town);
        if (code is null)
        {
            await store.DisposeAsync();
            await database.DisposeAsync();
            return new OpenedWorkplace(null, address.Town is { } asked
                ? AppText.Of["town_unknown", asked]
                : AppText.Of["town_needed", string.Join('、', towns.Select(t => t.Code))]);
        }

        return new OpenedWorkplace(new Workplace(address, database, store, files, code, name), null);
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        await database.DisposeAsync();
    }
}
