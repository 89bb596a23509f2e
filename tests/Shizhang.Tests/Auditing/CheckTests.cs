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
    [InlineData("balance", "核定编制50名，其中行政编制20名、事业编制30名；现有在编人员46名，空编4名。")]
    [InlineData("balance", "发现隐患213条，已整改209条，整改率98.1%，其余4条正在整改。")]
    [InlineData("balance", "入户率由31.5%提高到45.5%，提高14个百分点。")]
    [InlineData("parts", "项目8个，总投资120万元，其中水利5个80万元，道路3个40万元。")]
    [InlineData("ratio", "全村300人，其中甲组120人，占40.0%；乙组180人，占60.0%。")]
    [InlineData("list_count", "实施“三大行动”：清洁行动、绿化行动、亮化行动。")]
    [InlineData("parts", "三次产业结构为19.9:33.5:46.6。")]
    [InlineData("parts", "落实补贴120万元，其中种粮70万元、农机50万元，另发放养殖补贴30万元、林业补贴10万元，三项合计160万元。")]
    [InlineData("balance", "人均收入6824元，比上年的6215元增加609元。")]
    [InlineData("balance", "领导职数核定11名，实配10名，缺1名副职。")]
    [InlineData("list_count", "抓好三项工作：一是抓水、电、路。二是抓厕所。三是抓绿化。")]
    [InlineData("list_count", "优秀等次3个：甲村96.5分、乙村95.2分、丙村93.8分。")]
    [InlineData("list_count", "抓好三个方面：抓水源、抓厕所、抓绿化。")]
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
    [InlineData("parts", true, "有卫生室18个（达标10个、未达标7个）。")]
    [InlineData("parts", true, "特困供养187人，其中集中供养43人，分散供养145人。")]
    [InlineData("parts", false, "有支部18个（农村10个、机关7个）。")]
    [InlineData("parts", true, "申报纠纷90起，其中邻里41起、土地30起、其他18起。")]
    [InlineData("parts", true, "生产总值4558万元。其中:第一产业2228万元,第二产业1285万元,第三产业1055万元,财政收入108万元。")]
    [InlineData("parts", true, "卫生室18个，其中未达标7个、达标10个。")]
    [InlineData("parts", true, "安排资金90万元，其中：甲村40万元、乙村30万元、丙村30万元。")]
    [InlineData("parts", true, "项目9个，总投资120万元，其中水利5个80万元，道路3个40万元。")]
    [InlineData("parts", true, "甲村2户7人，乙村3户9人，丙村4户11人，合计9户28人。")]
    [InlineData("balance", true, "登记工作群40个，注销12个，保留27个。")]
    [InlineData("balance", true, "道路资金90万元，已付70万元，剩余20万元；饮水资金42万元，已付35万元，支付率83.3%，剩余19万元。")]
    [InlineData("balance", true, "入户率由31.5%提高到45.5%，提高13个百分点。")]
    [InlineData("balance", true, "面积由180亩扩大到260亩，增加90亩。")]
    [InlineData("ratio", true, "全村300人，其中甲组120人，占40.0%；乙组177人，占61.0%。")]
    [InlineData("parts", true, "发放低保金41.2万元、供养金9.8万元、救助金2.7万元，三项合计55.7万元。")]
    [InlineData("balance", true, "人均收入6824元，比上年的6215元增加709元。")]
    [InlineData("list_count", true, "抓好三项工作：一是抓水、电、路。二是抓厕所。")]
    [InlineData("list_count", false, "抓好六个方面：抓水源、抓厕所、抓绿化。")]
    [InlineData("list_count", false, "实施“四大行动”：清洁行动、绿化行动、亮化行动。")]
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
    [InlineData("党员100名，其中女党员40名、35岁以下党员25名、大专以上学历党员50名。")]
    [InlineData("接种200人，其中第一剂200人、第二剂190人。")]
    [InlineData("企业28家，其中产值过亿的12家、高新技术企业14家、出口企业9家。")]
    [InlineData("产值90万元,其中甲40万元,乙30万元,丙20万元,税收5万元。")]
    [InlineData("面积占比55.1%、产量占比51.3%。")]
    [InlineData("实施“五大行动”：清洁行动、绿化行动，亮化行动、净化行动、美化行动。")]
    [InlineData("9个村、1个社区妇联组织健全率100%。")]
    [InlineData("发病率由27.3%降至19.8%，下降7.5个百分点。")]
    [InlineData("受理信访11件，办结9件（含上年2件），剩余4件。")]
    [InlineData("发放救助18.6万元，其中倒房户每户5000元，计7万元；损坏户每户2000元，计5.8万元；其他5.8万元。")]
    [InlineData("产值6824元，按可比价比上年的6215元增加709元。")]
    [InlineData("全镇党员806名。\n全年发展党员25名。")]
    [InlineData("其他收入在内，企业收入90万元，其中甲40万元，乙30万元，其他10万元。另上缴10万元。")]
    [InlineData("女党员40名，占40.0%；农村党员77名，占77.0%。")]
    public void What_a_careful_reader_would_not_raise_is_not_raised(string text) => Assert.Empty(Audit.Run(text).Discrepancies);

    [Fact]
    public void A_rectification_report_answers_each_problem_where_it_names_it()
    {
        var audit = Audit.Run("""
            二、反馈问题整改落实情况
            （一）学习方面的问题
            1.关于“学习不规范”问题。
            整改情况：一是修订制度。二是通报3名缺席人员。
            2.关于“记录不完整”的问题。
            （二）关于账目不清的问题，已清理合同18份。
            """);
        Assert.Equal(["关于“学习不规范”问题", "关于“记录不完整”的问题", "关于账目不清的问题"], audit.Problems.Select(p => p.Title));
        Assert.Equal([1, 0, 1], audit.Problems.Select(p => p.Measures.Count));
        Assert.Contains("记录不完整", Assert.Single(audit.Discrepancies).Message, StringComparison.Ordinal);
    }

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

    [Theory]
    [InlineData("一、加强理论学习，坚持集中学习制度。", "食堂安全生产检查不够", true, true)]
    [InlineData("一、开展安全生产检查，消除隐患。", "食堂安全生产检查不够", false, true)]
    [InlineData("一、认真执行《安全生产条例》。", "食堂安全生产检查不够", true, true)]
    [InlineData("一、改进工作作风，经常下基层。", "调研走访偏少", false, false)]
    public void A_measure_answers_by_its_topic_and_a_matter_wants_a_cause_that_speaks_of_it(string measure, string problem, bool isUnanswered, bool isWithoutCause)
    {
        var audit = Audit.Run($"一、存在的问题\n1.{problem}。做得还不够到位。\n二、原因分析\n1.思想认识不足。对走访偏少的危害认识不足。\n三、下一步措施\n{measure.Replace("一、", "1.", StringComparison.Ordinal)}\n");
        var told = audit.Discrepancies.Where(d => d.Kind == "uncovered" && d.Quote.Contains(problem[..3], StringComparison.Ordinal)).Select(d => d.Message).ToList();
        Assert.Equal(isUnanswered, told.Exists(m => m.Contains("措施", StringComparison.Ordinal)));
        Assert.Equal(isWithoutCause, told.Exists(m => m.Contains("原因", StringComparison.Ordinal)));
    }
}
