using System.Data.Common;
using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Npgsql;
using Shizhang.App.Demo;
using Shizhang.App.Features.Alerts;
using Shizhang.App.Features.Backups;
using Shizhang.App.Features.Workplaces;
using Shizhang.Core.Catalogs.Loading;

namespace Shizhang.Bench;

/// <summary>All rules of the pack on the demo, against reading once every record they are about; and its backup, against SQLite's own copy.</summary>
internal static class DemoBench
{
    private const int Rounds = 7;
    private static readonly string[] Days = ["2018-12-31", "2017-06-30"];

    public static async Task RunAsync(string? server)
    {
        var root = Directory.CreateTempSubdirectory("shizhang-bench-").FullName;
        var address = new WorkplaceAddress(Path.Combine(root, "data"), null, null);
        var (files, refusal) = PackFiles.Read(RepositoryPack.Folder);
        var (script, notBuilt) = await DemoBuilder.BuildAsync(address.Folder, files ?? throw new InvalidOperationException(refusal), (_, _) => { });
        _ = script ?? throw new InvalidOperationException(notBuilt);

        await RulesAsync("SQLite", address, () => new SqliteConnection($"Data Source={address.File};Pooling=False"));
        var file = Path.Combine(root, "demo.zip");
        await BackupAsync("SQLite", address, file, new WorkplaceAddress(Path.Combine(root, "restored"), null, null), VacuumAsync);
        if (server is null)
        {
            Console.WriteLine("PostgreSQL: rules and backup not measured, SHIZHANG_TEST_POSTGRES names none");
        }
        else
        {
            await OnServerAsync(server, root, file);
        }

        Directory.Delete(root, recursive: true);

        Task VacuumAsync() => CopyAsync(address.File, Path.Combine(root, $"{Guid.NewGuid():N}.db"));
    }

    private static async Task OnServerAsync(string server, string root, string file)
    {
        await using var admin = new NpgsqlConnection(server);
        await admin.OpenAsync();
        string[] schemas = ["b" + Guid.NewGuid().ToString("N"), "b" + Guid.NewGuid().ToString("N")];
        foreach (var schema in schemas)
        {
            await Target.ExecuteAsync(admin, $"CREATE SCHEMA {schema}");
        }

        var addresses = schemas.Select(s => new WorkplaceAddress(Path.Combine(root, s), new NpgsqlConnectionStringBuilder(server) { SearchPath = s }.ToString(), null)).ToList();
        if ((await RestoreWork.RunAsync(addresses[0], file)).Refusal is { } refusal)
        {
            throw new InvalidOperationException(refusal);
        }

        await Target.ExecuteAsync(admin, "ANALYZE");
        await RulesAsync("PostgreSQL", addresses[0], () => new NpgsqlConnection(addresses[0].Connection));
        await BackupAsync("PostgreSQL", addresses[0], file + "2", addresses[1], null);
        NpgsqlConnection.ClearAllPools();
        foreach (var schema in schemas)
        {
            await Target.ExecuteAsync(admin, $"DROP SCHEMA {schema} CASCADE");
        }
    }

    private static async Task RulesAsync(string name, WorkplaceAddress address, Func<DbConnection> connect)
    {
        var (place, refusal) = await Workplace.OpenAsync(address, TimeProvider.System);
        await using var opened = place ?? throw new InvalidOperationException(refusal);
        await using var connection = connect();
        await connection.OpenAsync();
        var ledgers = place.Catalog.Ledgers.Values.Where(l => l.Rules.Count > 0).Select(l => l.Code).ToList();
        foreach (var day in Days)
        {
            var (ours, bare, found) = (new List<double>(), new List<double>(), 0);
            for (var round = 0; round < Rounds; round++)
            {
                ours.Add(await TimeAsync(async () => found = (await AlertList.RunAsync(place, null, day)).Alerts.Count));
                bare.Add(await TimeAsync(() => ReadAllAsync(connection, ledgers)));
            }

            Console.WriteLine($"(e) {name}: {place.Catalog.Rules.Count} rules of the pack on the demo as of {day}: {Median(ours):0} ms for {found} alerts (under 1000 ms); reading the living records of their {ledgers.Count} ledgers by hand {Median(bare):0} ms: {Median(ours) / Median(bare):0.0}x");
        }
    }

    private static async Task BackupAsync(string name, WorkplaceAddress address, string file, WorkplaceAddress empty, Func<Task>? copy)
    {
        var (backups, copies) = (new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            File.Delete(file);
            backups.Add(await TimeAsync(async () => Check((await BackupWork.RunAsync(address, file, TimeProvider.System)).Refusal)));
            copies.Add(copy is null ? 0 : await TimeAsync(copy));
        }

        var restore = await TimeAsync(async () => Check((await RestoreWork.RunAsync(empty, file)).Refusal));
        var compared = copy is null ? "" : $"; VACUUM INTO alone {Median(copies):0} ms: {Median(backups) / Median(copies):0.0}x";
        Console.WriteLine($"(f) {name}: backup of the demo {Median(backups):0} ms, {new FileInfo(file).Length / 1_000_000.0:0.0} MB{compared}; restore {restore:0} ms");

        static void Check(string? refusal)
        {
            if (refusal is not null)
            {
                throw new InvalidOperationException(refusal);
            }
        }
    }

    private static async Task ReadAllAsync(DbConnection connection, IEnumerable<string> ledgers)
    {
        foreach (var ledger in ledgers)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = $"SELECT * FROM \"{ledger}\"";
            await using var reader = await command.ExecuteReaderAsync();
            var row = new object[reader.FieldCount];
            while (await reader.ReadAsync())
            {
                reader.GetValues(row);
            }
        }
    }

    private static async Task CopyAsync(string from, string to)
    {
        await using var connection = new SqliteConnection($"Data Source={from};Pooling=False");
        await connection.OpenAsync();
        await Target.ExecuteAsync(connection, $"VACUUM INTO '{to}'");
    }

    private static async Task<double> TimeAsync(Func<Task> work)
    {
        var started = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    private static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);
}
