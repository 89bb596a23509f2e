namespace Shizhang.Core.Auditing;

/// <summary>What a passage is about, by the words of <c>topics.txt</c>; each topic is a number.</summary>
internal sealed class Topics
{
    private const string MattersSection = "[matters]";
    private static readonly Lazy<Topics> Shared = new(Load);

    private readonly List<string[]> _words;
    private readonly int _firstMatter;

    private Topics(List<string[]> words, int firstMatter) => (_words, _firstMatter) = (words, firstMatter);

    public static Topics Of => Shared.Value;

    /// <summary>The topics a passage speaks of; the name of a document in it speaks of none.</summary>
    public HashSet<int> In(string passage)
    {
        var spoken = WithoutNames(passage);
        return [.. Enumerable.Range(0, _words.Count).Where(t => Array.Exists(_words[t], w => spoken.Contains(w, StringComparison.Ordinal)))];
    }

    /// <summary>A field of work, as against how people conduct themselves: attitudes may lie behind anything, a matter only behind itself.</summary>
    public bool IsMatter(int topic) => topic >= _firstMatter;

    private static string WithoutNames(string passage)
    {
        var spoken = new System.Text.StringBuilder(passage.Length);
        var depth = 0;
        foreach (var character in passage)
        {
            depth = Math.Max(0, depth + (character == '《' ? 1 : character == '》' ? -1 : 0));
            spoken.Append(depth > 0 || character == '》' ? ' ' : character);
        }

        return spoken.ToString();
    }

    private static Topics Load()
    {
        using var stream = typeof(Topics).Assembly.GetManifestResourceStream("Shizhang.Core.Auditing.topics.txt")!;
        using var reader = new StreamReader(stream);
        var (words, firstMatter) = (new List<string[]>(), 0);
        while (reader.ReadLine() is { } line)
        {
            if (line == MattersSection)
            {
                firstMatter = words.Count;
            }
            else if (line.Length > 0 && line[0] is not ('#' or '['))
            {
                words.Add(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
            }
        }

        return new Topics(words, firstMatter);
    }
}
