using System.Text;
using System.Text.RegularExpressions;
using Shizhang.Core.Records.FieldTypes;

namespace Shizhang.Core.Records.Importing;

/// <summary>The words that spreadsheets of offices are made of, beside the names of fields.</summary>
internal static partial class SheetWords
{
    private static readonly HashSet<string> Totals = new(StringComparer.Ordinal) { "合计", "总计", "小计", "共计", "累计", "总合计", "本页合计", "本页小计", "total", "subtotal" };
    private static readonly HashSet<string> RowNumbers = new(StringComparer.Ordinal) { "序号", "序", "行号", "no", "no." };
    private static readonly HashSet<string> Examples = new(StringComparer.Ordinal) { "例", "示例", "example" };
    private static readonly HashSet<string> Remarks = new(StringComparer.Ordinal) { "导入错误", "importerrors", "办理状态", "stateofwork" };
    private static readonly HashSet<string> Nothing = new(StringComparer.Ordinal) { "/", "-", "—", "——", "--", "\\" };
    private static readonly (string Word, decimal Factor)[] Factors = [("万", 10_000m), ("亿", 100_000_000m), ("千", 1000m), ("百", 100m), ("十", 10m)];
    private static readonly string[] Money = ["元", "块", "元整", "人民币"];

    public static bool IsTotal(string text) => Totals.Contains(Bare(text).TrimEnd(':'));

    /// <summary>全镇合计, 合计（件）, 本村小计, 合计3件: a total with whose or of what it is.</summary>
    public static bool IsTotalOf(string text) => TotalOf().IsMatch(Bare(text));

    /// <summary>填表人：王五, 注：…: what stands below a table.</summary>
    public static bool IsFoot(string text) => Foot().IsMatch(Bare(text));

    public static bool IsRowNumber(string heading) => RowNumbers.Contains(Bare(heading));

    public static bool IsExample(string text) => Examples.Contains(Bare(text));

    /// <summary>Columns that our own workbooks add, which are no data.</summary>
    public static bool IsRemark(string heading) => Remarks.Contains(Bare(heading));

    /// <summary>A stroke in a cell that has nothing to say.</summary>
    public static bool IsNothing(string text) => Nothing.Contains(text);

    /// <summary>
    /// What 万元, 亿 or 人 behind a number multiply it by; null when it is no known measure. 千 and 百 count only before
    /// money: 千米 and 千克 are measures of their own.
    /// </summary>
    public static decimal? Factor(string suffix, IReadOnlySet<string> measures)
    {
        if (suffix.Length == 0 || measures.Contains(suffix) || Money.Contains(suffix))
        {
            return 1;
        }

        var factor = 1m;
        var rest = suffix;
        while (Factors.FirstOrDefault(f => rest.StartsWith(f.Word, StringComparison.Ordinal)) is { Word: not null } found)
        {
            factor *= found.Factor;
            rest = rest[found.Word.Length..];
        }

        return factor == 1 ? null
            : Money.Contains(rest) || (factor >= 10_000 && (rest.Length == 0 || measures.Contains(rest))) ? factor
            : null;
    }

    /// <summary>A heading or word as it is compared: half width, lower case, without blanks, marks of "required" and brackets kept.</summary>
    public static string Bare(string text)
    {
        var bare = new StringBuilder(text.Length);
        foreach (var c in Input.Plain(text) ?? "")
        {
            if (!char.IsWhiteSpace(c) && c is not '*')
            {
                bare.Append(c is '·' or '/' or '．' or '。' ? '.' : char.ToLowerInvariant(c));
            }
        }

        return bare.ToString();
    }

    /// <summary>金额(万元) is 金额 and 万元; a heading without brackets at its end has none.</summary>
    public static (string Name, string Inside) Split(string bare)
    {
        var open = bare.LastIndexOf('(');
        return open > 0 && bare.EndsWith(')') ? (bare[..open], bare[(open + 1)..^1]) : (bare, "");
    }

    [GeneratedRegex("^[^0-9:,，。；;]{0,12}(?:合计|总计|小计|共计|累计)(?:\\([^()]*\\))?:?[0-9,.]*[^0-9:,，。；;]{0,3}$", RegexOptions.CultureInvariant, Patterns.MostMilliseconds)]
    private static partial Regex TotalOf();

    [GeneratedRegex("^(?:(?:填表|填报|制表|审核|复核|审批|经办|编制|统计|联系|负责|分管|主管|主要|单位|部门)(?:单位|部门|领导)?(?:负责)?(?:人|员|领导)?(?:签字|签名|签章|盖章)?|审核|制表|复核|联系电话|电话|填报日期|填表日期|填报时间|填表时间|报送时间|日期|注|备注|说明|填表说明|填报说明|盖章|单位.?盖章)(?:\\([^()]*\\))?:", RegexOptions.CultureInvariant, Patterns.MostMilliseconds)]
    private static partial Regex Foot();
}
