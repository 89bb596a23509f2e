using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Shizhang.App.Texts;
using Shizhang.Core;
using Shizhang.Core.Records;

namespace Shizhang.App.Api;

/// <summary>The body of a request: a JSON object, and the digest of what was asked. Or the problem with it.</summary>
internal sealed class JsonBody(JsonDocument? document, Func<string> digest, ProblemHttpResult? problem) : IDisposable
{
    public const int MostBytes = 20 * 1024 * 1024;

    /// <summary>What stands for a text that is none: half of a surrogate pair, as whoever sent it wrote.</summary>
    public const string NoText = "\uD800";
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 16 };

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
                if (WrongName(document.RootElement, "") is { } wrong)
                {
                    document.Dispose();
                    return new JsonBody(null, () => "", ApiProblem.Of(StatusCodes.Status400BadRequest, [wrong]));
                }

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

    /// <summary>The text of a JSON string; one that escapes half a character is no text, and is handed on as <see cref="NoText"/> to be refused where it stands.</summary>
    public static string Text(JsonElement element)
    {
        try
        {
            return element.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return NoText;
        }
    }

    /// <summary>The first name that stands twice in its object, or is no text.</summary>
    private static FieldRefusal? WrongName(JsonElement element, string path)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            return element.EnumerateArray().Select((one, i) => WrongName(one, $"{path}[{i}]")).FirstOrDefault(w => w is not null);
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in element.ValueKind == JsonValueKind.Object ? element.EnumerateObject() : default)
        {
            if (NameOf(property) is not { } name)
            {
                return new FieldRefusal(path, Core.Texts.Text.Core["field_control"]);
            }

            var at = path.Length == 0 ? name : $"{path}.{name}";
            if (!names.Add(name))
            {
                return new FieldRefusal(at, AppText.Of["json_twice", at]);
            }

            if (WrongName(property.Value, at) is { } wrong)
            {
                return wrong;
            }
        }

        return null;
    }

    private static string? NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    public void Dispose() => document?.Dispose();
}
