namespace Shizhang.Core.Catalogs.Loading;

/// <summary>Something wrong in a pack: which kind, where, and a sentence.</summary>
public sealed record PackError(string Code, SourceLine At, string Sentence)
{
    public override string ToString() => $"{At}: {Sentence}";
}

/// <summary>Collects every error of a pack; none of them stops the reading.</summary>
public sealed class PackErrors
{
    private readonly List<PackError> _all = [];

    /// <summary>In the order of files and lines.</summary>
    public IReadOnlyList<PackError> All => [.. _all.Distinct().OrderBy(e => e.At.File, StringComparer.Ordinal).ThenBy(e => e.At.Line)];

    public bool Any => _all.Count > 0;

    /// <summary><paramref name="code"/> is the key of the sentence without its <c>pack_</c>.</summary>
    public void Add(string code, SourceLine at, params ReadOnlySpan<object?> arguments) =>
        _all.Add(new PackError(code, at, Texts.Text.Core["pack_" + code, arguments]));

    public void AddSentence(string code, SourceLine at, string sentence) => _all.Add(new PackError(code, at, sentence));
}
