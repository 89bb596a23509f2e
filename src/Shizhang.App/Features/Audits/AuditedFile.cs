using System.Text;
using Shizhang.App.Texts;

namespace Shizhang.App.Features.Audits;

/// <summary>Reads a text to audit: UTF-8 with or without BOM, else GB18030; line ends as LF.</summary>
internal static class AuditedFile
{
    private const long MostBytes = 50 * 1024 * 1024;

    public static async Task<(string? Text, string? Refusal)> ReadAsync(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
        {
            return (null, AppText.Of["audit_no_file", path]);
        }

        if (file.Length > MostBytes)
        {
            return (null, AppText.Of["audit_too_large", path, MostBytes / 1024 / 1024]);
        }

        var bytes = await File.ReadAllBytesAsync(path);
        if (bytes.Length == 0)
        {
            return (null, AppText.Of["audit_empty", path]);
        }

        if (bytes.AsSpan().Contains((byte)0))
        {
            return (null, AppText.Of["audit_binary", path]);
        }

        var text = Decode(bytes);
        return text is null ? (null, AppText.Of["audit_binary", path]) : (text.TrimStart('\uFEFF').ReplaceLineEndings("\n"), null);
    }

    private static string? Decode(byte[] bytes)
    {
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
}
