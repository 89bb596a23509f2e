using System.Text;
using Shizhang.Core;
using Shizhang.Storage.Dialects;
using Shizhang.Storage.Journal;
using Shizhang.Storage.Records;

namespace Shizhang.Storage.Accounts;

/// <summary>Who may act in a town: a name, what people call them, the role and the unit at and below which it holds, and the person it belongs to.</summary>
public sealed record Account(string Name, string Display, string Role, string Unit, long? Person = null);

/// <summary>Accounts of a town; adding one is journalled.</summary>
public sealed class AccountArchive(Store store)
{
    public async Task AddAsync(string town, Actor actor, Account account)
    {
        var digest = Sm3.Hash(Encoding.UTF8.GetBytes($"{account.Name}\n{account.Display}\n{account.Role}\n{account.Unit}\n{account.Person}"));
        await store.EnqueueAsync(town, actor, [new SystemChange(Acts.Account, digest, seq =>
        [
            new Statement("INSERT INTO _account (town, name, display, role, unit, person, seq) VALUES ($1, $2, $3, $4, $5, $6, $7)", [town, account.Name, account.Display, account.Role, account.Unit, store.Database.Dialect.ToDatabase(account.Person, Core.Records.StorageKind.Integer, 0), seq]),
        ])]);
    }

    /// <summary>All accounts of a town, in the order they were made.</summary>
    public Task<List<Account>> ListAsync(string town) => store.Database.ReadAsync(session => session.ListAsync(
        new Statement("SELECT name, display, role, unit, person FROM _account WHERE town = $1 ORDER BY seq, name", [town]),
        r => new Account(r.GetString(0), r.GetString(1), r.GetString(2), r.GetString(3), r.IsDBNull(4) ? null : r.GetInt64(4))));
}
