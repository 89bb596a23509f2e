using Microsoft.AspNetCore.Http.HttpResults;
using Shizhang.App.Access;
using Shizhang.App.Features.Audits;
using Shizhang.App.Features.Figures;
using Shizhang.App.Features.Reports;
using Shizhang.App.Site;
using Shizhang.App.Texts;
using Shizhang.Core.Auditing;

namespace Shizhang.App.Api;

/// <summary>
/// Audits the text or docx that is the body. With <c>from</c> and <c>to</c> its figures are held against the records, for whoever
/// reads every ledger that is asked.
/// </summary>
internal static class AuditEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/audit", RunAsync).WithMetadata(new NeedsAttribute(Right.Business));

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> RunAsync(HttpContext http, Visit visit, string? name, string? from, string? to, string? unit)
    {
        var type = http.Request.ContentType?.Split(';')[0].Trim();
        if (type is not ("text/plain" or "text/markdown" or ReportFiles.Docx))
        {
            return ApiProblem.Of(StatusCodes.Status415UnsupportedMediaType, "Content-Type", AppText.Of["audit_type", ReportFiles.Docx]);
        }

        using var bytes = new MemoryStream();
        await http.Request.Body.CopyToAsync(bytes);
        var called = $"{(string.IsNullOrWhiteSpace(name) ? "text" : Path.GetFileNameWithoutExtension(name))}{(type == ReportFiles.Docx ? ".docx" : ".txt")}";
        var (audited, refusal) = AuditedFile.Read(called, bytes.ToArray());
        if (audited is null)
        {
            return ApiProblem.Of(StatusCodes.Status422UnprocessableEntity, "", refusal!);
        }

        var result = Audit.Run(audited.Text);
        IReadOnlyList<RecordsVerdict>? verdicts = null;
        if (from is not null || to is not null)
        {
            if (unit is not null && visit.Access!.Units()?.Contains(unit) is false)
            {
                return ApiProblem.Of(StatusCodes.Status403Forbidden, "unit", AppText.Of["unit_closed", unit]);
            }

            if (visit.Place.Catalog.Indicators.Values.FirstOrDefault(i => !visit.Access!.Reads(i)) is { } closed)
            {
                return ApiProblem.Of(StatusCodes.Status403Forbidden, "from", AppText.Of["indicator_closed", closed.Name]);
            }

            var (scope, badFrame) = await Frame.OpenAsync(visit.Place, from ?? "", to ?? "", unit ?? visit.Unit, null);
            if (scope is null)
            {
                return ApiProblem.Of(StatusCodes.Status422UnprocessableEntity, "", badFrame!);
            }

            verdicts = await RecordsAudit.RunAsync(visit.Place, visit.Access, scope, result);
            result = RecordsAudit.With(result, verdicts);
        }

        using var answer = new MemoryStream();
        AuditJson.Write(answer, called, result, verdicts);
        return TypedResults.Bytes(answer.ToArray(), "application/json");
    }
}
