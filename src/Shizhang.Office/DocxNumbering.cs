using System.Globalization;
using System.Text.RegularExpressions;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using Shizhang.Core;
using Shizhang.Core.Texts;

namespace Shizhang.Office;

/// <summary>The automatic numbers of a docx as Word shows them: 一、 and （二） stand in no run, yet are how a report is told apart.</summary>
internal sealed partial class DocxNumbering
{
    private const char FirstCircled = '\u2460';
    private const int MostLevels = 9;
    private const int DeepestStyle = 20;
    private readonly Dictionary<int, Dictionary<int, Level>> _lists = [];
    private readonly Dictionary<int, int> _abstractOf = [];
    private readonly Dictionary<string, Style> _styles = new(StringComparer.Ordinal);
    private readonly Dictionary<int, int?[]> _counts = [];
    private readonly HashSet<int> _started = [];

    public DocxNumbering(MainDocumentPart part)
    {
        var numbering = part.NumberingDefinitionsPart?.Numbering;
        var definitions = (numbering?.Elements<AbstractNum>() ?? []).Where(a => a.AbstractNumberId is not null).DistinctBy(a => a.AbstractNumberId!.Value).ToDictionary(a => a.AbstractNumberId!.Value);
        foreach (var list in numbering?.Elements<NumberingInstance>() ?? [])
        {
            if (list.NumberID?.Value is { } id && list.AbstractNumId?.Val?.Value is { } of && definitions.TryGetValue(of, out var definition))
            {
                _abstractOf[id] = of;
                _lists[id] = Levels(definition, list);
            }
        }

        foreach (var style in part.StyleDefinitionsPart?.Styles?.Elements<Style>() ?? [])
        {
            if (style.StyleId?.Value is { } id)
            {
                _styles.TryAdd(id, style);
            }
        }
    }

    /// <summary>What stands before a paragraph; empty when it is not numbered, or by a bullet. Paragraphs must come in their order.</summary>
    public string Next(Paragraph paragraph)
    {
        if (_lists.Count == 0 || Of(paragraph) is not (var list, var depth) || !_lists.TryGetValue(list, out var levels) || !levels.TryGetValue(depth, out var level))
        {
            return "";
        }

        // Lists made of one definition count on, unless the list says where it starts.
        var of = _abstractOf[list];
        if (!_counts.TryGetValue(of, out var counts))
        {
            _counts.Add(of, counts = new int?[MostLevels]);
        }

        if (_started.Add(list) && levels.Values.Any(l => l.Restarts))
        {
            Array.Clear(counts);
        }

        counts[depth] = counts[depth] + 1 ?? level.Start;
        Array.Clear(counts, depth + 1, MostLevels - depth - 1);
        return level.Format == NumberFormatValues.Bullet || level.Format == NumberFormatValues.None
            ? ""
            : Placeholder().Replace(level.Text, m => Shown(levels, counts, m.Value[1] - '1'));
    }

    private static string Shown(Dictionary<int, Level> levels, int?[] counts, int depth) =>
        levels.TryGetValue(depth, out var level) ? Print(counts[depth] ?? level.Start, level.Format) : "";

    private static Dictionary<int, Level> Levels(AbstractNum definition, NumberingInstance list)
    {
        var levels = new Dictionary<int, Level>();
        foreach (var level in definition.Elements<DocumentFormat.OpenXml.Wordprocessing.Level>())
        {
            if (level.LevelIndex?.Value is >= 0 and < MostLevels and var depth)
            {
                levels[depth] = new Level(level.StartNumberingValue?.Val?.Value ?? 1, level.NumberingFormat?.Val?.Value ?? NumberFormatValues.Decimal, level.LevelText?.Val?.Value ?? "", false);
            }
        }

        foreach (var change in list.Elements<LevelOverride>())
        {
            if (change.LevelIndex?.Value is { } depth && change.StartOverrideNumberingValue?.Val?.Value is { } start && levels.TryGetValue(depth, out var level))
            {
                levels[depth] = level with { Start = start, Restarts = true };
            }
        }

        return levels;
    }

    /// <summary>The list and level of a paragraph, its own or its style's.</summary>
    private (int List, int Depth)? Of(Paragraph paragraph)
    {
        var properties = paragraph.ParagraphProperties;
        var (own, depth) = (properties?.NumberingProperties?.NumberingId?.Val?.Value, properties?.NumberingProperties?.NumberingLevelReference?.Val?.Value);
        var style = properties?.ParagraphStyleId?.Val?.Value;
        for (var i = 0; i < DeepestStyle && (own is null || depth is null) && style is not null && _styles.TryGetValue(style, out var found); i++)
        {
            var numbering = found.StyleParagraphProperties?.NumberingProperties;
            own ??= numbering?.NumberingId?.Val?.Value;
            depth ??= numbering?.NumberingLevelReference?.Val?.Value;
            style = found.BasedOn?.Val?.Value;
        }

        return own is > 0 and var list && (depth ?? 0) is >= 0 and < MostLevels and var at ? (list, at) : null;
    }

    private static string Print(int number, NumberFormatValues format)
    {
        if (format == NumberFormatValues.ChineseCounting || format == NumberFormatValues.ChineseCountingThousand || format == NumberFormatValues.JapaneseCounting || format == NumberFormatValues.TaiwaneseCountingThousand || format == NumberFormatValues.IdeographDigital)
        {
            return ChineseNumeral.Of(number);
        }

        if (format == NumberFormatValues.DecimalEnclosedCircle && number is > 0 and <= 20)
        {
            return ((char)(FirstCircled + number - 1)).ToString();
        }

        if ((format == NumberFormatValues.UpperLetter || format == NumberFormatValues.LowerLetter) && number is > 0 and <= 26)
        {
            return ((char)((format == NumberFormatValues.UpperLetter ? 'A' : 'a') + number - 1)).ToString();
        }

        return number.ToString(CultureInfo.InvariantCulture);
    }

    [GeneratedRegex("%[1-9]", RegexOptions.None, Patterns.MostMilliseconds)]
    private static partial Regex Placeholder();

    private sealed record Level(int Start, NumberFormatValues Format, string Text, bool Restarts);
}
