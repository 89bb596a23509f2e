using System.Text;
using Shizhang.Core;
using Shizhang.Core.Records;
using Shizhang.Storage.Dialects;
using Shizhang.Storage.Journal;
using Shizhang.Storage.Records;

namespace Shizhang.Storage.Accounts;

/// <summary>Accounts of a town; adding one and changing what it may do is journalled.</summary>
public sealed class AccountArchive(Store store)
{
    private const string Select =
        "SELECT a.name, a.display, a.person, a.disabled, g.role, g.unit FROM _account a LEFT JOIN _grant g ON g.town = a.town AND g.name = a.name WHERE a.town = $1";

    public Task AddAsync(string town, Actor actor, Account account) => store.EnqueueAsync(town, actor, [Change(account, seq =>
    [
        new Statement(
            "INSERT INTO _account (town, name, display, person, disabled, seq) VALUES ($1, $2, $3, $4, $5, $6)",
            [town, account.Name, account.Display, Person(account), account.IsDisabled ? 1L : 0L, seq]),
        .. Grants(town, account),
    ])]);

    /// <summary>What people call the account, its person, its roles and whether it may act, all at once.</summary>
    public Task AmendAsync(string town, Actor actor, Account account) => store.EnqueueAsync(town, actor, [Change(account, _ =>
    [
        new Statement(
            "UPDATE _account SET display = $3, person = $4, disabled = $5 WHERE town = $1 AND name = $2",
            [town, account.Name, account.Display, Person(account), account.IsDisabled ? 1L : 0L]),
        new Statement("DELETE FROM _grant WHERE town = $1 AND name = $2", [town, account.Name]),
        .. Grants(town, account),
    ])]);

    /// <summary>True when any town has an account.</summary>
    public static Task<bool> AnyAsync(Database database) => database.ReadAsync(session => session.FirstAsync(new Statement("SELECT 1 FROM _account LIMIT 1", []), _ => true));

    /// <summary>All accounts of a town, in the order they were made.</summary>
    public Task<List<Account>> ListAsync(string town) => ReadAsync(new Statement($"{Select} ORDER BY a.seq, a.name, g.role, g.unit", [town]));

    public async Task<Account?> FindAsync(string town, string name) =>
        (await ReadAsync(new Statement($"{Select} AND a.name = $2 ORDER BY g.role, g.unit", [town, name]))).FirstOrDefault();

    private static IEnumerable<Statement> Grants(string town, Account account) => account.Grants.Distinct()
        .Select(g => new Statement("INSERT INTO _grant (town, name, role, unit) VALUES ($1, $2, $3, $4)", [town, account.Name, g.Role, g.Unit]));

    private static SystemChange Change(Account account, Func<long, IEnumerable<Statement>> statements)
    {
        var grants = string.Join('\n', account.Grants.Distinct().Select(g => $"{g.Role}@{g.Unit}").Order(StringComparer.Ordinal));
        return new SystemChange(Acts.Account, Sm3.Hash(Encoding.UTF8.GetBytes($"{account.Name}\n{account.Display}\n{account.Person}\n{account.IsDisabled}\n{grants}")), statements);
    }

    private object? Person(Account account) => store.Database.Dialect.ToDatabase(account.Person, StorageKind.Integer, 0);

    private Task<List<Account>> ReadAsync(Statement statement) => store.Database.ReadAsync(async session =>
    {
        var accounts = new List<Account>();
        await session.ReadAsync(statement, r =>
        {
            Grant[] grant = r.IsDBNull(4) ? [] : [new Grant(r.GetString(4), r.GetString(5))];
            if (accounts.Count > 0 && accounts[^1].Name == r.GetString(0))
            {
                accounts[^1] = accounts[^1] with { Grants = [.. accounts[^1].Grants, .. grant] };
            }
            else
            {
                accounts.Add(new Account(r.GetString(0), r.GetString(1), grant, r.IsDBNull(2) ? null : r.GetInt64(2), r.GetInt64(3) != 0));
            }
        });
        return accounts;
    });
}
