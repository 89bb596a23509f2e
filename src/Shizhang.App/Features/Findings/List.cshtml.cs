using Microsoft.AspNetCore.Mvc;
using Shizhang.App.Access;
using Shizhang.App.Features.Records;
using Shizhang.Core.Filters;

namespace Shizhang.App.Features.Findings;

/// <summary>Problems by owner, in each what is due first; without a state those that have not ended.</summary>
[Needs(Right.Business)]
internal sealed class FindingListPage : FindingPage
{
    private const int Most = 1000;
    public const string AllStates = "all";

    public override string Here => "list";

    [BindProperty(SupportsGet = true)]
    public string? State { get; set; }

    [BindProperty(SupportsGet = true)]
    public long? Owner { get; set; }

    [BindProperty(SupportsGet = true)]
    public bool Overdue { get; set; }

    /// <summary>The owners there are to choose, by name.</summary>
    public IReadOnlyList<(long Id, string Name)> Owners { get; private set; } = [];

    public IReadOnlyList<IGrouping<string, FindingCard>> Groups { get; private set; } = [];

    public int Count => Groups.Sum(g => g.Count());

    /// <summary>There are more than are shown.</summary>
    public bool IsCut { get; private set; }

    public async Task<IActionResult> OnGetAsync()
    {
        if (Finding is not { } finding)
        {
            return Page();
        }

        var reader = Reader;
        var cards = await reader.CardsAsync(Where(finding, reader), Most);
        IsCut = cards.Count == Most;
        View = await RecordView.OfAsync(Visit, cards.Select(c => c.Record.Values));
        Owners = [.. cards.Select(c => OwnerOf(finding, c)).OfType<long>().Distinct().Select(id => (id, NameOf(finding, id))).OrderBy(o => o.Item2, StringComparer.Ordinal)];
        var shown = cards.Where(c => (Owner is null || OwnerOf(finding, c) == Owner) && (!Overdue || c.IsLate(Visit.Day)));
        Groups = [.. shown.GroupBy(c => NameOf(finding, OwnerOf(finding, c)), StringComparer.Ordinal).OrderBy(g => g.Key.Length == 0 ? 1 : 0).ThenBy(g => g.Min(c => c.Due ?? DateOnly.MaxValue)).ThenBy(g => g.Key, StringComparer.Ordinal)];
        return Page();
    }

    private Filter? Where(FindingLedger finding, FindingReader reader) =>
        State is { Length: > 0 } state && finding.Workflow.States.Contains(state) ? FindingReader.InStates(state)
        : State == AllStates ? null
        : FindingReader.InStates(reader.Open);

    private static long? OwnerOf(FindingLedger finding, FindingCard card) => finding.Owner is { } field ? card.Record.Values[field] as long? : null;

    private string NameOf(FindingLedger finding, long? owner) => owner is { } id ? View.Show(finding.Owner!, id).Text : "";
}
