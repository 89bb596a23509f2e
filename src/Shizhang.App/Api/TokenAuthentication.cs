using System.Net;
using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Shizhang.App.Site;
using Shizhang.App.Texts;
using Shizhang.Storage.Accounts;

namespace Shizhang.App.Api;

/// <summary>A program with a token: as Bearer, or as the password of Basic, which is how spreadsheets ask. Never over an open line.</summary>
internal sealed class TokenAuthentication(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, Visit visit)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public new const string Scheme = "token";
    private const string NamePrefix = "token:";

    /// <summary>The account a token acts as; no person can be called so.</summary>
    public static Account AccountOf(Token token) => new(NamePrefix + token.Name, token.Name, [token.Grant]);

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!Request.IsHttps && !(Context.Connection.RemoteIpAddress is { } from && IPAddress.IsLoopback(from)))
        {
            return Refuse(AppText.Of["token_open_line"]);
        }

        if (Secret() is not { } secret)
        {
            return Refuse(AppText.Of["token_unreadable"]);
        }

        var token = (await visit.StandingAsync()).Tokens.GetValueOrDefault(TokenArchive.HashOf(secret));
        if (token is null || token.ExpiresOn < visit.Today)
        {
            return Refuse(AppText.Of[token is null ? "token_unknown" : "token_over", token?.Name, token?.ExpiresOn.ToString("yyyy-MM-dd")]);
        }

        var account = AccountOf(token);
        await visit.EnterAsync(account);
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.Name, account.Name)], Scheme);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme));
    }

    private AuthenticateResult Refuse(string sentence)
    {
        ApiProblems.Say(Context, sentence);
        return AuthenticateResult.Fail(sentence);
    }

    private string? Secret()
    {
        if (!AuthenticationHeaderValue.TryParse(Request.Headers.Authorization, out var header) || header.Parameter is not { Length: > 0 and < 1000 } given)
        {
            return null;
        }

        if (header.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase))
        {
            return given;
        }

        var bytes = new byte[given.Length];
        return header.Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase)
            && Convert.TryFromBase64String(given, bytes, out var length)
            && Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2) is [_, { Length: > 0 } password] ? password : null;
    }
}
