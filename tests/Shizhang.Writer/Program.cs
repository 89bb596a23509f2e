// A process to be killed while it writes: args are the kind of database and where it is. It prints "id version number" when,
// and only when, the store has acknowledged a write, and goes on until somebody stops it.
using Shizhang.Core.Catalogs.Loading;
using Shizhang.Core.Records;
using Shizhang.Storage;
using Shizhang.Storage.Records;
using Shizhang.Storage.Schema;

const int writers = 8;
await using var database = args[0] == "Sqlite" ? Database.Sqlite(args[1]) : Database.Postgres(args[1]);
var files = new PackFiles(await PackShelf.FilesAsync(database, (await PackShelf.LatestAsync(database))!));
await using var store = (await Store.OpenAsync(database, PackReader.Read(files).Catalog!, files.Texts, TimeProvider.System)).Store!;
var ledger = store.Catalog.Ledgers["work"];
var output = Console.Out;
await Task.WhenAll(Enumerable.Range(0, writers).Select(Write));

async Task Write(int writer)
{
    for (var n = 0L; ; n++)
    {
        var number = (n * writers) + writer;
        var written = (Written)await store.WriteAsync("t1", new Actor($"w{writer}"), new CreateRecord(ledger, Values(number), ledger.Workflow!.Start));
        Acknowledge(written, number);
        if (n % 3 == 0)
        {
            Acknowledge((Written)await store.WriteAsync("t1", new Actor($"w{writer}"), new AmendRecord(ledger, written.Id, written.Version, Values(-number), ledger.Workflow.Start)), -number);
        }
    }
}

RecordValues Values(long number) => RecordReader.Read(ledger, new Dictionary<string, object?>
{
    ["done_on"] = "2018-05-03",
    ["village"] = "v1",
    ["herd"] = number,
    ["payments"] = new[] { new Dictionary<string, object?> { ["paid_on"] = "2018-06-01", ["amount"] = number } },
}).Values!;

void Acknowledge(Written written, long number)
{
    lock (output)
    {
        output.Write($"{written.Id} {written.Version} {number}\n");
        output.Flush();
    }
}
