using System.Globalization;
using Shizhang.App.Texts;
using Shizhang.Core.Catalogs;
using Shizhang.Core.Figures;
using Shizhang.Storage.Accounts;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Shizhang.App.Demo;

/// <summary>Something in the demo's files that cannot be followed; the message says where.</summary>
internal sealed class DemoScriptException(string message) : Exception(message);

/// <summary>A place in the demo's files: reads keys and says where something is wrong.</summary>
internal sealed class ScriptNode(string file, YamlNode node)
{
    private const string MergeKey = "<<";

    public YamlNode Node { get; } = node;

    public bool IsMap => Node is YamlMappingNode;

    public string? Scalar => (Node as YamlScalarNode)?.Value;

    public ScriptNode? this[string key] =>
        Node is not YamlMappingNode map ? null
        : map.Children.TryGetValue(new YamlScalarNode(key), out var value) ? new ScriptNode(file, value)
        : Merged is { } merged ? merged[key]
        : null;

    public ScriptNode Need(string key) => this[key] ?? throw Wrong(AppText.Of["demo_missing_key", key]);

    /// <summary>Keys and values in the order written; those of a merged map (<c>&lt;&lt;</c>) first, each as it is overridden here.</summary>
    public IEnumerable<(string Key, ScriptNode Value)> Entries
    {
        get
        {
            if (Node is not YamlMappingNode map)
            {
                return [];
            }

            var own = map.Children.Select(c => (Key: ((YamlScalarNode)c.Key).Value!, Value: new ScriptNode(file, c.Value))).Where(c => c.Key != MergeKey).ToList();
            var inherited = Merged?.Entries.Select(e => (e.Key, this[e.Key]!)).ToList() ?? [];
            return inherited.Concat(own.Where(o => inherited.TrueForAll(i => i.Key != o.Key)));
        }
    }

    private ScriptNode? Merged => Node is YamlMappingNode map && map.Children.TryGetValue(new YamlScalarNode(MergeKey), out var value) ? new ScriptNode(file, value) : null;

    public IReadOnlyList<ScriptNode> Items => Node is YamlSequenceNode list ? [.. list.Children.Select(c => new ScriptNode(file, c))] : [];

    public string Text => Scalar ?? throw Wrong(AppText.Of["demo_not_text"]);

    public decimal Number => decimal.TryParse(Scalar, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) ? number : throw Wrong(AppText.Of["demo_not_number"]);

    public int Integer => (int)Number;

    public DateOnly Day => DateOnly.TryParseExact(Scalar, "yyyy-MM-dd", out var day) ? day : throw Wrong(AppText.Of["demo_not_date"]);

    /// <summary>Two ends; one value is both.</summary>
    public (T From, T To) Span<T>(Func<ScriptNode, T> read) => Items switch
    {
        [] => (read(this), read(this)),
        [var from, var to] => (read(from), read(to)),
        _ => throw Wrong(AppText.Of["demo_not_span"]),
    };

    public DemoScriptException Wrong(string what) => new($"{file}:{Node.Start.Line}: {what}");
}

/// <summary>
/// The demo's files: the town and its span of days, the report it ends in and the account of whoever tries it, then sets of
/// records in the order they are drafted.
/// </summary>
internal sealed record DemoScript(string Town, string TownName, Period Period, string Report, IReadOnlyList<Account> Accounts, IReadOnlyList<DemoSet> Sets)
{
    private const string Folder = "demo/";

    public static DemoScript Read(IReadOnlyDictionary<string, string> packFiles, Catalog catalog)
    {
        var roots = packFiles.Where(f => f.Key.StartsWith(Folder, StringComparison.Ordinal)).OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => RootOf(f.Key, f.Value)).ToList();
        var head = roots.Find(r => r.IsMap) ?? throw new DemoScriptException(AppText.Of["demo_no_town"]);
        var town = head.Need("town").Text;
        var sets = new List<DemoSet>();
        foreach (var node in roots.Where(r => !r.IsMap).SelectMany(r => r.Items))
        {
            sets.Add(DemoSet.Read(node, catalog, sets.Count));
        }

        return new DemoScript(
            town, head.Need("name").Text, new Period(head.Need("from").Day, head.Need("to").Day), head.Need("report").Text,
            [.. head.Need("accounts").Items.Select(a => AccountOf(a, catalog, town))], sets);
    }

    private static Account AccountOf(ScriptNode node, Catalog catalog, string town)
    {
        var role = node.Need("role");
        return catalog.Roles.ContainsKey(role.Text)
            ? new Account(node.Need("name").Text, node.Need("display").Text, [new Grant(role.Text, node["unit"]?.Text ?? town)])
            : throw role.Wrong(AppText.Of["demo_no_role", role.Text]);
    }

    private static ScriptNode RootOf(string path, string text)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(text));
        }
        catch (YamlException e)
        {
            throw new DemoScriptException($"{path}:{e.Start.Line}: {e.Message}");
        }

        return new ScriptNode(path, stream.Documents[0].RootNode);
    }
}
