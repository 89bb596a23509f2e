using Shizhang.Core.Texts;

namespace Shizhang.App.Texts;

/// <summary>The sentences of the application: commands, refusals, pages.</summary>
internal static class AppText
{
    public static Text Of { get; } = new("Shizhang.App.Texts.Messages", typeof(AppText).Assembly);
}
