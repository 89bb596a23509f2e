using System.Globalization;
using System.Text;

namespace Shizhang.Core.Records.FieldTypes;

/// <summary>What people type, made plain: full-width digits and signs as ASCII, no blanks around.</summary>
internal static class Input
{
    /// <summary>The text of an input of any kind; null when it is empty.</summary>
    public static string? Text(object? input)
    {
        var text = input switch
        {
            null => null,
            string s => s,
            DateOnly day => day.ToString("yyyy-MM-dd"),
            DateTime time => time.ToString("yyyy-MM-dd"),
            bool yes => yes ? "true" : "false",
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => input.ToString(),
        };
        text = text?.Trim();
        return string.IsNullOrEmpty(text) ? null : text;
    }

    /// <summary>As <see cref="Text"/>, with full-width ASCII brought to half width: for numbers, dates and codes, not for prose.</summary>
    public static string? Plain(object? input)
    {
        var text = Text(input);
        if (text is null || text.All(char.IsAscii))
        {
            return text;
        }

        var plain = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            plain.Append(c is >= '！' and <= '～' ? (char)(c - '！' + '!') : c == '　' ? ' ' : c);
        }

        return plain.ToString().Trim();
    }

    /// <summary>The number a plain text is; separators stand between groups of three. Null when it is none: 1,5 may be anything.</summary>
    public static decimal? Number(string plain) =>
        HasGroups(plain) && decimal.TryParse(plain, NumberStyles.AllowLeadingSign | NumberStyles.AllowThousands | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static bool HasGroups(string plain)
    {
        var groups = plain.AsSpan().TrimStart("+-").ToString().Split('.')[0].Split(',');
        return groups.Length == 1 || (groups[0].Length is >= 1 and <= 3 && groups.Skip(1).All(g => g.Length == 3));
    }

    /// <summary>Line breaks and tabs are text; other control characters are not.</summary>
    public static bool HasControls(string text, bool lines) =>
        text.Any(c => char.IsControl(c) && !(lines && c is '\n' or '\r' or '\t'));
}
