using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Shizhang.Core.Auditing;

namespace Shizhang.Bench;

/// <summary>The audit of texts of 10 kB to 10 MB, against a regular expression with a list of units, which finds numbers and no relation.</summary>
internal static partial class AuditBench
{
    private static readonly string[] Sentences =
    [
        "第{0}村共有党员{1}人，其中女党员{2}人，预备党员{3}人。", "全年完成投资{1}.{2}万元，比上年的{3}万元增长{2}%，占全镇的{3}.{2}%。", "铺筑道路{2}.{3}公里，新建渠道{3}公里，改厨改厕{1}户，栽植苗木{1}万株。",
        "四个办公室为：党政办、经济办、计生办、综治办（挂武装部牌子），共{2}人。", "一是学习抓得不紧，联系第{0}组实际不够；二是作风不够扎实，下村次数少。", "排查矛盾纠纷{1}起，调处成功{3}起，调处成功率{2}%以上，群众比较满意。\n",
    ];

    private const int WarmRounds = 41;

    public static void Run()
    {
        foreach (var size in (int[])[10_000, 100_000, 1_000_000, 10_000_000])
        {
            var text = TextOf(size / 3);
            var rounds = size <= 100_000 ? WarmRounds : 3;
            var (ours, plain) = (Median(rounds, () => Audit.Run(text)), Median(rounds, () => Plain().Count(text)));
            var bytes = Encoding.UTF8.GetByteCount(text) / 1_000_000.0;
            Console.WriteLine($"(d) audit of {bytes:0.00} MB: {ours:0.0} ms, {bytes / ours * 1000:0.0} MB/s (at least 1); a regular expression alone {plain:0.0} ms: {ours / plain:0.0}x");
        }

        if (Environment.GetEnvironmentVariable("SHIZHANG_BENCH_TEXTS") is { Length: > 0 } folder)
        {
            Real(folder);
        }
    }

    /// <summary>Real texts of a folder, as many as there are, one after the other on one core.</summary>
    private static void Real(string folder)
    {
        var texts = Directory.EnumerateFiles(folder, "*.txt", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(File.ReadAllText).ToList();
        var bytes = texts.Sum(t => Encoding.UTF8.GetByteCount(t)) / 1_000_000.0;
        var each = texts.ConvertAll(t => Median(5, () => Audit.Run(t)));
        var plain = texts.Sum(t => Median(5, () => Plain().Count(t)));
        Console.WriteLine($"(d) audit of {texts.Count} texts of {bytes:0.00} MB: {each.Sum():0.0} ms, {bytes / each.Sum() * 1000:0.0} MB/s, the slowest {each.Max():0.0} ms; a regular expression alone {plain:0.0} ms: {each.Sum() / plain:0.0}x");
    }

    private static string TextOf(int characters)
    {
        var random = new Random(1);
        var text = new StringBuilder(characters + 200);
        while (text.Length < characters)
        {
            text.AppendFormat(CultureInfo.InvariantCulture, Sentences[random.Next(Sentences.Length)], random.Next(1, 99_999), random.Next(100, 9999), random.Next(10, 99), random.Next(1, 100));
        }

        return text.ToString();
    }

    private static double Median(int rounds, Action work)
    {
        var times = new List<double>();
        for (var i = 0; i < rounds; i++)
        {
            var started = Stopwatch.GetTimestamp();
            work();
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        return times.Order().ElementAt(times.Count / 2);
    }

    [GeneratedRegex("(约|近|超过|不足)?[0-9一二三四五六七八九十百千万亿两]+(\\.[0-9]+)?(多|余)?(万|亿)?(余|多)?(元|人|名|个|户|公里|亩|起|件|次|项|%|万元|亿元|座|株)(以上|左右)?", RegexOptions.None, 60_000)]
    private static partial Regex Plain();
}
