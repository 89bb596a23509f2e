using Shizhang.App.Texts;
using Shizhang.Storage;

namespace Shizhang.App.Cli;

/// <summary>The one place where a broken machine or file becomes a sentence. Bugs have none and show their stack.</summary>
internal static class Failure
{
    public static string? Sentence(Exception error) => error switch
    {
        StorageException storage => AppText.Of[storage.Code, [.. storage.Arguments]],
        IOException or UnauthorizedAccessException => AppText.Of["file_failed", error.Message],
        OperationCanceledException => AppText.Of["cancelled"],
        _ => null,
    };
}
