using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using Shizhang.Core.Reports;

namespace Shizhang.Office;

/// <summary>By what a figure was found in a returned docx.</summary>
public enum FoundBy
{
    Bookmark,
    Control,
    Words,
}

/// <summary>Where a figure stands in the text of a returned docx, and what it says there.</summary>
public sealed record FigurePlace(int Start, int End, string Text, FoundBy By);

/// <summary>A figure that was written into a docx, with every place it stands at now; none when it is gone.</summary>
public sealed record ReturnedFigure(MappedFigure Issued, IReadOnlyList<FigurePlace> Places);

/// <summary>What a figure is now, and what it shall say at which of its places.</summary>
public sealed record RefreshedFigure(string Key, string Version, long AsOf, decimal? Value, long Records, string Said, IReadOnlyList<FigurePlace> Places);

/// <summary>A report that comes back from Word, WPS or LibreOffice: its text as the writer left it, and its figures.</summary>
public sealed class ReturnedDocx
{
    private readonly byte[] _bytes;

    private ReturnedDocx(byte[] bytes, string text, IReadOnlyList<ReturnedFigure> figures) => (_bytes, Text, Figures) = (bytes, text, figures);

    /// <summary>As the audit reads it: changes that are still tracked count as accepted.</summary>
    public string Text { get; }

    public IReadOnlyList<ReturnedFigure> Figures { get; }

    public static (ReturnedDocx? Docx, DocxRefusal? Refusal) Read(byte[] bytes) => DocxGate.Pass<ReturnedDocx>(bytes, docx =>
    {
        if (docx.StrictRelationshipFound)
        {
            return (null, DocxRefusal.Strict);
        }

        if (DocxText.Of(docx) is not { } text)
        {
            return (null, DocxRefusal.Broken);
        }

        var marks = DocxMarks.Of(text);
        return MapOf(docx) is var (_, map)
            ? (new ReturnedDocx(bytes, text.Content, FigureFinder.Find(text.Content, marks, map)), null)
            : (null, marks.Bookmarks.Keys.Concat(marks.Tags.Keys).Any(DocxReport.IsBookmark) ? DocxRefusal.MapLost : DocxRefusal.NotOurs);
    });

    /// <summary>
    /// The same docx with some figures as they are now, at the places given, and the map that says so of those that were written.
    /// The writer's words and their look stay; every other part of the package stays byte for byte.
    /// </summary>
    public byte[] Refreshed(IReadOnlyList<RefreshedFigure> figures)
    {
        using var docx = WordprocessingDocument.Open(new MemoryStream(_bytes), isEditable: false);
        var writer = new FigureWriter(DocxText.Of(docx)!);
        writer.Write(figures.SelectMany(f => f.Places.Select(p => (p.Start, p.End, f.Said))));
        var now = figures.Where(f => f.Places.Count > 0 && f.Places.All(p => writer.Written.Contains(p.Start))).GroupBy(f => f.Key).ToDictionary(f => f.Key, f => f.Last(), StringComparer.Ordinal);

        var (part, map) = MapOf(docx)!.Value;
        var text = DocxText.Of(docx)!;
        var found = FigureFinder.Find(text.Content, DocxMarks.Of(text), [.. map.Select(f => now.TryGetValue(f.Key, out var fresh) ? With(f, fresh) : f)]);
        using var mapped = new MemoryStream();
        FigureMap.Write(found.Select(f => Around(f, text.Content))).Save(mapped);
        return DocxPackage.With(_bytes, [.. writer.Changed.Select(Saved), (part.Uri, mapped.ToArray())]);
    }

    private static (Uri Part, byte[] Content) Saved(OpenXmlPartRootElement root)
    {
        using var saved = new MemoryStream();
        root.Save(saved);
        return (root.OpenXmlPart!.Uri, saved.ToArray());
    }

    private static MappedFigure With(MappedFigure figure, RefreshedFigure now) =>
        figure with { Version = now.Version, AsOf = now.AsOf, Value = now.Value, Records = now.Records, Said = now.Said };

    // The words around a figure are those of the writer from now on.
    private static MappedFigure Around(ReturnedFigure figure, string text)
    {
        if (figure.Places.FirstOrDefault(p => p.By != FoundBy.Words) is not { } place)
        {
            return figure.Issued;
        }

        var (before, after) = SurroundingWords.Of(text, place.Start, place.End);
        return figure.Issued with { Before = before, After = after };
    }

    private static (CustomXmlPart Part, IReadOnlyList<MappedFigure> Map)? MapOf(WordprocessingDocument docx)
    {
        foreach (var part in docx.MainDocumentPart!.CustomXmlParts)
        {
            using var stream = part.GetStream(FileMode.Open, FileAccess.Read);
            if (FigureMap.Read(stream) is { Count: > 0 } map)
            {
                return (part, map);
            }
        }

        return null;
    }
}
