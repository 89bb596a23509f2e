using System.Text;

namespace Shizhang.Core.Catalogs.Loading;

/// <summary>The files of a pack by their path inside it, with <c>/</c> between folders. Packs also come from the database.</summary>
public sealed class PackFiles
{
    public const int MostFiles = 2000;
    public const int MostBytes = 16 * 1024 * 1024;

    private static readonly HashSet<string> Endings = new(StringComparer.Ordinal) { ".yaml", ".md" };

    public PackFiles(IReadOnlyDictionary<string, string> texts)
    {
        Texts = texts;
        var all = new StringBuilder();
        foreach (var (path, text) in texts.Where(t => !IsDemo(t.Key)).OrderBy(t => t.Key, StringComparer.Ordinal))
        {
            all.Append(path).Append('\n').Append(text.Length).Append('\n').Append(text).Append('\n');
        }

        Digest = Sm3.Hex(Encoding.UTF8.GetBytes(all.ToString()));
    }

    public IReadOnlyDictionary<string, string> Texts { get; }

    /// <summary>SM3 over paths and texts, lower-case hex. The demo's totals are no definitions and do not count.</summary>
    public string Digest { get; }

    /// <summary>Reads a folder; a sentence when it cannot be read or is too large.</summary>
    public static (PackFiles? Files, string? Refusal) Read(string folder)
    {
        try
        {
            var texts = new Dictionary<string, string>(StringComparer.Ordinal);
            long bytes = 0;
            foreach (var file in new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories))
            {
                if (!Endings.Contains(file.Extension))
                {
                    continue;
                }

                bytes += file.Length;
                if (texts.Count == MostFiles || bytes > MostBytes)
                {
                    return (null, Core.Texts.Text.Core["pack_too_large", MostFiles, MostBytes / 1024 / 1024]);
                }

                var path = Path.GetRelativePath(folder, file.FullName).Replace('\\', '/');
                texts.Add(path, File.ReadAllText(file.FullName).ReplaceLineEndings("\n"));
            }

            return texts.ContainsKey("pack.yaml")
                ? (new PackFiles(texts), null)
                : (null, Core.Texts.Text.Core["pack_unreadable", folder, Core.Texts.Text.Core["pack_missing_file", "pack.yaml"]]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (null, Core.Texts.Text.Core["pack_unreadable", folder, e.Message]);
        }
    }

    internal static bool IsDemo(string path) => path.StartsWith("demo/", StringComparison.Ordinal);
}
