using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Html;

namespace Shizhang.App.Features.Figures;

/// <summary>One mark of a chart: what it stands for, its value (null for none), the value as people read it, and where its records are.</summary>
internal sealed record Mark(string Label, decimal? Value, string Shown, string Href)
{
    /// <summary>What the value is held against, such as the posts approved; drawn as an outline.</summary>
    public decimal? Of { get; init; }
}

/// <summary>
/// Charts as SVG: every mark is a link, colours come from the style sheet. Widths are in per cent and heights in pixels, so that a
/// narrow screen makes the bars narrower and never the letters smaller.
/// </summary>
internal static class Charts
{
    private const int SparkWidth = 96;
    private const int SparkHeight = 24;
    private const int Margin = 3;
    private const int Top = 20;
    private const int Plot = 136;
    private const int ColumnsHeight = Top + Plot + 24;
    private const int Row = 28;
    private const int MostLabels = 12;
    private const int ShortLabel = 4;
    private const int LongestLabel = 14;
    private const decimal BarsFrom = 38;
    private const decimal BarsWidth = 44;

    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>A line as high as a row; values that are missing break it. Nothing for less than two.</summary>
    public static IHtmlContent Spark(IReadOnlyList<decimal?> values, string label)
    {
        var known = values.OfType<decimal>().ToList();
        if (known.Count < 2)
        {
            return HtmlString.Empty;
        }

        var (low, high) = (known.Min(), known.Max());
        var svg = new StringBuilder($"<svg class=\"spark\" viewBox=\"0 0 {SparkWidth} {SparkHeight}\" width=\"{SparkWidth}\" height=\"{SparkHeight}\" role=\"img\" aria-label=\"{Encoder.Encode(label)}\">");
        var (line, x, y) = (new List<string>(), 0m, 0m);
        for (var i = 0; i <= values.Count; i++)
        {
            if (i < values.Count && values[i] is { } value)
            {
                x = Margin + ((decimal)i * (SparkWidth - (2 * Margin)) / (values.Count - 1));
                y = high == low ? SparkHeight / 2m : Margin + ((high - value) * (SparkHeight - (2 * Margin)) / (high - low));
                line.Add($"{Say(x)},{Say(y)}");
            }
            else if (line.Count > 0)
            {
                svg.Append($"<polyline class=\"line\" points=\"{string.Join(' ', line)}\"/>");
                line.Clear();
            }
        }

        return new HtmlString(svg.Append($"<circle class=\"last\" cx=\"{Say(x)}\" cy=\"{Say(y)}\" r=\"2\"/></svg>").ToString());
    }

    /// <summary>Upright bars, for what follows in time; below zero they hang.</summary>
    public static IHtmlContent Columns(IReadOnlyList<Mark> marks, string label)
    {
        var high = Math.Max(0, marks.Max(m => m.Value) ?? 0);
        var low = Math.Min(0, marks.Min(m => m.Value) ?? 0);
        var scale = high == low ? 0 : Plot / (high - low);
        var zero = Top + (high * scale);
        var slot = 100m / marks.Count;
        var most = marks.Max(m => m.Label.Length) > ShortLabel ? MostLabels / 2 : MostLabels;
        var every = (marks.Count + most - 1) / most;
        var svg = Open(marks.Count > MostLabels ? "chart many" : "chart", ColumnsHeight, label);
        for (var i = 0; i < marks.Count; i++)
        {
            var value = marks[i].Value ?? 0;
            var height = Math.Abs(value) * scale;
            var top = value < 0 ? zero : zero - height;
            var middle = Say((slot * i) + (slot / 2));
            Link(svg, marks[i]);
            svg.Append($"<rect class=\"hit\" x=\"{Say(slot * i)}%\" y=\"0\" width=\"{Say(slot)}%\" height=\"{ColumnsHeight}\"/>");
            svg.Append($"<rect class=\"bar\" x=\"{Say(slot * (i + 0.2m))}%\" y=\"{Say(top)}\" width=\"{Say(slot * 0.6m)}%\" height=\"{Say(height)}\"/>");

            // In the order in which the name of the link says them.
            if (i % every == 0)
            {
                svg.Append($"<text x=\"{middle}%\" y=\"{ColumnsHeight - 6}\" text-anchor=\"middle\">{Encoder.Encode(marks[i].Label)}</text>");
            }

            if (marks.Count <= MostLabels)
            {
                svg.Append($" <text class=\"said\" x=\"{middle}%\" y=\"{Say(Math.Max(top - 5, 12))}\" text-anchor=\"middle\">{Encoder.Encode(marks[i].Shown)}</text>");
            }

            svg.Append("</a>");
        }

        return new HtmlString(svg.Append($"<line class=\"axis\" x1=\"0\" x2=\"100%\" y1=\"{Say(zero)}\" y2=\"{Say(zero)}\"/></svg>").ToString());
    }

    /// <summary>Lying bars, for what stands side by side and has long names.</summary>
    public static IHtmlContent Rows(IReadOnlyList<Mark> marks, string label)
    {
        var high = marks.Max(m => Math.Max(Math.Abs(m.Value ?? 0), m.Of ?? 0));
        var scale = high == 0 ? 0 : BarsWidth / high;
        var svg = Open("chart lying", marks.Count * Row, label);
        for (var i = 0; i < marks.Count; i++)
        {
            var (mark, top) = (marks[i], i * Row);
            var (width, outline) = (Math.Abs(mark.Value ?? 0) * scale, (mark.Of ?? 0) * scale);
            var name = mark.Label.Length > LongestLabel ? string.Concat(mark.Label.AsSpan(0, LongestLabel - 1), "…") : mark.Label;
            Link(svg, mark);
            svg.Append($"<rect class=\"hit\" x=\"0\" y=\"{top}\" width=\"100%\" height=\"{Row}\"/>");
            svg.Append($"<text class=\"name\" x=\"{Say(BarsFrom - 1)}%\" y=\"{top + 18}\" text-anchor=\"end\">{Encoder.Encode(name)}</text>");
            svg.Append($"<rect class=\"{(mark.Value < 0 || (mark.Of is { } of && mark.Value > of) ? "bar beyond" : "bar")}\" x=\"{Say(BarsFrom)}%\" y=\"{top + 6}\" width=\"{Say(width)}%\" height=\"{Row - 12}\"/>");
            if (mark.Of is not null)
            {
                svg.Append($"<rect class=\"of\" x=\"{Say(BarsFrom)}%\" y=\"{top + 4}\" width=\"{Say(outline)}%\" height=\"{Row - 8}\"/>");
            }

            svg.Append($" <text class=\"said\" x=\"{Say(BarsFrom + Math.Max(width, outline) + 1)}%\" y=\"{top + 18}\">{Encoder.Encode(mark.Shown)}</text></a>");
        }

        return new HtmlString(svg.Append("</svg>").ToString());
    }

    private static StringBuilder Open(string look, int height, string label) =>
        new($"<svg class=\"{look}\" width=\"100%\" height=\"{height}\" role=\"group\" aria-label=\"{Encoder.Encode(label)}\">");

    private static void Link(StringBuilder svg, Mark mark)
    {
        var said = Encoder.Encode($"{mark.Label} {mark.Shown}");
        svg.Append($"<a href=\"{Encoder.Encode(mark.Href)}\"><title>{said}</title>");
    }

    private static string Say(decimal number) => Math.Round(number, 2).ToString("0.##", CultureInfo.InvariantCulture);
}
