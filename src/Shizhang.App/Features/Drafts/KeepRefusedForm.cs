using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Core.Infrastructure;
using Microsoft.AspNetCore.Mvc.Filters;
using Shizhang.App.Site;

namespace Shizhang.App.Features.Drafts;

/// <summary>A form whose antiforgery token no longer fits is kept, and shown again as it was filled.</summary>
internal sealed class KeepRefusedForm(Visit visit, DraftWork drafts) : IAsyncAlwaysRunResultFilter
{
    public async Task OnResultExecutionAsync(ResultExecutingContext context, ResultExecutionDelegate next)
    {
        var http = context.HttpContext;
        if (context.Result is IAntiforgeryValidationFailedResult && visit.Access is { } access && http.Request.HasFormContentType && DraftWork.IsKept(http))
        {
            await drafts.KeepAsync(access.Account.Name, DraftWork.FormOf(http), DraftWork.Fields(await http.Request.ReadFormAsync()));
            context.Result = new LocalRedirectResult(DraftWork.FormOf(http));
        }

        await next();
    }
}
