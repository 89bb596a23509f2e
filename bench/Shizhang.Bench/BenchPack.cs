using Shizhang.Core.Catalogs;
using Shizhang.Core.Catalogs.Loading;

namespace Shizhang.Bench;

/// <summary>One ledger with twelve indicators, and the units it needs.</summary>
internal static class BenchPack
{
    public const string Town = "t";
    public static readonly string[] Indicators =
        ["works", "roads", "meetings", "done", "done_roads", "people", "people_roads", "cost", "cost_done", "villages", "done_rate", "open_works"];

    public static readonly Dictionary<string, string> Files = new(StringComparer.Ordinal)
    {
        ["pack.yaml"] = "pack: bench\nname: 测速\nen: Bench\nversion: 1.0.0\nlocale: zh-CN\n",
        ["roles.yaml"] = "roles:\n  office: {name: 办公室, reads: ['*'], records: ['*']}\n",
        ["ledgers/base/unit.yaml"] = """
            ledger: unit
            name: 机构
            en: Units
            area: 基础
            owner: 办公室
            basis: 测速
            date: valid_from
            unit: code
            title: "{name}"
            fields:
              code: {name: 代码, type: text, required: true, unique: true}
              name: {name: 名称, type: text, required: true}
              kind: {name: 类型, type: choice, of: [town, village], required: true}
              parent: {name: 上级, type: unit}
              valid_from: {name: 设立日期, type: date}
              valid_until: {name: 撤销日期, type: date}
              successor: {name: 并入, type: unit}
            """,
        ["ledgers/base/work.yaml"] = """
            ledger: work
            name: 工作
            en: Work
            area: 基础
            owner: 办公室
            basis: 测速
            date: done_on
            unit: village
            title: "{kind}"
            fields:
              done_on: {name: 日期, type: date, required: true}
              village: {name: 村, type: unit, required: true}
              kind: {name: 类型, type: choice, of: [修路, 会议, 植树, 培训, 其他]}
              result: {name: 结果, type: choice, of: [完成, 在办, 停办]}
              people: {name: 人数, type: integer}
              cost: {name: 金额, type: money}
              note: {name: 说明, type: text}
              payments: {name: 付款, type: lines, fields: {paid_on: {name: 日期, type: date}, amount: {name: 数额, type: money}}}
            indicators:
              works: {name: 工作, measure: 件, count: records, 口径: 按日期}
              roads: {name: 修路, measure: 件, count: records, where: "kind eq '修路'", 口径: 按日期}
              meetings: {name: 会议, measure: 件, count: records, where: "kind eq '会议'", 口径: 按日期}
              done: {name: 完成, measure: 件, count: records, where: "result eq '完成'", 口径: 按日期}
              done_roads: {name: 修成, measure: 件, count: records, where: "kind eq '修路' and result eq '完成'", 口径: 按日期}
              people: {name: 人次, measure: 人次, sum: people, 口径: 按日期}
              people_roads: {name: 修路人次, measure: 人次, sum: people, where: "kind eq '修路'", 口径: 按日期}
              cost: {name: 花费, measure: 元, sum: cost, 口径: 按日期}
              cost_done: {name: 完成花费, measure: 元, sum: cost, where: "result eq '完成'", 口径: 按日期}
              villages: {name: 村数, measure: 个, distinct: village, 口径: 按日期}
              done_rate: {name: 完成率, measure: '%', ratio: [done, works], 口径: 完成比工作}
              open_works: {name: 未完成, measure: 件, difference: [works, done], 口径: 工作减完成}
            """,
    };

    public static Catalog Load() => PackReader.Read(new PackFiles(Files)).Catalog ?? throw new InvalidOperationException("The bench's pack is wrong.");
}
