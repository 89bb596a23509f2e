using System.Collections.Frozen;

namespace Shizhang.Core.Auditing;

/// <summary>The words by which figures are known in prose, from the embedded lexicon: sections of words, found longest first.</summary>
internal sealed class Lexicon
{
    private static readonly Lazy<Lexicon> Shared = new(Load);

    private readonly Dictionary<string, WordSet> _sections;

    private Lexicon(Dictionary<string, WordSet> sections) => _sections = sections;

    public static Lexicon Of => Shared.Value;

    public WordSet this[string section] => _sections[section];

    private static Lexicon Load()
    {
        using var stream = typeof(Lexicon).Assembly.GetManifestResourceStream("Shizhang.Core.Auditing.lexicon.txt")!;
        using var reader = new StreamReader(stream);
        var sections = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        var current = new List<string>();
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('['))
            {
                sections.Add(line.Trim('[', ']'), current = []);
            }
            else if (!line.StartsWith('#'))
            {
                current.AddRange(line.Replace('（', '(').Replace('）', ')').Split(' ', StringSplitOptions.RemoveEmptyEntries));
            }
        }

        return new Lexicon(sections.ToDictionary(s => s.Key, s => new WordSet(s.Value), StringComparer.Ordinal));
    }
}

/// <summary>Words to be found at a place in a text, the longest first, in time that does not grow with the number of words.</summary>
internal sealed class WordSet
{
    private readonly FrozenSet<string> _words;
    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly int _longest;

    public WordSet(IReadOnlyCollection<string> words)
    {
        _words = words.ToFrozenSet(StringComparer.Ordinal);
        _lookup = _words.GetAlternateLookup<ReadOnlySpan<char>>();
        _longest = words.Max(w => w.Length);
    }

    public IEnumerable<string> Words => _words;

    public bool Contains(ReadOnlySpan<char> word) => _lookup.Contains(word);

    /// <summary>Length of the longest word that begins at <paramref name="at"/>; 0 when none does.</summary>
    public int StartingAt(ReadOnlySpan<char> text, int at)
    {
        for (var length = Math.Min(_longest, text.Length - at); length > 0; length--)
        {
            if (_lookup.Contains(text.Slice(at, length)))
            {
                return length;
            }
        }

        return 0;
    }

    /// <summary>Length of the longest word that ends before <paramref name="end"/>; 0 when none does.</summary>
    public int EndingAt(ReadOnlySpan<char> text, int end)
    {
        for (var length = Math.Min(_longest, end); length > 0; length--)
        {
            if (_lookup.Contains(text.Slice(end - length, length)))
            {
                return length;
            }
        }

        return 0;
    }
}
