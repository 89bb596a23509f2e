using System.Text.RegularExpressions;

namespace Shizhang.Core.Filters;

/// <summary>What is wrong with the text of a filter, in a sentence of ours: the parser's own words are English and for programmers.</summary>
internal static partial class FilterFault
{
    public static string Of(string said) => Texts.Text.Core["filter_syntax", Because(said)];

    private static string Because(string said) =>
        Property().Match(said) is { Success: true } property ? Texts.Text.Core["filter_unknown_name", property.Groups[1].Value]
        : Function().Match(said) is { Success: true } function ? Texts.Text.Core["filter_unknown_function", function.Groups[1].Value]
        : Types().IsMatch(said) ? Texts.Text.Core["filter_types"]
        : Position().Match(said) is { Success: true } place ? Texts.Text.Core["filter_position", place.Groups[1].Value]
        : Texts.Text.Core["filter_unreadable"];

    [GeneratedRegex("property named '([^']*)'", RegexOptions.None, Patterns.MostMilliseconds)]
    private static partial Regex Property();

    [GeneratedRegex("unknown function with name '([^']*)'", RegexOptions.None, Patterns.MostMilliseconds)]
    private static partial Regex Function();

    [GeneratedRegex("incompatible types|No function signature|Edm\\.", RegexOptions.None, Patterns.MostMilliseconds)]
    private static partial Regex Types();

    [GeneratedRegex("(?:position|at|location) (\\d+)", RegexOptions.IgnoreCase, Patterns.MostMilliseconds)]
    private static partial Regex Position();
}
