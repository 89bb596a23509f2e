using Microsoft.AspNetCore.Diagnostics;
using Shizhang.App.Api;

namespace Shizhang.App.Site;

/// <summary>A form that cannot be read (too large, broken, with characters that are no text) is refused before any page asks for it.</summary>
internal sealed class ReadableForm(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext http)
    {
        // Where the refusal is told, the form is not asked for again.
        if (http.Features.Get<IStatusCodeReExecuteFeature>() is null && !ApiPaths.Has(http) && http.Request.HasFormContentType && !HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method)
            && (await ReadAsync(http.Request)).Status is { } status)
        {
            http.Response.StatusCode = status;
            return;
        }

        await next(http);
    }

    /// <summary>The form, or the status that says why it is none.</summary>
    public static async Task<(IFormCollection? Form, int? Status)> ReadAsync(HttpRequest request)
    {
        try
        {
            var form = await request.ReadFormAsync();
            return form.Any(f => HasNul(f.Key) || f.Value.Any(HasNul)) || form.Files.Any(f => HasNul(f.FileName)) ? (null, StatusCodes.Status400BadRequest) : (form, null);
        }
        catch (BadHttpRequestException e)
        {
            return (null, e.StatusCode);
        }
        catch (InvalidDataException e)
        {
            // A limit and a broken form are the same exception; only its words tell them apart.
            return (null, e.Message.Contains("limit", StringComparison.Ordinal) ? StatusCodes.Status413PayloadTooLarge : StatusCodes.Status400BadRequest);
        }
        catch (IOException)
        {
            return (null, StatusCodes.Status400BadRequest);
        }
    }

    private static bool HasNul(string? text) => text?.Contains('\0', StringComparison.Ordinal) is true;
}
