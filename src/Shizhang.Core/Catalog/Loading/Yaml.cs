using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Shizhang.Core.Catalogs.Loading;

/// <summary>A piece of YAML with the line it begins on: a text, a list or a map. Built from parser events; anchors are refused.</summary>
internal abstract record Yaml(SourceLine At)
{
    private const int MostLevels = 20;

    /// <summary>Reads one document. Wrong YAML gives null and one error with its line.</summary>
    public static Yaml? Read(string file, string text, PackErrors errors)
    {
        try
        {
            var parser = new Parser(new StringReader(text));
            parser.Consume<StreamStart>();
            if (!parser.TryConsume<DocumentStart>(out _))
            {
                return new YamlMap(new SourceLine(file, 1), new Dictionary<string, YamlEntry>(StringComparer.Ordinal));
            }

            return Node(parser, file, errors, 0);
        }
        catch (YamlException e)
        {
            var sentence = e.InnerException?.Message ?? e.Message;
            errors.Add("yaml", new SourceLine(file, (int)e.Start.Line), sentence);
            return null;
        }
    }

    private static Yaml Node(Parser parser, string file, PackErrors errors, int level)
    {
        var at = new SourceLine(file, (int)parser.Current!.Start.Line);
        if (level > MostLevels)
        {
            throw new YamlException(parser.Current.Start, parser.Current.End, Texts.Text.Core["pack_deep"]);
        }

        if (parser.TryConsume<Scalar>(out var scalar))
        {
            var isNull = scalar is { IsPlainImplicit: true, Style: ScalarStyle.Plain, Value: "" or "~" or "null" };
            return new YamlText(at, isNull ? null : scalar.Value);
        }

        if (parser.TryConsume<SequenceStart>(out _))
        {
            var items = new List<Yaml>();
            while (!parser.TryConsume<SequenceEnd>(out _))
            {
                items.Add(Node(parser, file, errors, level + 1));
            }

            return new YamlList(at, items);
        }

        if (parser.TryConsume<MappingStart>(out _))
        {
            var entries = new Dictionary<string, YamlEntry>(StringComparer.Ordinal);
            while (!parser.TryConsume<MappingEnd>(out _))
            {
                var keyAt = new SourceLine(file, (int)parser.Current!.Start.Line);
                var key = (Node(parser, file, errors, level + 1) as YamlText)?.Value ?? "";
                var value = Node(parser, file, errors, level + 1);
                if (!entries.TryAdd(key, new YamlEntry(keyAt, value)))
                {
                    errors.Add("duplicate_key", keyAt, key);
                }
            }

            return new YamlMap(at, entries);
        }

        throw new YamlException(parser.Current.Start, parser.Current.End, Texts.Text.Core["pack_alias"]);
    }
}

internal sealed record YamlText(SourceLine At, string? Value) : Yaml(At);

internal sealed record YamlList(SourceLine At, IReadOnlyList<Yaml> Items) : Yaml(At);

internal sealed record YamlMap(SourceLine At, IReadOnlyDictionary<string, YamlEntry> Entries) : Yaml(At);

internal readonly record struct YamlEntry(SourceLine At, Yaml Value);
