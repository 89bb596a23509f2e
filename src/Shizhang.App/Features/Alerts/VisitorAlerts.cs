using Shizhang.App.Features.Workplaces;
using Shizhang.App.Site;
using Shizhang.Core.Catalogs;
using Shizhang.Core.Rules;
using Shizhang.Core.Texts;
using Shizhang.Storage.Records;

namespace Shizhang.App.Features.Alerts;

/// <summary>What the rules find for a visitor, with titles that name what they refer to.</summary>
internal sealed class VisitorAlerts(Workplace place, UntilRecorded kept)
{
    /// <summary>At the visit's unit on its day, or as it was at a past moment.</summary>
    public async Task<OpenedAlerts> OfAsync(Visit visit, string? on)
    {
        var account = visit.Access!.Account;
        var question = new Question(account.Name, $"{account.Person}|{string.Join('|', account.Grants)}", visit.Unit, visit.Today, visit.Day, on, Text.Language);
        return await kept.OfAsync(visit, question, async () =>
        {
            var found = await NamedAsync(await AlertList.RunAsync(place, visit.Unit, on, visit.Access, visit.Day));
            return (found, on is null || found.Scope is null ? found.Scope?.AsOf : (await visit.StandingAsync()).Head);
        });
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

    private sealed record Question(string Account, string Grants, string Unit, DateOnly Today, DateOnly Day, string? On, Language Language);
}
