using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Shizhang.App.Access;
using Shizhang.App.Features.Figures;
using Shizhang.App.Site;
using Shizhang.App.Texts;
using Shizhang.Core.Figures;
using Shizhang.Storage.Figures;

namespace Shizhang.App.Api;

/// <summary>Figures, as the command prints them: all the caller reads, or those named by <c>code</c>.</summary>
internal static class FigureEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/figures", GetAsync).WithMetadata(new NeedsAttribute(Right.Business));

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> GetAsync(Visit visit, string[]? code, string? from, string? to, string? unit, string? asOf)
    {
        var (indicators, unknown) = Frame.Indicators(visit.Place.Catalog, code ?? []);
        if (unknown is not null)
        {
            return ApiProblem.Of(StatusCodes.Status422UnprocessableEntity, "code", unknown);
        }

        if (code is { Length: > 0 } && indicators.FirstOrDefault(i => !visit.Access!.Reads(i)) is { } closed)
        {
            return ApiProblem.Of(StatusCodes.Status403Forbidden, "code", AppText.Of["indicator_closed", closed.Name]);
        }

        if (visit.Access!.Units()?.Contains(unit ?? visit.Unit) is false)
        {
            return ApiProblem.Of(StatusCodes.Status403Forbidden, "unit", AppText.Of["unit_closed", unit ?? visit.Unit]);
        }

        var (first, last) = (from ?? Iso(visit.Period.From), to ?? Iso(visit.Period.To));
        var (scope, refusal) = await Frame.OpenAsync(visit.Place, first, last, unit ?? visit.Unit, asOf);
        if (scope is null)
        {
            return ApiProblem.Of(StatusCodes.Status422UnprocessableEntity, "", refusal!);
        }

        var figures = await new FigureEngine(visit.Place.Store).ComputeAsync(scope, [.. indicators.Where(visit.Access!.Reads)]);
        return TypedResults.Bytes(Bytes(figures), "application/json");
    }

    private static byte[] Bytes(IEnumerable<Figure> figures)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, RecordJson.Options))
        {
            json.WriteStartArray();
            foreach (var figure in figures)
            {
                json.WriteStartObject();
                json.WriteString("indicator", figure.Indicator.Code);
                json.WriteString("name", figure.Indicator.Name);
                json.WritePropertyName("value");
                RecordJson.WriteValue(json, null, figure.Value);
                json.WriteString("measure", figure.Indicator.Measure);
                json.WriteNumber("records", figure.Records);
                json.WriteString("from", Iso(figure.Period.From));
                json.WriteString("to", Iso(figure.Period.To));
                json.WriteString("unit", figure.Unit);
                json.WriteNumber("as_of", figure.AsOf);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        return bytes.ToArray();
    }

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd");
}
