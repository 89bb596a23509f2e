using System.Globalization;
using Shizhang.Core.Catalogs;
using Shizhang.Core.Records.FieldTypes;

namespace Shizhang.Core.Records.Importing;

/// <summary>
/// A unit that numbers are counted in: 万元 is 10,000 times 元, 公顷 has the <see cref="Scale"/> 15 of 亩. <see cref="Base"/> is empty
/// for a factor alone, such as 万.
/// </summary>
public sealed record Measure(decimal Factor, string Base, decimal Scale = 1)
{
    private const string Yuan = "元";
    private static readonly string[] MoneyPrefixes = ["人民币", "rmb", "cny", "¥"];

    // Other names of a unit, and units that are an exact multiple of another.
    private static readonly Dictionary<string, (decimal Scale, string Base)> Words = new(StringComparer.Ordinal)
    {
        ["元整"] = (1, Yuan), ["块"] = (1, Yuan), ["圆"] = (1, Yuan), ["角"] = (0.1m, Yuan), [Yuan] = (1, Yuan),
        ["千米"] = (1, "公里"), ["km"] = (1, "公里"), ["公里"] = (1, "公里"), ["里"] = (0.5m, "公里"), ["米"] = (0.001m, "公里"), ["m"] = (0.001m, "公里"),
        ["平方米"] = (1, "平方米"), ["平米"] = (1, "平方米"), ["㎡"] = (1, "平方米"), ["m2"] = (1, "平方米"), ["m²"] = (1, "平方米"),
        ["平方公里"] = (1, "平方公里"), ["平方千米"] = (1, "平方公里"), ["km2"] = (1, "平方公里"), ["km²"] = (1, "平方公里"),
        ["亩"] = (1, "亩"), ["公顷"] = (15, "亩"), ["ha"] = (15, "亩"),
        ["千克"] = (1, "千克"), ["公斤"] = (1, "千克"), ["kg"] = (1, "千克"), ["克"] = (0.001m, "千克"), ["斤"] = (0.5m, "千克"), ["吨"] = (1000, "千克"), ["t"] = (1000, "千克"),
        ["千瓦"] = (1, "千瓦"), ["kw"] = (1, "千瓦"), ["千瓦时"] = (1, "千瓦时"), ["度"] = (1, "千瓦时"), ["立方米"] = (1, "立方米"), ["方"] = (1, "立方米"), ["m3"] = (1, "立方米"),
        ["人"] = (1, "人"), ["名"] = (1, "人"), ["位"] = (1, "人"), ["口"] = (1, "人"), ["%"] = (1, "%"), ["‰"] = (0.1m, "%"),
    };

    // Units that things are counted in, beside those of the pack.
    private static readonly HashSet<string> Counted = new(StringComparer.Ordinal)
    {
        "个", "件", "起", "项", "条", "处", "座", "次", "人次", "户", "户次", "场", "场次", "份", "篇", "期", "种", "株", "棵", "盏", "只", "头", "匹", "羽", "羊单位", "箱", "群", "峰",
        "台", "套", "辆", "间", "栋", "幢", "所", "家", "村", "组", "支", "把", "本", "册", "张", "批", "宗", "例", "眼", "年", "月", "季", "季度", "分", "天", "日", "周", "小时",
    };

    private static readonly (string Word, decimal Factor)[] Factors = [("万", 10_000m), ("亿", 100_000_000m), ("千", 1000m), ("百", 100m), ("十", 10m)];

    /// <summary>How many of another unit of the same base one of this is.</summary>
    public decimal In(Measure own) => Factor * Scale / (own.Factor * own.Scale);

    /// <summary>True for what is measured rather than counted: it never stands behind a whole number of people or things.</summary>
    public bool IsContinuous => Words.ContainsKey(Base) && Base != "人";

    /// <summary>Reads 万元, 人民币万元, 10000元, 百只, 元/年; null when it is no unit that is known. The text is <see cref="SheetWords.Bare"/>.</summary>
    public static Measure? Parse(string bare, IReadOnlySet<string> measures)
    {
        // A rate counts in what stands before the stroke: 万元/年 in 万元.
        if (bare.IndexOfAny(['.', '每']) is > 0 and var per)
        {
            return Parse(bare[(per + 1)..], measures) is null ? null : Parse(bare[..per], measures);
        }

        var (factor, rest) = (1m, bare);
        var prefix = MoneyPrefixes.FirstOrDefault(p => rest.StartsWith(p, StringComparison.Ordinal));
        var isMoney = prefix is not null;
        rest = rest[(prefix?.Length ?? 0)..];
        var digits = rest.AsSpan().IndexOfAnyExceptInRange('0', '9');
        if (digits is > 0 and < 13)
        {
            (factor, rest) = (decimal.Parse(rest.AsSpan(0, digits), CultureInfo.InvariantCulture), rest[digits..]);
        }

        while (Known(rest, measures) is null && Factors.FirstOrDefault(f => rest.StartsWith(f.Word, StringComparison.Ordinal)) is { Word: not null } found && factor < 1e15m)
        {
            (factor, rest) = (factor * found.Factor, rest[found.Word.Length..]);
        }

        return factor == 0 ? null
            : rest.Length == 0 ? isMoney ? new Measure(factor, Yuan) : factor > 1 ? new Measure(factor, "") : null
            : Known(rest, measures) is { } known && (!isMoney || known.Base == Yuan) ? known with { Factor = factor }
            : null;
    }

    /// <summary>What a field is counted in, from its type or its name: 元 for money, 亩 for 面积（亩）, 人 for 人数, % for 率; null when neither says.</summary>
    public static Measure? Of(Field field, IReadOnlySet<string> measures)
    {
        var (name, inside) = SheetWords.Split(SheetWords.Bare(field.Name));
        return field.Type is MoneyType ? new Measure(1, Yuan)
            : Parse(inside, measures) is { } said ? said
            : name.EndsWith('率') ? new Measure(1, "%")
            : name.EndsWith('数') && Enumerable.Range(1, Math.Min(2, name.Length - 1)).Select(n => Known(name[^(n + 1)..^1], measures)).LastOrDefault(k => k is not null) is { } counted ? counted
            : null;
    }

    /// <summary>True for words that seem to say in what something is counted, though nobody knows them.</summary>
    public static bool Seems(string bare) => bare.AsSpan().ContainsAny("万亿元角") || (bare.Length > 1 && "十百千".Contains(bare[0], StringComparison.Ordinal));

    private static Measure? Known(string word, IReadOnlySet<string> measures) =>
        Words.TryGetValue(word, out var known) ? new Measure(1, known.Base, known.Scale)
        : Counted.Contains(word) || measures.Contains(word) ? new Measure(1, word)
        : null;
}
