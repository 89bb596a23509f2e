using DocumentFormat.OpenXml.Packaging;

namespace Shizhang.Office;

/// <summary>The text of a docx, or why there is none; a Strict one is only read.</summary>
public readonly record struct ReadDocx(string? Text, DocxRefusal? Refusal, bool IsStrict);

/// <summary>Reads a docx to audit, and gives it back with a comment at each place.</summary>
public static class AuditedDocx
{
    public static ReadDocx Read(byte[] bytes)
    {
        var isStrict = false;
        var (text, refusal) = DocxGate.Pass<string>(bytes, docx =>
        {
            isStrict = docx.StrictRelationshipFound;
            return DocxText.Of(docx) is { } read ? (read.Content, null) : (null, DocxRefusal.Broken);
        });
        return new ReadDocx(text, refusal, isStrict);
    }

    /// <summary>The same docx with a comment at each place of its text.</summary>
    public static byte[] Commented(byte[] bytes, IEnumerable<(int Start, int End, string Comment)> places, string author, DateTime at)
    {
        using var stream = new MemoryStream();
        stream.Write(bytes);
        using (var docx = WordprocessingDocument.Open(stream, isEditable: true))
        {
            new DocxComments(DocxText.Of(docx)!).Add(docx, places, author, at);
        }

        return stream.ToArray();
    }
}
