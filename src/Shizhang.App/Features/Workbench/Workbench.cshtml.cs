using Microsoft.AspNetCore.Mvc;
using Shizhang.App.Access;
using Shizhang.App.Site;

namespace Shizhang.App.Features.Workbench;

[Needs(Right.Account)]
internal sealed class WorkbenchPage : SitePage
{
    public override Room Room => Room.Workbench;

    public IActionResult OnGet() => Access.IsBusiness ? Page() : Go("/admin");
}
