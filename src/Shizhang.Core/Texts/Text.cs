using System.Globalization;
using System.Resources;

namespace Shizhang.Core.Texts;

/// <summary>The language of what people read. What people wrote stays as written.</summary>
public enum Language
{
    Zh,
    En,
}

/// <summary>
/// Sentences by key, Chinese and English. Two embedded files instead of satellite assemblies, because the process runs
/// without cultures.
/// </summary>
public sealed class Text(string baseName, System.Reflection.Assembly assembly)
{
    private static readonly AsyncLocal<Language> Current = new();

    private readonly ResourceManager _zh = new(baseName + "Zh", assembly);
    private readonly ResourceManager _en = new(baseName + "En", assembly);

    /// <summary>The sentences of Core: packs, fields, filters, figures, reports.</summary>
    public static Text Core { get; } = new("Shizhang.Core.Texts.Messages", typeof(Text).Assembly);

    /// <summary>The language of this flow of work; Chinese until somebody says otherwise.</summary>
    public static Language Language
    {
        get => Current.Value;
        set => Current.Value = value;
    }

    /// <summary>A name as it is shown: in English the English one, when the pack gives one. Every name of a pack is chosen here.</summary>
    public static string Choose(string name, string? en) => Language == Language.En ? en ?? name : name;

    /// <summary>Names one after the other, as the reader's language lists them.</summary>
    public static string List(IEnumerable<string> names) => string.Join(Choose("、", ", "), names);

    /// <summary>The sentence with its places filled; a key that is missing is a bug.</summary>
    public string this[string key, params ReadOnlySpan<object?> arguments]
    {
        get
        {
            var sentence = (Language == Language.En ? _en : _zh).GetString(key, CultureInfo.InvariantCulture)
                ?? throw new ArgumentException($"No sentence '{key}'.", nameof(key));
            return arguments.IsEmpty ? sentence : string.Format(CultureInfo.InvariantCulture, sentence, arguments);
        }
    }
}
