using Shizhang.App.Access;
using Shizhang.App.Site;

namespace Shizhang.App.Features.Administration;

[Needs(Right.Account)]
internal sealed class IndexPage : SitePage
{
    public override Room Room => Room.Administration;
}
