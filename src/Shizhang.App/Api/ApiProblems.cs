using Microsoft.AspNetCore.Diagnostics;
using Shizhang.App.Cli;
using Shizhang.App.Texts;
using Shizhang.Storage;

namespace Shizhang.App.Api;

/// <summary>Whatever refuses a program (signing in, access, limits, a broken machine) speaks in the one shape of refusals.</summary>
internal sealed class ApiProblems(RequestDelegate next, ILogger<ApiProblems> log)
{
    private static readonly object SaidKey = new();

    /// <summary>Why a request is about to be refused.</summary>
    public static void Say(HttpContext http, string sentence) => http.Items[SaidKey] = sentence;

    public async Task InvokeAsync(HttpContext http)
    {
        // Program answers are never replaced by a page.
        http.Features.Get<IStatusCodePagesFeature>()?.Enabled = false;
        try
        {
            await next(http);
        }
        catch (BadHttpRequestException e) when (!http.Response.HasStarted)
        {
            http.Response.StatusCode = e.StatusCode;
        }
        catch (Exception e) when (!http.Response.HasStarted && !http.RequestAborted.IsCancellationRequested)
        {
            if (Failure.Sentence(e) is { } sentence)
            {
                Say(http, sentence);
            }

            log.LogError(e, "{Path}", http.Request.Path);
            http.Response.StatusCode = e is StorageException ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status500InternalServerError;
        }

        var status = http.Response.StatusCode;
        if (status == StatusCodes.Status401Unauthorized && !http.Response.HasStarted)
        {
            http.Response.Headers.WWWAuthenticate = "Basic realm=\"shizhang\", charset=\"UTF-8\"";
        }

        if (status >= StatusCodes.Status400BadRequest && !http.Response.HasStarted && http.Response.ContentType is null)
        {
            var said = http.Items[SaidKey] as string ?? AppText.Of[status switch
            {
                400 or 403 or 404 or 413 or 429 => $"problem_{status}",
                401 or 405 or 415 => $"api_{status}_said",
                _ => "problem_500",
            }];
            await ApiProblem.Of(status, "", said).ExecuteAsync(http);
        }
    }
}
