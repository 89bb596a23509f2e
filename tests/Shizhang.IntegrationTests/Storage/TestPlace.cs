using Npgsql;
using Shizhang.App.Features.Workplaces;
using Shizhang.Core.Catalogs;
using Shizhang.Core.Catalogs.Loading;
using Shizhang.Core.Records;
using Shizhang.Storage.Records;

namespace Shizhang.IntegrationTests.Storage;

/// <summary>A workplace as commands open one: a data folder with its database of a kind, a pack, one town of two villages, and a clock that is set.</summary>
internal sealed class TestPlace : IAsyncDisposable
{
    public const string Town = "t1";
    public static readonly Actor Clerk = new("clerk");

    private readonly string _root = Directory.CreateTempSubdirectory("shizhang-place-").FullName;
    private readonly List<string> _schemas = [];
    private WorkplaceAddress _address = null!;

    public ManualClock Clock { get; } = new(new DateTimeOffset(2018, 6, 1, 1, 0, 0, TimeSpan.Zero));

    public Workplace Place { get; private set; } = null!;

    public static async Task<TestPlace> CreateAsync(Kind kind, PackFiles files)
    {
        Assert.SkipWhen(kind == Kind.Postgres && TestDatabase.Server.Length == 0, "PostgreSQL is not here: ./test starts one when it can");
        var place = new TestPlace();
        place._address = await place.EmptyAsync(kind);
        await place.OpenAsync(files);
        foreach (var (code, unitKind) in new[] { ("t1", "town"), ("v1", "village"), ("v2", "village") })
        {
            await place.AddAsync("unit", new() { ["code"] = code, ["name"] = "名" + code, ["kind"] = unitKind, ["parent"] = code == "t1" ? null : "t1", ["valid_from"] = "2010-01-01" });
        }

        return place;
    }

    /// <summary>An address of a kind where nothing is yet.</summary>
    public async Task<WorkplaceAddress> EmptyAsync(Kind kind)
    {
        var name = "p" + Guid.NewGuid().ToString("N");
        var folder = Path.Combine(_root, name);
        if (kind == Kind.Sqlite)
        {
            Directory.CreateDirectory(folder);
            return new WorkplaceAddress(folder, null, Town);
        }

        _schemas.Add(name);
        await ServerAsync($"CREATE SCHEMA {name}");
        return new WorkplaceAddress(folder, new NpgsqlConnectionStringBuilder(TestDatabase.Server) { SearchPath = name }.ToString(), Town);
    }

    public string NewFile(string name) => Path.Combine(_root, $"{Guid.NewGuid():N}{name}");

    /// <summary>Opens the same data again, with another pack.</summary>
    public async Task OpenAsync(PackFiles files)
    {
        if (Place is not null)
        {
            await Place.DisposeAsync();
        }

        var (place, refusal) = await Workplace.CreateAsync(_address, files, Town, "某镇", Clock);
        Assert.Null(refusal);
        Place = place!;
    }

    public Ledger Ledger(string code) => Place.Catalog.Ledgers[code];

    public RecordValues Values(string ledger, Dictionary<string, object?> inputs)
    {
        var (values, refusals) = RecordReader.Read(Ledger(ledger), inputs);
        Assert.Empty(refusals);
        return values!;
    }

    public async Task<long> AddAsync(string ledger, Dictionary<string, object?> inputs)
    {
        var outcome = await Place.Store.WriteAsync(Town, Clerk, new CreateRecord(Ledger(ledger), Values(ledger, inputs), Ledger(ledger).Workflow?.Start));
        Assert.True(outcome is Written, outcome is Refused refused ? $"{ledger}: {string.Join(' ', refused.Refusals)}" : $"{ledger}: {outcome}");
        return ((Written)outcome).Id;
    }

    public async Task<StoredRecord> FindAsync(string ledger, long id) => (await new RecordArchive(Place.Store).FindAsync(Town, Ledger(ledger), id))!;

    public async ValueTask DisposeAsync()
    {
        await Place.DisposeAsync();
        if (_schemas.Count > 0 && TestDatabase.Server is not null)
        {
            NpgsqlConnection.ClearAllPools();
            foreach (var schema in _schemas)
            {
                await ServerAsync($"DROP SCHEMA {schema} CASCADE");
            }
        }

        Directory.Delete(_root, recursive: true);
    }

    private static async Task ServerAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(TestDatabase.Server);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
