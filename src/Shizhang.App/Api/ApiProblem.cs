using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Shizhang.App.Texts;
using Shizhang.Core.Records;

namespace Shizhang.App.Api;

/// <summary>One thing that is wrong: where, and the sentence that says what. The path is that of a field, a query option or a header; empty for the whole.</summary>
internal sealed record ApiError(string Path, string Message);

/// <summary>The one shape of every refusal: RFC 9457, with the path of each field.</summary>
internal static class ApiProblem
{
    public static ProblemHttpResult Of(int status, string path, string sentence) => Of(status, [new FieldRefusal(path, sentence)]);

    public static ProblemHttpResult Of(int status, IEnumerable<FieldRefusal> refusals, IEnumerable<KeyValuePair<string, object?>>? more = null)
    {
        var errors = refusals.Select(r => new ApiError(r.Path, r.Sentence)).ToList();
        var problem = new ProblemDetails { Status = status, Title = Title(status), Detail = string.Join('；', errors.Select(e => e.Message).Distinct()) };
        problem.Extensions["errors"] = errors;
        foreach (var (name, value) in more ?? [])
        {
            problem.Extensions[name] = value;
        }

        return TypedResults.Problem(problem);
    }

    public static ProblemHttpResult NotFound(string sentence) => Of(StatusCodes.Status404NotFound, "", sentence);

    /// <summary>What a status means, for people.</summary>
    public static string Title(int status) => AppText.Of[status switch
    {
        400 or 403 or 404 or 413 or 429 => $"problem_{status}_heading",
        401 or 405 or 409 or 415 or 422 or 428 => $"api_{status}",
        503 => "api_503",
        _ => "problem_500_heading",
    }];
}
