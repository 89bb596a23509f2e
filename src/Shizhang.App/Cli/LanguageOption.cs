using Shizhang.Core.Texts;

namespace Shizhang.App.Cli;

/// <summary><c>--lang en</c> anywhere on the line, or SHIZHANG_LANG; Chinese otherwise.</summary>
internal static class LanguageOption
{
    private const string Name = "--lang";

    public static (string[] Args, Language Language) Take(string[] args)
    {
        var at = Array.IndexOf(args, Name);
        var given = at >= 0 && at + 1 < args.Length ? args[at + 1] : Environment.GetEnvironmentVariable("SHIZHANG_LANG");
        var language = string.Equals(given, "en", StringComparison.OrdinalIgnoreCase) ? Language.En : Language.Zh;
        return (at < 0 ? args : [.. args[..at], .. args[Math.Min(at + 2, args.Length)..]], language);
    }
}
