using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Shizhang.App.Access;
using Shizhang.App.Features.Workplaces;
using Shizhang.App.Texts;
using Shizhang.Core;
using Shizhang.Storage;
using Shizhang.Storage.Accounts;
using Shizhang.Storage.Records;

namespace Shizhang.App.Features.Administration;

/// <summary>A token's secret, to be shown once; or why there is none.</summary>
internal sealed record GivenToken(string? Secret, string? Refusal);

/// <summary>Tokens for programs, for the command and for the page.</summary>
internal sealed partial class TokenWork(Workplace place)
{
    public const int DefaultDays = 90;
    public const int MostDays = 366;

    private readonly TokenArchive _archive = new(place.Store);

    public async Task<GivenToken> AddAsync(Actor actor, string name, Grant grant, int days)
    {
        var refusal = !Name().IsMatch(name) ? AppText.Of["token_bad_name", name]
            : AccessRules.RefusalToGrant(place.Catalog, (await place.Standing.ReadAsync()).Tree, [grant])
            ?? (days is < 1 or > MostDays ? AppText.Of["token_bad_days", MostDays]
            : (await _archive.ListAsync(place.Town)).Exists(t => t.Name == name) ? AppText.Of["token_there", name]
            : null);
        if (refusal is not null)
        {
            return new GivenToken(null, refusal);
        }

        var secret = $"sz_{RandomNumberGenerator.GetHexString(48, lowercase: true)}";
        await _archive.AddAsync(place.Town, actor, new Token(name, TokenArchive.HashOf(secret), grant, LocalTime.Today(place.Store.Clock).AddDays(days)));
        return new GivenToken(secret, null);
    }

    [GeneratedRegex(@"^[\p{L}\p{N}_.-]{1,40}$", RegexOptions.None, Patterns.MostMilliseconds)]
    private static partial Regex Name();
}
