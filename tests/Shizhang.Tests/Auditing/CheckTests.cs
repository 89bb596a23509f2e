using Shizhang.Core.Auditing;

namespace Shizhang.Tests.Auditing;

/// <summary>Each check on what it must find, and on what it must leave alone.</summary>
public class CheckTests
{
    [Theory]
    [InlineData("parts", "党组织72个，其中党委4个（镇党委1个、村党委2个、联合党委1个）、党总支14个、支部54个，党员1486名。")]
    [InlineData("parts", "领导职数8名：设书记1名，副书记1名，主席1名，镇长1名，副镇长3名，部长1名。")]
    [InlineData("parts", "财政赤字1.2万亿元，比上年增加4000亿元，其中中央8500亿元，地方3500亿元。")]
    [InlineData("parts", "本年收入272元，加上结转31元，收入总数303元。")]
    [InlineData("parts", "国营占63.8%，合作社占4.7%，公私合营占31.1%，私营只占0.4%。")]
    [InlineData("parts", "三次产业比重为4.0∶37.7∶58.3。")]
    [InlineData("parts", "（一）税收为1200.5元。（二）收入为300.2元。（三）其他99.3元。合计1600.0元。")]
    [InlineData("balance", "科级干部应配10人，实际配备8人，空编2人。")]
    [InlineData("balance", "工业用电增长1.70%，增幅较全社会3.75%低2.05个百分点。")]
    [InlineData("ratio", "排查纠纷126起，调处成功123起，调处成功率97.6%。")]
    [InlineData("ratio", "工业支出854.4亿元，其中重工业756.9亿元，占工业支出的88.59%。")]
    [InlineData("growth", "收入从8651元增加到9516元，增长10.0%。")]
    [InlineData("parts", "争取项目23个，到位资金6850万元，较上年多1250万元。其中，水利项目6个、交通项目5个、农业项目8个、其他4个。")]
    [InlineData("parts", "培训农民12期860人次；其中种植6期420人次，养殖4期280人次，电商2期160人次。")]
    [InlineData("parts", "全乡8所学校（中学1所，中心小学1所，村小5所，幼儿园1所）全部通过验收。")]
    [InlineData("ratio", "12个村中，有9个村集体经济收入突破20万元，占75%。")]
    [InlineData("growth", "人均收入达到21350元，比上年增加1580元，增长8%。")]
    [InlineData("growth", "产值达到650亿元，比上年的270亿元增长141%。")]
    [InlineData("list_count", "四个办公室为：党政办、经济办、计生办、综治办。")]
    [InlineData("list_count", "采取三项措施（强化领导、强化宣传、强化考核）。")]
    [InlineData("list_count", "建立三项机制（一是协调机制；二是督查机制；三是经费机制）。")]
    [InlineData("list_count", "项目攻坚年、改革创新年、作风建设年“三个年”活动。")]
    public void A_relation_that_holds_is_listed_and_not_accused(string kind, string text)
    {
        var audit = Audit.Run(text);
        Assert.Contains(audit.Checks, c => c.Kind == kind && c.Holds is true);
        Assert.Empty(audit.Discrepancies);
    }

    [Theory]
    [InlineData("parts", true, "党员90名，其中：女党员60名；男党员40名。")]
    [InlineData("parts", true, "核定行政编制24名，核定事业编制42名。目前，共有编制53个。")]
    [InlineData("parts", false, "共10名，其中：调任8名；提拔2名；并行2名。")]
    [InlineData("parts", false, "现有职工59人。其中：行政17人，工勤1人（1名暂未核定），事业31人，项目9名。")]
    [InlineData("parts", true, "有幼儿园11所（公办3所、民办9所）。")]
    [InlineData("parts", false, "有卫生室18个（达标10个、未达标7个）。")]
    [InlineData("parts", false, "特困供养187人，其中集中供养43人，分散供养145人。")]
    [InlineData("balance", true, "科级干部应配10人，实际配备8人，空编3人。")]
    [InlineData("ratio", true, "排查纠纷126起，调处成功110起，调处成功率98%。")]
    [InlineData("growth", true, "收入从8000元增加到9000元，增长15%。")]
    [InlineData("list_count", true, "五个办公室为：党政办、经济办、计生办、综治办。")]
    [InlineData("placeholder", true, "全镇共**户，人口3人。")]
    [InlineData("marks", true, "落实两卡一册”制度。")]
    [InlineData("marks", true, "落实“两卡一册制度。")]
    [InlineData("repeated", true, "要坚持把学习教育同解决实际问题紧密结合起来抓好落实。另外，要坚持把学习教育同解决实际问题紧密结合起来抓好落实。")]
    [InlineData("names", false, "修订了《某镇党委议事规则》。执行《党委议事决策》等制度。")]
    [InlineData("percent", true, "农业占45%，工业占40%，服务业占25%。")]
    [InlineData("conflict", false, "全镇耕地14万亩。\n耕地面积13.015万亩。")]
    public void What_does_not_hold_is_raised_with_its_certainty(string kind, bool isSure, string text)
    {
        var discrepancy = Assert.Single(Audit.Run(text).Discrepancies, d => d.Kind == kind);
        Assert.Equal(isSure, discrepancy.IsSure);
        Assert.Equal(discrepancy.Quote, text[discrepancy.Start..discrepancy.End]);
        Assert.NotEmpty(discrepancy.Message);
    }

    [Theory]
    [InlineData("新增营造林148万亩、其中南北山绿化工程43万亩，修复退化草原517万亩。")]
    [InlineData("五年共计12319亿元，其中用于低保的资金1777亿元，用于工资1755亿元。")]
    [InlineData("有卫生室18个（含达标的10个、未达标的7个）。")]
    [InlineData("全年粮食播种面积3.1万亩，旱地2.7万亩，固定资产投资增长12.5%。")]
    [InlineData("工业企业30余家。其中，规模以上6家，省级4家，国家级1家。")]
    [InlineData("发展党员49名，转正51名。")]
    [InlineData("执行《党纪处分条例》、《党内问责条例》和《党内监督条例》。")]
    [InlineData("出口占全省的60%，进口占全国的70%。")]
    [InlineData("年收入由109天延长到127天；成本上升7%。")]
    [InlineData("进出口1154.3亿美元，其中出口621亿美元；进口533亿美元。")]
    [InlineData("分类管理等三项工作：宣传、教育等。")]
    public void What_a_careful_reader_would_not_raise_is_not_raised(string text) => Assert.Empty(Audit.Run(text).Discrepancies);

    [Fact]
    public void Problems_are_read_with_their_causes_and_measures()
    {
        var audit = Audit.Run("""
            二、存在的问题和原因
            （一）存在的问题
            1.作风方面。一是下村调研次数少，蹲点不够。二是窗口服务态度生硬。
            2.财务方面。村级账目公开不及时，票据管理混乱。
            （二）原因分析
            1.宗旨意识淡薄，下村调研次数少，服务态度生硬。
            三、下一步措施
            1.改进作风，增加下村调研次数，蹲点听取意见。
            """);
        Assert.Equal(["下村调研次数少，蹲点不够", "窗口服务态度生硬", "财务方面"], audit.Problems.Select(p => p.Title));
        Assert.NotEmpty(audit.Problems[0].Measures);
        Assert.Empty(audit.Problems[2].Measures);
        Assert.Contains(audit.Discrepancies, d => d.Kind == "uncovered" && d.Message.Contains("财务方面", StringComparison.Ordinal));
        Assert.Single(audit.Discrepancies, d => d.Kind == "unowned");
    }
}
