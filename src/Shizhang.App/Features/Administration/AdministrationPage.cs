using Shizhang.App.Site;

namespace Shizhang.App.Features.Administration;

/// <summary>A page of the room of administration; <c>_Administration.cshtml</c> begins it with what its section is called and is for.</summary>
internal abstract class AdministrationPage : SitePage
{
    public override Room Room => Room.Administration;
}
