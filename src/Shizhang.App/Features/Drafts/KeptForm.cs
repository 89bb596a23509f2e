using System.Globalization;

namespace Shizhang.App.Features.Drafts;

/// <summary>A form that was filled and not written: where it stands, what stood in it, since when it is kept.</summary>
internal sealed record KeptForm(string Address, Dictionary<string, string[]> Fields, DateTimeOffset At)
{
    /// <summary>The version of the record that was read when it was typed; null on a form of something new.</summary>
    public long? Version => VersionIn(Fields);

    public static long? VersionIn(Dictionary<string, string[]> fields) =>
        fields.GetValueOrDefault(DraftWork.VersionField) is [var text, ..] && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : null;
}

/// <summary>On a page whose form is kept when it could not be written, and which shows it again.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class KeepsFormAttribute : Attribute;
