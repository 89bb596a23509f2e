using System.Text;
using Shizhang.Core;
using Shizhang.Storage.Dialects;
using Shizhang.Storage.Journal;
using Shizhang.Storage.Records;

namespace Shizhang.Storage.Accounts;

/// <summary>A key for a program: what it is called, the SM3 of its secret, the role and unit it acts in, and the day it ends.</summary>
public sealed record Token(string Name, string Hash, Grant Grant, DateOnly ExpiresOn);

/// <summary>Tokens of a town; making and ending one is journalled. The secret itself is shown once and never kept.</summary>
public sealed class TokenArchive(Store store)
{
    public static string HashOf(string secret) => Sm3.Hex(Encoding.UTF8.GetBytes(secret));

    public Task AddAsync(string town, Actor actor, Token token) => store.EnqueueAsync(town, actor, [new SystemChange(
        Acts.Token, Sm3.Hash(Encoding.UTF8.GetBytes($"{token.Name}\n{token.Hash}\n{token.Grant.Role}\n{token.Grant.Unit}\n{token.ExpiresOn:yyyy-MM-dd}")), _ =>
        [
            new Statement(
                "INSERT INTO _token (town, name, hash, role, unit, expires_on) VALUES ($1, $2, $3, $4, $5, $6)",
                [town, token.Name, token.Hash, token.Grant.Role, token.Grant.Unit, token.ExpiresOn.ToString("yyyy-MM-dd")]),
        ])]);

    public Task EndAsync(string town, Actor actor, string name) => store.EnqueueAsync(town, actor, [new SystemChange(
        Acts.Token, Sm3.Hash(Encoding.UTF8.GetBytes(name)), _ => [new Statement("DELETE FROM _token WHERE town = $1 AND name = $2", [town, name])])]);

    public Task<List<Token>> ListAsync(string town) => store.Database.ReadAsync(session => ListAsync(session, town));

    internal static Task<List<Token>> ListAsync(Session session, string town) => session.ListAsync(
        new Statement("SELECT name, hash, role, unit, expires_on FROM _token WHERE town = $1 ORDER BY name", [town]), Read);

    private static Token Read(System.Data.Common.DbDataReader r) => new(
        r.GetString(0), r.GetString(1), new Grant(r.GetString(2), r.GetString(3)), DateOnly.ParseExact(r.GetString(4), "yyyy-MM-dd"));
}
