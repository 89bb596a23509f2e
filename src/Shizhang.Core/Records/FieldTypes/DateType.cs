using System.Text.RegularExpressions;
using Shizhang.Core.Catalogs;

namespace Shizhang.Core.Records.FieldTypes;

/// <summary>A day: 2018-05-03, 2018.5.3, 2018/5/3 or 2018年5月3日.</summary>
public sealed partial class DateType : FieldType
{
    public override string Code => "date";

    public override StorageKind Stored => StorageKind.Date;

    public override Parsed Parse(object? input, Field field) => input switch
    {
        DateOnly day => Parsed.Of(day),
        _ when Input.Plain(input) is not { } text => Parsed.Of(null),
        _ => Read(Input.Plain(input)!) is { } day ? Parsed.Of(day) : Parsed.Refuse(Texts.Text.Core["field_date", Input.Text(input)]),
    };

    /// <summary>The day a text names; null when there is none such.</summary>
    public static DateOnly? Read(string text)
    {
        var match = Form().Match(text);
        if (!match.Success)
        {
            return null;
        }

        var (year, month, day) = (int.Parse(match.Groups[1].ValueSpan), int.Parse(match.Groups[2].ValueSpan), int.Parse(match.Groups[3].ValueSpan));
        return year is >= 1900 and <= 2200 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            ? new DateOnly(year, month, day)
            : null;
    }

    [GeneratedRegex("^([0-9]{4})(?:[-./]|年)([0-9]{1,2})(?:[-./]|月)([0-9]{1,2})日?$", RegexOptions.CultureInvariant, Patterns.MostMilliseconds)]
    private static partial Regex Form();
}
