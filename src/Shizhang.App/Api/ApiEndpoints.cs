using Microsoft.AspNetCore.Antiforgery;
using Shizhang.App.Api.OData;
using Shizhang.App.Site;
using Shizhang.App.Texts;

namespace Shizhang.App.Api;

/// <summary>The addresses for programs.</summary>
internal static class ApiEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/api").AddEndpointFilter(NotFromAnotherSiteAsync).WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(JsonBody.MostBytes * 3L));
        RecordEndpoints.Map(api);
        StepEndpoint.Map(api);
        FigureEndpoint.Map(api);
        AuditEndpoint.Map(api);
        ODataEndpoints.Map(app.MapGroup("/odata"));
        OpenApiEndpoint.Map(app);
    }

    /// <summary>A browser sends its session by itself, so a write by session wants the token of a form besides; a program's token does not.</summary>
    private static async ValueTask<object?> NotFromAnotherSiteAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var isSafe = HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method);
        var byToken = http.RequestServices.GetRequiredService<Visit>().Session is null;
        return isSafe || byToken || await http.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(http)
            ? await next(context)
            : ApiProblem.Of(StatusCodes.Status400BadRequest, "RequestVerificationToken", AppText.Of["api_antiforgery"]);
    }
}
