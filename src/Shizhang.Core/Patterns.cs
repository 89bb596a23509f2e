namespace Shizhang.Core;

/// <summary>What holds for every regular expression of the program.</summary>
public static class Patterns
{
    /// <summary>
    /// Milliseconds an expression may take. All are simple and go over short texts: the limit is for what nobody foresaw, and is
    /// longer than a busy machine stands still, so that no record is refused because the office is at work.
    /// </summary>
    public const int MostMilliseconds = 5000;
}
