using Shizhang.App.Features.Workplaces;
using Shizhang.App.Site;
using Shizhang.Core.Catalogs;
using Shizhang.Core.Rules;
using Shizhang.Core.Texts;
using Shizhang.Storage.Records;

namespace Shizhang.App.Features.Alerts;

/// <summary>What the rules find for a visitor. It is kept as long as no record is touched, so it is never stale: the journal says so.</summary>
internal sealed class VisitorAlerts(Workplace place)
{
    private const int MostKept = 200;

    private readonly Lock _lock = new();
    private readonly Dictionary<Question, OpenedAlerts> _kept = [];
    private long _recorded;

    /// <summary>At the visit's unit on its day, or as it was at a past moment.</summary>
    public async Task<OpenedAlerts> OfAsync(Visit visit, string? on)
    {
        var standing = await visit.StandingAsync();
        var account = visit.Access!.Account;
        var question = new Question(account.Name, $"{account.Person}|{string.Join('|', account.Grants)}", visit.Unit, visit.Today, visit.Day, on, Text.Language);
        if (Find(standing.Recorded, question) is { } kept)
        {
            return kept;
        }

        var found = await NamedAsync(await AlertList.RunAsync(place, visit.Unit, on, visit.Access, visit.Day));

        // Somebody may have written meanwhile: what was found is then of no certain number.
        if (found.Scope is null || (on is null && found.Scope.AsOf != standing.Head))
        {
            return found;
        }

        Keep(standing.Recorded, question, found);
        return found;
    }

    /// <summary>A title that refers to another record says that one's name instead of its number. A person missed again and again stays a number.</summary>
    private async Task<OpenedAlerts> NamedAsync(OpenedAlerts found)
    {
        if (found.Scope is null)
        {
            return found;
        }

        var titles = new Dictionary<RecordKey, string>();
        foreach (var group in found.Alerts.Where(IsNumbered).GroupBy(a => a.Ledger.Code))
        {
            foreach (var (id, title) in place.Catalog.Ledgers.TryGetValue(group.Key, out var ledger) ? await new RecordTitles(place.Store).OfAsync(place.Town, ledger, [.. group.Select(a => a.Record!.Value).Distinct()], found.Scope.Tree) : [])
            {
                titles[new RecordKey(group.Key, id)] = title;
            }
        }

        return found with { Alerts = [.. found.Alerts.Select(a => IsNumbered(a) && titles.TryGetValue(new RecordKey(a.Ledger.Code, a.Record!.Value), out var title) ? a with { Title = title } : a)] };
    }

    private static bool IsNumbered(Alert alert) => alert is { Record: not null, Rule: not StreakRule } && alert.Title.Contains('#', StringComparison.Ordinal);

    private OpenedAlerts? Find(long recorded, Question question)
    {
        lock (_lock)
        {
            return recorded == _recorded ? _kept.GetValueOrDefault(question) : null;
        }
    }

    private void Keep(long recorded, Question question, OpenedAlerts found)
    {
        lock (_lock)
        {
            if (recorded > _recorded || _kept.Count >= MostKept)
            {
                _kept.Clear();
                _recorded = Math.Max(recorded, _recorded);
            }

            if (recorded == _recorded)
            {
                _kept[question] = found;
            }
        }
    }

    private sealed record Question(string Account, string Grants, string Unit, DateOnly Today, DateOnly Day, string? On, Language Language);
}
