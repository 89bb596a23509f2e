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

/// <summary>What a figure is now, and what it shall say.</summary>
public sealed record RefreshedFigure(string Key, string Version, long AsOf, decimal? Value, long Records, string Said);

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
        if (DocxText.Of(docx) is not { } text)
        {
            return (null, DocxRefusal.Broken);
        }

        var marks = DocxMarks.Of(docx, text);
        return MapOf(docx) is var (_, map)
            ? (new ReturnedDocx(bytes, text.Content, FigureFinder.Find(text.Content, marks, map)), null)
            : (null, marks.Bookmarks.Keys.Concat(marks.Tags.Keys).Any(DocxReport.IsBookmark) ? DocxRefusal.MapLost : DocxRefusal.NotOurs);
    });

    /// <summary>
    /// The same docx with some figures as they are now, at every place they stand, and the map that says so. The writer's words and
    /// their look stay; every other part of the package stays byte for byte.
    /// </summary>
    public byte[] Refreshed(IReadOnlyList<RefreshedFigure> figures)
    {
        using var docx = WordprocessingDocument.Open(new MemoryStream(_bytes), isEditable: false);
        var now = figures.ToDictionary(f => f.Key, StringComparer.Ordinal);
        var places = Figures.Where(f => now.ContainsKey(f.Issued.Key)).SelectMany(f => f.Places.Select(p => (p.Start, p.End, now[f.Issued.Key].Said))).ToList();
        DocxText.Of(docx)!.Replace(places);

        var (part, map) = MapOf(docx)!.Value;
        var text = DocxText.Of(docx)!;
        var marks = DocxMarks.Of(docx, text);
        using var document = new MemoryStream();
        docx.MainDocumentPart!.Document!.Save(document);
        using var mapped = new MemoryStream();
        FigureMap.Write(map.Select(f => Around(now.TryGetValue(f.Key, out var fresh) ? With(f, fresh) : f, text.Content, marks))).Save(mapped);
        return places.Count == 0
            ? DocxPackage.With(_bytes, (part.Uri, mapped.ToArray()))
            : DocxPackage.With(_bytes, (docx.MainDocumentPart.Uri, document.ToArray()), (part.Uri, mapped.ToArray()));
    }

    private static MappedFigure With(MappedFigure figure, RefreshedFigure now) =>
        figure with { Version = now.Version, AsOf = now.AsOf, Value = now.Value, Records = now.Records, Said = now.Said };

    // The words around a figure are those of the writer from now on.
    private static MappedFigure Around(MappedFigure figure, string text, DocxMarks marks)
    {
        if ((marks.Bookmarks.GetValueOrDefault(figure.Bookmark) ?? marks.Tags.GetValueOrDefault(figure.Bookmark)) is not [var (start, end), ..])
        {
            return figure;
        }

        var (before, after) = SurroundingWords.Of(text, start, end);
        return figure with { Before = before, After = after };
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
