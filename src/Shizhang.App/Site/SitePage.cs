using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Shizhang.App.Access;
using Shizhang.App.Features.Workplaces;

namespace Shizhang.App.Site;

/// <summary>What every page has: the visit, and what it tells the layout.</summary>
internal abstract class SitePage : PageModel
{
    private const string NoticeKey = "notice";

    public Visit Visit => HttpContext.RequestServices.GetRequiredService<Visit>();

    public Workplace Place => Visit.Place;

    public AccessRules Access => Visit.Access!;

    /// <summary>The room of the left column this page stands in.</summary>
    public abstract Room Room { get; }

    /// <summary>A sentence shown once on the next page: what was just done.</summary>
    protected void Notice(string sentence) => TempData[NoticeKey] = sentence;

    /// <summary>A page without a handler for what is sent to it has nothing to show.</summary>
    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        if (context.HandlerMethod is null && !HttpMethods.IsGet(Request.Method) && !HttpMethods.IsHead(Request.Method))
        {
            context.Result = NotFound();
        }
    }

    /// <summary>Not there, or not for this visitor: told the same.</summary>
    protected NotFoundResult Nothing() => NotFound();

    protected LocalRedirectResult Go(string path) => LocalRedirect(path);
}

/// <summary>The nine rooms of the left column.</summary>
internal enum Room
{
    None,
    Workbench,
    Ledgers,
    Figures,
    Reports,
    Audit,
    Findings,
    Units,
    Alerts,
    Administration,
}
