using System.Diagnostics;
using System.Text;
using Shizhang.Core.Auditing;

namespace Shizhang.Tests.Auditing;

/// <summary>No text makes the audit fail or run away.</summary>
public class FuzzTests
{
    private const int Texts = 100_000;
    private static readonly string[] Pieces =
        ["1", "23", "4.5", "６", "，", "。", "；", "、", "（", "）", "“", "”", "一", "二", "三", "十", "百", "千", "万", "亿", "点", "分之", "百分之", "成", "倍", "%", "％", "‰", "人", "个", "元", "公里", "户", "年", "月", "日", "其中", "共有", "合计",
            "占", "增长", "下降", "从", "到", "比", "由", "：", ":", "∶", "—", "~", "-", "+", "/", "×", "**", "XX", "____", "\n", " ", "　", "第", "届", "一是", "二是", "（一）", "（二）", "1.", "2.", "一、", "二、", "问题", "原因", "措施", "以上", "余", "多", "约", "近", "超过", "不足",
            "率", "空编", "实配", "应配", "为：", "分别是", "和", "镇", "村", "党员", "\uD83D", "\u0000", "a", "Z", "𠀀"];

    [Fact]
    public void A_hundred_thousand_random_texts_end_in_time_with_places_that_exist()
    {
        var random = new Random(20181231);
        var slowest = TimeSpan.Zero;
        var text = new StringBuilder();
        for (var i = 0; i < Texts; i++)
        {
            text.Clear();
            for (var n = random.Next(1, 60); n > 0; n--)
            {
                text.Append(Pieces[random.Next(Pieces.Length)]);
            }

            var started = Stopwatch.GetTimestamp();
            var audit = Audit.Run(text.ToString());
            var took = Stopwatch.GetElapsedTime(started);
            slowest = took > slowest ? took : slowest;
            Assert.All(audit.Claims, c => Assert.InRange(c.End, c.Start + 1, audit.Text.Length));
            Assert.All(audit.Discrepancies, d => Assert.Equal(d.Quote, audit.Text[d.Start..d.End]));
        }

        // A text that runs away takes minutes; a busy machine does not.
        Assert.True(slowest < TimeSpan.FromMinutes(1), $"a text of a few hundred characters took {slowest}");
    }
}
