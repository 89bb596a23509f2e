using Shizhang.Storage.Dialects;
using Shizhang.Storage.Records;

namespace Shizhang.Storage.Desks;

/// <summary>A list somebody comes back to: a ledger, a name, and the query of its address.</summary>
public sealed record SavedView(string Account, string Ledger, string Name, string Query);

/// <summary>Saved views of an account; nothing of them is journalled.</summary>
public sealed class ViewArchive(Store store)
{
    public Task KeepAsync(string town, SavedView view) => store.EnqueueAsync(town, new Actor(view.Account), [new PlainChange(
    [
        Remove(town, view.Account, view.Ledger, view.Name),
        new Statement("INSERT INTO _view (town, account, ledger, name, query) VALUES ($1, $2, $3, $4, $5)", [town, view.Account, view.Ledger, view.Name, view.Query]),
    ])]);

    public Task RemoveAsync(string town, string account, string ledger, string name) =>
        store.EnqueueAsync(town, new Actor(account), [new PlainChange([Remove(town, account, ledger, name)])]);

    public Task<List<SavedView>> ListAsync(string town, string account, string ledger) => store.Database.ReadAsync(session => session.ListAsync(
        new Statement("SELECT account, ledger, name, query FROM _view WHERE town = $1 AND account = $2 AND ledger = $3 ORDER BY name", [town, account, ledger]),
        r => new SavedView(r.GetString(0), r.GetString(1), r.GetString(2), r.GetString(3))));

    private static Statement Remove(string town, string account, string ledger, string name) =>
        new("DELETE FROM _view WHERE town = $1 AND account = $2 AND ledger = $3 AND name = $4", [town, account, ledger, name]);
}
