using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.HttpResults;
using Shizhang.App.Access;
using Shizhang.App.Site;

namespace Shizhang.App.Features.Drafts;

/// <summary>Throws away a kept form of the visitor: the button beside it, and 取消 of the form itself.</summary>
internal static class DiscardEndpoint
{
    public const string Address = "/drafts/discard";

    public static void Map(IEndpointRouteBuilder app) => app.MapPost(Address, DiscardAsync).WithMetadata(new NeedsAttribute(Right.Account));

    /// <summary>The address of the button: which form goes, and where to go on.</summary>
    public static string Of(string form, string back) => Address + QueryString.Create("form", form).Add("back", back);

    private static async Task<RedirectHttpResult> DiscardAsync(HttpContext http, Visit visit, DraftWork drafts, IAntiforgery antiforgery)
    {
        if (await antiforgery.IsRequestValidAsync(http) && http.Request.Query["form"] is [{ Length: > 0 } form])
        {
            await drafts.RemoveAsync(visit.Access!.Account.Name, form);
        }

        return SiteEndpoints.Back(http.Request.Query["back"]);
    }
}
