using System.Globalization;
using DotLiquid;
using Shizhang.Core.Catalogs;
using Shizhang.Core.Figures;
using Shizhang.Core.Texts;

namespace Shizhang.Core.Reports;

/// <summary>
/// Marks that stand for figures while Liquid and Markdown pass over the text: private-use characters around a number, which
/// neither of them touches.
/// </summary>
internal sealed class FigureMarks(Wording wording)
{
    public const char Open = '\uE000';
    public const char Close = '\uE001';

    private readonly List<FigureRun> _runs = [];
    private readonly Dictionary<string, int> _uses = new(StringComparer.Ordinal);

    /// <summary>What was wrong with the words of a figure; null when nothing was.</summary>
    public string? Refusal { get; private set; }

    public string Mark(Figure figure, IReadOnlyList<string> words)
    {
        var said = FigureWords.Say(figure, wording, [.. words]);
        Refusal ??= said.Refusal;
        var use = _uses[figure.Indicator.Code] = _uses.GetValueOrDefault(figure.Indicator.Code) + 1;
        _runs.Add(new FigureRun($"{figure.Indicator.Code}_{use}", figure, words, said));
        return $"{Open}{_runs.Count - 1}{Close}";
    }

    /// <summary>Text with marks as runs.</summary>
    public IEnumerable<ReportRun> Runs(string text, bool strong)
    {
        for (var at = 0; at < text.Length;)
        {
            var open = text.IndexOf(Open, at);
            var close = open < 0 ? -1 : text.IndexOf(Close, open);
            if (close < 0)
            {
                yield return new TextRun(text[at..], strong);
                yield break;
            }

            if (open > at)
            {
                yield return new TextRun(text[at..open], strong);
            }

            yield return _runs[int.Parse(text.AsSpan(open + 1, close - open - 1), CultureInfo.InvariantCulture)];
            at = close + 1;
        }
    }
}

/// <summary>A figure as Liquid sees it: <c>{{ code.value }}</c>, <c>.measure</c>, <c>.records</c>, <c>.name</c>; alone it is a live figure too.</summary>
internal sealed class FigureDrop(Figure figure, FigureMarks marks) : Drop
{
    public decimal? Value => figure.Value;

    public string Measure => figure.Indicator.Measure;

    public long Records => figure.Records;

    public string Name => figure.Indicator.Name;

    internal string Mark(IReadOnlyList<string> words) => marks.Mark(figure, words);

    public override string ToString() => Mark([]);
}

/// <summary>The filter <c>figure</c>. DotLiquid finds filters as public static methods.</summary>
public static class FigureFilter
{
    public static string Figure(object? input, string? word = null, string? second = null) => input is FigureDrop drop
        ? drop.Mark([.. new[] { word, second }.OfType<string>()])
        : throw new FigureFilterException(Text.Core["report_not_indicator", input]);
}
