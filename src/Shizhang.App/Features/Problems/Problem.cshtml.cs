using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Shizhang.App.Cli;
using Shizhang.App.Site;
using Shizhang.App.Texts;

namespace Shizhang.App.Features.Problems;

/// <summary>What could not be done, in a sentence; never a stack.</summary>
[AllowAnonymous]
[IgnoreAntiforgeryToken]
internal sealed class ProblemPage : SitePage
{
    private static readonly int[] Known = [400, 403, 404, 413, 429];

    public override Room Room => Room.None;

    public string Heading { get; private set; } = "";

    public string Sentence { get; private set; } = "";

    // By whatever method and to whatever handler the request went wrong, it is told here.
    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        var code = int.TryParse(context.RouteData.Values["code"] as string, NumberStyles.None, CultureInfo.InvariantCulture, out var said) ? said : 500;
        var key = Array.IndexOf(Known, code) >= 0 ? code : code is > 400 and < 500 ? 400 : 500;
        var broken = HttpContext.Features.Get<IExceptionHandlerFeature>()?.Error is { } error ? Failure.Sentence(error) : null;
        (Heading, Sentence) = (AppText.Of[$"problem_{key}_heading"], broken ?? AppText.Of[$"problem_{key}"]);
    }
}
