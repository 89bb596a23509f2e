using Shizhang.Core.Catalogs.Loading;
using Shizhang.Core.Records;
using Shizhang.IntegrationTests.Storage;
using Shizhang.Storage;
using Shizhang.Storage.Accounts;
using Shizhang.Storage.Records;

namespace Shizhang.IntegrationTests.Cli;

/// <summary>A town of a small pack with two villages, a clerk, a cadre of one village and an inspector who records nothing.</summary>
internal sealed class SheetFixture : IAsyncDisposable
{
    private const string Roles = """
        roles:
          office: {name: 办公室, reads: ['*'], records: ['*'], clear: [person]}
          cadre: {name: 村干部, at: [village], reads: ['*'], records: [problem, payment]}
          inspector: {name: 巡察干部, reads: [problem]}
        """;

    private const string Problem = """
        ledger: problem
        name: 问题
        en: Problems
        area: 基础
        owner: 办公室
        basis: 测试
        date: raised_on
        unit: village
        title: "{title}"
        fields:
          raised_on: {name: 提出日期, en: Raised on, type: date, required: true}
          village: {name: 村, type: unit, of: [village], required: true}
          aspect: {name: 方面, type: choice, of: [党的领导, 民生], also: [反馈方面]}
          title: {name: 问题, type: text, required: true, also: [具体问题]}
          told_by: {name: 反映人, type: text, personal: true}
          tags: {name: 标签, type: choices, of: [急, 难]}
          lead: {name: 责任领导, type: record, to: person}
          measures: {name: 整改措施, also: [措施], type: lines, fields: {content: {name: 措施, type: text, required: true}, due_on: {name: 时限, type: date}}}
        workflow:
          start: 待整改
          end: [已销号]
          steps:
            销号: {from: 待整改, to: 已销号, by: [办公室]}
        indicators:
          problems: {name: 问题数, measure: 个, count: records, 口径: 按提出日期}
        """;

    private const string Payment = """
        ledger: payment
        name: 付款
        en: Payments
        area: 基础
        owner: 办公室
        basis: 测试
        date: paid_on
        unit: village
        title: "{purpose}"
        fields:
          paid_on: {name: 日期, type: date, required: true}
          village: {name: 村, type: unit, of: [village], required: true}
          amount: {name: 金额, type: money, required: true}
          purpose: {name: 用途, type: text}
          code: {name: 编号, type: text, unique: true}
          account: {name: 账号, type: text, personal: true}
          phone: {name: 电话, type: phone, personal: true}
          note: {name: 说明, type: note, personal: true}
        """;

    private static readonly Dictionary<string, string> Files = TestPack.Files(("roles.yaml", Roles), ("ledgers/base/problem.yaml", Problem), ("ledgers/base/payment.yaml", Payment));

    private readonly string _root = Directory.CreateTempSubdirectory("shizhang-sheets-").FullName;

    public string Data => Path.Combine(_root, "data");

    public string In(string name) => Path.Combine(_root, name);

    public static async Task<SheetFixture> CreateAsync()
    {
        var fixture = new SheetFixture();
        Directory.CreateDirectory(fixture.Data);
        await fixture.WithStoreAsync(async store =>
        {
            var actor = new Actor("setup");
            await store.AddTownAsync("t1", "某镇");
            foreach (var (code, name, kind, parent) in new[] { ("town", "某镇", "town", null), ("v1", "大泉村", "village", "town"), ("v2", "双树村", "village", "town") })
            {
                Assert.IsType<Written>(await store.WriteAsync("t1", actor, Create(store, "unit", new() { ["code"] = code, ["name"] = name, ["kind"] = kind, ["parent"] = parent })));
            }

            Assert.IsType<Written>(await store.WriteAsync("t1", actor, Create(store, "person", new() { ["joined_on"] = "2010-01-01", ["village"] = "v1", ["name"] = "张小三", ["id_number"] = "11010119900307001" + Core.Records.FieldTypes.IdNumberType.CheckDigit("11010119900307001") })));
            foreach (var (name, role, unit) in new[] { ("clerk", "office", "town"), ("cadre", "cadre", "v1"), ("inspector", "inspector", "town") })
            {
                await new AccountArchive(store).AddAsync("t1", actor, new Account(name, name, [new Grant(role, unit)]));
            }
        });
        return fixture;
    }

    public async Task WithStoreAsync(Func<Store, Task> work)
    {
        await using var database = Database.Sqlite(Path.Combine(Data, "shizhang.db"));
        await using var store = (await Store.OpenAsync(database, PackReader.Read(new PackFiles(Files)).Catalog!, Files, TimeProvider.System)).Store!;
        await work(store);
    }

    public static CreateRecord Create(Store store, string ledger, Dictionary<string, object?> inputs)
    {
        var read = RecordReader.Read(store.Catalog.Ledgers[ledger], inputs);
        Assert.Empty(read.Refusals);
        return new CreateRecord(store.Catalog.Ledgers[ledger], read.Values!, store.Catalog.Ledgers[ledger].Workflow?.Start);
    }

    public async Task<List<StoredRecord>> RecordsAsync(string ledger)
    {
        List<StoredRecord> found = [];
        await WithStoreAsync(async store => found = await new RecordArchive(store).ListAsync("t1", store.Catalog.Ledgers[ledger], new DateOnly(2018, 6, 1), most: 10_000));
        return found;
    }

    public Task<Ran> RunAsync(params string[] arguments) => Shell.ShizhangAsync([.. arguments, "--data", Data]);

    public string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(In(name), bytes);
        return In(name);
    }

    public string Write(string name, string text) => Write(name, System.Text.Encoding.UTF8.GetBytes(text));

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_root, recursive: true);
        return ValueTask.CompletedTask;
    }
}
