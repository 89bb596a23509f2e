using Shizhang.Core.Catalogs;
using Shizhang.Core.Catalogs.Loading;

namespace Shizhang.IntegrationTests.Storage;

/// <summary>A small pack with every kind of field and indicator.</summary>
internal static class TestPack
{
    public const string Unit = """
        ledger: unit
        name: 机构
        en: Units
        area: 机构编制
        owner: 办公室
        basis: 测试
        date: valid_from
        unit: code
        title: "{name}"
        fields:
          code: {name: 代码, type: text, required: true, unique: true}
          name: {name: 名称, type: text, required: true}
          kind: {name: 类型, type: choice, of: [town, village, group], required: true}
          parent: {name: 上级, type: unit}
          valid_from: {name: 设立日期, type: date}
          valid_until: {name: 撤销日期, type: date, after: valid_from}
          successor: {name: 并入, type: unit}
        """;

    public const string Person = """
        ledger: person
        name: 人员
        en: People
        area: 基础
        owner: 办公室
        basis: 测试
        date: joined_on
        unit: village
        title: "{name}"
        fields:
          joined_on: {name: 加入日期, type: date, required: true}
          left_on: {name: 离开日期, type: date, after: joined_on}
          village: {name: 村, type: unit, of: [village], required: true}
          name: {name: 姓名, type: text, personal: true}
          id_number: {name: 身份证号, type: id_number, personal: true, unique: true}
        indicators:
          people: {name: 在册人数, measure: 人, count: records, at: end, until: left_on, 口径: 期末在册}
        """;

    public const string Work = """
        ledger: work
        name: 工作
        en: Work
        area: 基础
        owner: 办公室
        basis: 测试
        date: done_on
        unit: village
        title: "{kind}：{village} {done_on}"
        fields:
          done_on: {name: 日期, type: date, required: true}
          village: {name: 村, type: unit, of: [village], required: true}
          kind: {name: 类型, type: choice, of: [修路, 会议, 其他]}
          length: {name: 长度, type: decimal, scale: 1, min: 0}
          cost: {name: 金额, type: money}
          people: {name: 人数, type: integer, min: 0}
          open: {name: 公开, type: yes_no}
          tags: {name: 标签, type: choices, of: [甲, 乙, 丙]}
          lead: {name: 负责人, type: record, to: person}
          note: {name: 备注, type: note}
          code: {name: 编号, type: text, unique: true}
          herd: {name: 存栏, type: integer}
          attendance: {name: 出席, type: lines, fields: {who: {name: 谁, type: record, to: person}, state: {name: 状态, type: choice, of: [到会, 缺席], required: true}}}
          payments: {name: 付款, type: lines, date: paid_on, fields: {paid_on: {name: 日期, type: date, required: true}, amount: {name: 数额, type: money, required: true}}}
        workflow:
          start: 登记
          end: [办结]
          steps:
            办结: {from: 登记, to: 办结, by: [办公室]}
        indicators:
          works: {name: 工作, measure: 件, count: records, 口径: 按日期}
          roads: {name: 修路, measure: 件, count: records, where: "kind eq '修路'", 口径: 按日期}
          road_length: {name: 修路里程, measure: 公里, sum: length, where: "kind eq '修路'", 口径: 按日期}
          cost: {name: 花费, measure: 元, sum: cost, 口径: 按日期}
          villages_with_roads: {name: 修路的村, measure: 个, distinct: village, where: "kind eq '修路'", 口径: 按日期}
          road_share: {name: 修路占比, measure: '%', ratio: [roads, works], digits: 1, 口径: 件数之比}
          works_and_people: {name: 合计, measure: 个, total: [works, people], 口径: 相加}
          other_works: {name: 非修路, measure: 件, difference: [works, roads], 口径: 相减}
          attended: {name: 到会, measure: 人次, count: attendance, line_where: "state eq '到会'", 口径: 按日期}
          attenders: {name: 到会人数, measure: 人, distinct: attendance/who, line_where: "state eq '到会'", 口径: 按日期}
          paid: {name: 付款, measure: 元, sum: payments/amount, 口径: 按付款日期}
          herd: {name: 存栏, measure: 头, latest: herd, 口径: 各村最近一次}
          tagged: {name: 带标签, measure: 件, count: records, where: "tags/any(t: t eq '甲') and tags/$count ge 2", 口径: 按日期}
          mixed: {name: 混合, measure: 个, total: [works, paid], 口径: 相加}
        """;

    public static Dictionary<string, string> Files(params (string Path, string Text)[] changes)
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["pack.yaml"] = "pack: test\nname: 测试\nen: Test\nversion: 1.0.0\nlocale: zh-CN\n",
            ["roles.yaml"] = "roles:\n  office: {name: 办公室, reads: ['*'], records: ['*']}\n",
            ["ledgers/base/unit.yaml"] = Unit,
            ["ledgers/base/person.yaml"] = Person,
            ["ledgers/base/work.yaml"] = Work,
        };
        foreach (var (path, text) in changes)
        {
            files[path] = text;
        }

        return files;
    }

    public static Catalog Load(IReadOnlyDictionary<string, string> files)
    {
        var loaded = PackReader.Read(new PackFiles(files));
        Assert.Empty(loaded.Errors);
        return loaded.Catalog!;
    }
}
