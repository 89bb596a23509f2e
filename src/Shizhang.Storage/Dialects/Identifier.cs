using System.Text.RegularExpressions;
using Shizhang.Core;

namespace Shizhang.Storage.Dialects;

/// <summary>
/// The one gate for generated names. What is not of the forms below never reaches SQL, and what does is always quoted.
/// </summary>
internal readonly partial record struct Identifier
{
    private readonly string _name;

    private Identifier(string name) => _name = name;

    /// <summary>The name in double quotes, as both databases read it.</summary>
    public string Quoted => $"\"{_name}\"";

    public override string ToString() => _name;

    /// <summary>A code of the catalog, <c>ledger__field</c>, or a system name that begins with <c>_</c>; at most 63 bytes.</summary>
    public static Identifier Of(string name) =>
        name.Length <= 63 && Form().IsMatch(name)
            ? new Identifier(name)
            : throw new ArgumentException($"Not a name: {name}", nameof(name));

    public static Identifier Past(string ledger) => Of(ledger + "__past");

    public static Identifier Child(string ledger, string field) => Of($"{ledger}__{field}");

    [GeneratedRegex("^(_[a-z]+_)?_?[a-z][a-z0-9]*(_{1,2}[a-z0-9]+)*$", RegexOptions.CultureInvariant, Patterns.MostMilliseconds)]
    private static partial Regex Form();
}
