namespace Shizhang.Core.Catalogs.Loading;

/// <summary>The English that wording.yaml gives for words without a place of their own for it: areas, states, choices, measures.</summary>
internal sealed class EnglishWords
{
    private readonly Dictionary<string, Dictionary<string, (string? En, SourceLine At)>> _words = new(StringComparer.Ordinal);

    public EnglishWords(Section? wording)
    {
        foreach (var kind in (string[])["areas", "states", "choices", "measures"])
        {
            _words[kind] = (wording?.Map(kind)?.Entries() ?? []).ToDictionary(e => e.Key, e => ((e.Value as YamlText)?.Value, e.At), StringComparer.Ordinal);
        }
    }

    public string? Area(string name) => Find("areas", name);

    public string? State(string name) => Find("states", name);

    public string? Choice(string value) => Find("choices", value);

    public string? Measure(string name) => Find("measures", name);

    /// <summary>A word that nothing of the pack uses is a slip of the pen.</summary>
    public void Check(IEnumerable<Ledger> ledgers, IEnumerable<ChoiceList> lists, PackErrors errors)
    {
        var known = ledgers.ToList();
        Unused("areas", "unknown_area", [.. known.Select(l => l.Area)], errors);
        Unused("states", "unknown_state", [.. known.SelectMany(l => l.Workflow?.States ?? [])], errors);
        var fields = known.SelectMany(l => l.Fields.Concat(l.Fields.SelectMany(f => f.Lines ?? Enumerable.Empty<Field>())));
        Unused("choices", "unknown_choice", [.. fields.SelectMany(f => f.Choices).Concat(lists.SelectMany(l => l.Values)).Select(c => c.Value)], errors);
    }

    private string? Find(string kind, string word) => _words[kind].GetValueOrDefault(word).En;

    private void Unused(string kind, string error, HashSet<string> used, PackErrors errors)
    {
        foreach (var (word, (_, at)) in _words[kind].Where(w => !used.Contains(w.Key)))
        {
            errors.Add(error, at, word);
        }
    }
}
