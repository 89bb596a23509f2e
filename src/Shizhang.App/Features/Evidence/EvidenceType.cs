namespace Shizhang.App.Features.Evidence;

/// <summary>What a file is served as, and whether a browser may show it in place.</summary>
internal static class EvidenceType
{
    public static (string Type, bool IsShown) Of(string name) => Path.GetExtension(name).ToUpperInvariant() switch
    {
        ".PDF" => ("application/pdf", true),
        ".JPG" or ".JPEG" => ("image/jpeg", true),
        ".PNG" => ("image/png", true),
        ".TXT" => ("text/plain; charset=utf-8", true),
        _ => ("application/octet-stream", false),
    };
}
