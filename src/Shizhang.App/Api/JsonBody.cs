using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Shizhang.App.Texts;
using Shizhang.Core;

namespace Shizhang.App.Api;

/// <summary>The body of a request: a JSON object, and the digest of what was asked. Or the problem with it.</summary>
internal sealed class JsonBody(JsonDocument? document, Func<string> digest, ProblemHttpResult? problem) : IDisposable
{
    public const int MostBytes = 20 * 1024 * 1024;
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    public JsonElement Root => document!.RootElement;

    /// <summary>SM3 of method, address and body: what "the same request" means.</summary>
    public string Digest => digest();

    public ProblemHttpResult? Problem { get; } = problem;

    public static async Task<JsonBody> ReadAsync(HttpRequest request)
    {
        if (!request.HasJsonContentType())
        {
            return new JsonBody(null, () => "", ApiProblem.Of(StatusCodes.Status415UnsupportedMediaType, "Content-Type", AppText.Of["json_type"]));
        }

        using var bytes = new MemoryStream();
        await request.Body.CopyToAsync(bytes);
        var content = bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
        try
        {
            var document = JsonDocument.Parse(content, Strict);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return new JsonBody(document, () => Sm3.Hex([.. System.Text.Encoding.UTF8.GetBytes($"{request.Method} {request.Path}\n"), .. content.Span]), null);
            }

            document.Dispose();
            return new JsonBody(null, () => "", ApiProblem.Of(StatusCodes.Status400BadRequest, "", AppText.Of["json_object"]));
        }
        catch (JsonException e)
        {
            return new JsonBody(null, () => "", ApiProblem.Of(StatusCodes.Status400BadRequest, "", AppText.Of["json_syntax", e.LineNumber + 1, e.BytePositionInLine + 1]));
        }
    }

    public void Dispose() => document?.Dispose();
}
