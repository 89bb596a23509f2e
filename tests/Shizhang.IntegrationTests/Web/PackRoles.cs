using Shizhang.IntegrationTests.Cli;
using YamlDotNet.RepresentationModel;

namespace Shizhang.IntegrationTests.Web;

/// <summary>A role as its file says it, read here once more by hand: what pages allow is held against the words, not against the code that reads them.</summary>
internal sealed record PackRole(string Code, IReadOnlyList<string> At, IReadOnlyList<string> Reads, IReadOnlyList<string> Records, string? Administers)
{
    public bool IsBusiness => Administers is null;

    public bool MayRead(string ledger) => Reads.Contains("*") || Reads.Contains(ledger);

    public bool MayRecord(string ledger) => Records.Contains(ledger);

    public static IReadOnlyList<PackRole> Township()
    {
        var yaml = new YamlStream();
        yaml.Load(new StreamReader(Path.Combine(Shell.Root, "packs", "township", "roles.yaml")));
        var roles = (YamlMappingNode)((YamlMappingNode)yaml.Documents[0].RootNode)["roles"];
        return [.. roles.Children.Select(r => new PackRole(((YamlScalarNode)r.Key).Value!, Words(r.Value, "at"), Words(r.Value, "reads"), Words(r.Value, "records"), Words(r.Value, "administers").FirstOrDefault()))];
    }

    private static string[] Words(YamlNode role, string key) => ((YamlMappingNode)role).Children.TryGetValue(new YamlScalarNode(key), out var value)
        ? value is YamlSequenceNode list ? [.. list.Children.Select(c => ((YamlScalarNode)c).Value!)] : [((YamlScalarNode)value).Value!]
        : [];
}
