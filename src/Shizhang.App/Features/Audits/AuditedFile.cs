using System.Text;
using Shizhang.App.Texts;
using Shizhang.Office;

namespace Shizhang.App.Features.Audits;

/// <summary>A text to audit; <see cref="Docx"/> is the document it came from, when it was one; a Strict one is not written again.</summary>
internal sealed record AuditedFile(string Text, byte[]? Docx, bool IsStrict = false)
{
    private const long MostBytes = 50 * 1024 * 1024;

    /// <summary>Reads txt and md (UTF-8 with or without BOM, UTF-16 with one, else GB18030; line ends as LF) and docx; or says why not.</summary>
    public static async Task<(AuditedFile? File, string? Refusal)> ReadAsync(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
        {
            return Refuse("audit_no_file", path);
        }

        if (file.Length > MostBytes)
        {
            return Refuse("audit_too_large", path, MostBytes / 1024 / 1024);
        }

        return Read(path, await File.ReadAllBytesAsync(path));
    }

    /// <summary>The same of a file that was sent; its name says what it is.</summary>
    public static (AuditedFile? File, string? Refusal) Read(string path, byte[] bytes)
    {
        if (bytes.Length == 0)
        {
            return Refuse("audit_empty", path);
        }

        if (Path.GetExtension(path).Equals(".docx", StringComparison.OrdinalIgnoreCase))
        {
            var (text, refusal, isStrict) = AuditedDocx.Read(bytes);
            return text is null ? Refuse($"audit_docx_{refusal}", path) : Said(path, new AuditedFile(text, bytes, isStrict));
        }

        return Decode(bytes) is { } decoded && !decoded.Contains('\0') ? Said(path, new AuditedFile(decoded.TrimStart('\uFEFF').ReplaceLineEndings("\n"), null)) : Refuse("audit_binary", path);
    }

    private static (AuditedFile?, string?) Said(string path, AuditedFile file) => string.IsNullOrWhiteSpace(file.Text) ? Refuse("audit_empty", path) : (file, null);

    private static string? Decode(byte[] bytes)
    {
        // What Notepad calls Unicode.
        if (bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
        {
            return (bytes[0] == 0xFF ? Encoding.Unicode : Encoding.BigEndianUnicode).GetString(bytes);
        }

        foreach (var encoding in (Func<Encoding>[])[() => new UTF8Encoding(false, throwOnInvalidBytes: true), Gb18030])
        {
            try
            {
                return encoding().GetString(bytes);
            }
            catch (DecoderFallbackException)
            {
                // Not in this encoding.
            }
        }

        return null;
    }

    private static Encoding Gb18030()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        return Encoding.GetEncoding("GB18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
    }

    private static (AuditedFile?, string?) Refuse(string key, params ReadOnlySpan<object?> arguments) => (null, AppText.Of[key, arguments]);
}
