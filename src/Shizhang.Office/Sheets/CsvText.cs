using System.Globalization;

namespace Shizhang.Office.Sheets;

/// <summary>Fields of a csv that Excel opens as they are: a text that it would run as a formula begins with an apostrophe.</summary>
public static class CsvText
{
    private const string Runs = "=+-@\t\r";

    /// <summary>The field, marked where it would run and quoted where it must be.</summary>
    public static string Field(string text)
    {
        var safe = text.Length > 0 && Runs.Contains(text[0], StringComparison.Ordinal) && !decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out _) ? "'" + text : text;
        return safe.AsSpan().ContainsAny("\",\r\n") ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }

    /// <summary>The text without the mark that <see cref="Field"/> gave it.</summary>
    public static string Unmark(string text) => text.Length > 1 && text[0] == '\'' && Runs.Contains(text[1], StringComparison.Ordinal) ? text[1..] : text;
}
