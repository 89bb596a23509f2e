using System.Globalization;
using System.Text.RegularExpressions;
using DotLiquid;
using DotLiquid.Exceptions;
using Shizhang.Core.Catalogs;
using Shizhang.Core.Figures;
using Shizhang.Core.Texts;

namespace Shizhang.Core.Reports;

/// <summary>What a report is about besides its figures.</summary>
public sealed record ReportFrame(Period Period, string TownName, string UnitName);

/// <summary>A report, or the sentence that says why it could not be rendered.</summary>
public sealed record RenderedReport(ReportDocument? Document, string? Refusal);

/// <summary>Renders a template with its figures: Liquid first, then Markdown, then figures put back where their marks stand.</summary>
public static partial class ReportRenderer
{
    private const int MostCharacters = 1_000_000;
    private const int MostIterations = 10_000;
    private const int MostMilliseconds = 10_000;

    /// <summary>Codes of the indicators a template names, each once, in the order of the text.</summary>
    public static IReadOnlyList<string> CodesOf(ReportTemplate template, Catalog catalog) =>
        [.. Name().Matches(template.Text).Select(m => m.Value).Where(catalog.Indicators.ContainsKey).Distinct()];

    /// <summary><paramref name="figures"/> must hold every indicator of <see cref="CodesOf"/>.</summary>
    public static RenderedReport Render(ReportTemplate template, Catalog catalog, IReadOnlyList<Figure> figures, ReportFrame frame)
    {
        var marks = new FigureMarks(catalog.Wording);
        var variables = FrameOf(frame);
        foreach (var figure in figures)
        {
            variables[figure.Indicator.Code] = new FigureDrop(figure, marks);
        }

        string text;
        Formalities formalities;
        try
        {
            text = Fill(template.Text, variables);
            formalities = template.Formalities.Select(t => Fill(t, FrameOf(frame)));
        }
        catch (Exception e) when (e is LiquidException or RenderException or FigureFilterException or LimitedWriterException or System.TimeoutException)
        {
            return new RenderedReport(null, Text.Core["pack_report_liquid", (e.InnerException ?? e).Message]);
        }

        return marks.Refusal is { } refusal ? new RenderedReport(null, refusal) : new RenderedReport(ReportMarkdown.Read(text, marks) with { Formalities = formalities }, null);
    }

    private static Hash FrameOf(ReportFrame frame) => new()
    {
        ["period"] = Hash.FromDictionary(new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["from"] = frame.Period.From.ToString("yyyy年M月d日"),
            ["to"] = frame.Period.To.ToString("yyyy年M月d日"),
            ["years"] = frame.Period.To.Year - frame.Period.From.Year + 1,
            ["first_year"] = frame.Period.From.Year,
            ["last_year"] = frame.Period.To.Year,
        }),
        ["town"] = Hash.FromDictionary(new Dictionary<string, object>(StringComparer.Ordinal) { ["name"] = frame.TownName }),
        ["unit"] = Hash.FromDictionary(new Dictionary<string, object>(StringComparer.Ordinal) { ["name"] = frame.UnitName }),
    };

    private static string Fill(string liquid, Hash variables)
    {
        using var writer = new LimitedWriter(MostCharacters);
        Template.Parse(liquid).Render(writer, new RenderParameters(CultureInfo.InvariantCulture)
        {
            LocalVariables = variables,
            Filters = [typeof(FigureFilter)],
            ErrorsOutputMode = ErrorsOutputMode.Rethrow,
            MaxIterations = MostIterations,
            Timeout = MostMilliseconds,
        });
        return writer.ToString();
    }

    /// <summary>What is wrong with a template's Liquid; null when nothing is.</summary>
    public static string? SyntaxError(ReportTemplate template)
    {
        try
        {
            foreach (var text in template.Formalities.Texts().Prepend(template.Text))
            {
                Template.Parse(text);
            }

            return null;
        }
        catch (LiquidException e)
        {
            return e.Message;
        }
    }

    [GeneratedRegex("[a-z][a-z0-9_]*", RegexOptions.CultureInvariant, Patterns.MostMilliseconds)]
    private static partial Regex Name();
}

/// <summary>What a template's filters were told and could not do.</summary>
internal sealed class FigureFilterException(string message) : Exception(message);

internal sealed class LimitedWriterException(string message) : Exception(message);

/// <summary>A text that refuses to grow beyond a limit.</summary>
internal sealed class LimitedWriter(int most) : StringWriter(CultureInfo.InvariantCulture)
{
    public override void Write(char value)
    {
        Check(1);
        base.Write(value);
    }

    public override void Write(string? value)
    {
        Check(value?.Length ?? 0);
        base.Write(value);
    }

    private void Check(int more)
    {
        if (GetStringBuilder().Length + more > most)
        {
            throw new LimitedWriterException(Text.Core["report_too_long"]);
        }
    }
}
