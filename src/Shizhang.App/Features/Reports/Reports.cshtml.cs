using Microsoft.AspNetCore.Mvc;
using Shizhang.App.Access;
using Shizhang.App.Site;
using Shizhang.Storage.Issues;

namespace Shizhang.App.Features.Reports;

[Needs(Right.Business)]
internal sealed class ReportsPage : SitePage
{
    private const int MostIssues = 50;

    public override Room Room => Room.Reports;

    /// <summary>The journal number that the list goes on before.</summary>
    [BindProperty(SupportsGet = true)]
    public long? Before { get; set; }

    public IReadOnlyList<IssuedLine> Issues { get; private set; } = [];

    public long? Next { get; private set; }

    public IReadOnlyDictionary<string, string> People { get; private set; } = new Dictionary<string, string>();

    public async Task OnGetAsync()
    {
        var found = await new IssueArchive(Place.Store).HeadsAsync(Place.Town, before: Before, most: MostIssues);
        Issues = [.. found.Where(l => Access.Units()?.Contains(l.Head.Unit) is not false)];
        Next = found.Count == MostIssues ? found[^1].Number : null;
        People = await Accounts.NamesAsync(Place);
    }
}
