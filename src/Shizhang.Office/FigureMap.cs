using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace Shizhang.Office;

/// <summary>
/// A figure of a report as the docx keeps it: its address, what it was and said when it was written, the words the template asked
/// for, and the words around it, by which it is found when its marks are gone.
/// </summary>
public sealed record MappedFigure(
    string Key,
    string Name,
    string Indicator,
    string Version,
    DateOnly From,
    DateOnly To,
    string Unit,
    long AsOf,
    decimal? Value,
    long Records,
    string Said,
    IReadOnlyList<string> Words,
    string Before,
    string After)
{
    public string Bookmark => DocxReport.BookmarkOf(Key);
}

/// <summary>The custom XML part of a report: elements only, because some editors drop attributes.</summary>
internal static class FigureMap
{
    private const string Day = "yyyy-MM-dd";

    // Many periods or units want many counts; a report has a few hundred figures.
    private const int MostFigures = 1000;

    private static readonly XNamespace Ns = DocxReport.Figures;

    public static XDocument Write(IEnumerable<MappedFigure> figures) => new(new XElement(Ns + "figures", figures.Select(f => new XElement(
        Ns + "figure",
        new XElement(Ns + "key", f.Key),
        new XElement(Ns + "bookmark", f.Bookmark),
        new XElement(Ns + "name", f.Name),
        new XElement(Ns + "indicator", f.Indicator),
        new XElement(Ns + "version", f.Version),
        new XElement(Ns + "from", f.From.ToString(Day)),
        new XElement(Ns + "to", f.To.ToString(Day)),
        new XElement(Ns + "unit", f.Unit),
        new XElement(Ns + "as_of", f.AsOf),
        new XElement(Ns + "value", f.Value?.ToString(CultureInfo.InvariantCulture)),
        new XElement(Ns + "records", f.Records),
        new XElement(Ns + "said", f.Said),
        new XElement(Ns + "words", f.Words.Select(w => new XElement(Ns + "word", w))),
        new XElement(Ns + "before", f.Before),
        new XElement(Ns + "after", f.After)))));

    /// <summary>The figures of a map; null when it is none, or not as it was written.</summary>
    public static IReadOnlyList<MappedFigure>? Read(Stream part)
    {
        try
        {
            using var reader = XmlReader.Create(part, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
            var root = XDocument.Load(reader, LoadOptions.PreserveWhitespace).Root;
            if (root?.Name != Ns + "figures")
            {
                return null;
            }

            var figures = root.Elements(Ns + "figure").Take(MostFigures).Select(Read).ToList();
            return figures.Contains(null) ? null : [.. figures.OfType<MappedFigure>().DistinctBy(f => f.Key)];
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static MappedFigure? Read(XElement element)
    {
        string Of(string name) => element.Element(Ns + name)?.Value ?? "";
        var value = Of("value");
        var number = 0m;
        return Of("key").Length > 0
            && DateOnly.TryParseExact(Of("from"), Day, out var from)
            && DateOnly.TryParseExact(Of("to"), Day, out var to)
            && from <= to
            && long.TryParse(Of("as_of"), NumberStyles.None, CultureInfo.InvariantCulture, out var asOf)
            && long.TryParse(Of("records"), NumberStyles.None, CultureInfo.InvariantCulture, out var records)
            && (value.Length == 0 || decimal.TryParse(value, NumberStyles.Number, CultureInfo.InvariantCulture, out number))
                ? new MappedFigure(
                    Of("key"), Of("name"), Of("indicator"), Of("version"), from, to, Of("unit"), asOf, value.Length == 0 ? null : number, records, Of("said"),
                    [.. element.Element(Ns + "words")?.Elements(Ns + "word").Select(w => w.Value) ?? []], Of("before"), Of("after"))
                : null;
    }
}
