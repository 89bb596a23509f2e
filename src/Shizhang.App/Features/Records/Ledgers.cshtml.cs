using Shizhang.App.Access;
using Shizhang.App.Site;
using Shizhang.Core.Catalogs;

namespace Shizhang.App.Features.Records;

[Needs(Right.Business)]
internal sealed class LedgersPage : SitePage
{
    public override Room Room => Room.Ledgers;

    public IReadOnlyList<Ledger> Ledgers => [.. Place.Catalog.Ledgers.Values.Where(Access.Reads)];
}
