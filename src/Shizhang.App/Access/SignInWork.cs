using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using OtpNet;
using Shizhang.App.Features.Workplaces;
using Shizhang.App.Texts;
using Shizhang.Storage.Accounts;
using Shizhang.Storage.Records;

namespace Shizhang.App.Access;

/// <summary>A session that began, or the sentence that says why not.</summary>
internal sealed record SignInOutcome(SignedIn? Session, string? Refusal, bool WantsCode = false);

/// <summary>Passwords, one-time codes and sessions.</summary>
internal sealed class SignInWork(Workplace place, IDataProtectionProvider protection, TimeProvider clock)
{
    public const int MostTries = 5;
    public static readonly TimeSpan Locked = TimeSpan.FromMinutes(15);
    public static readonly TimeSpan Idle = TimeSpan.FromMinutes(30);
    private const int LeastLength = 8;
    private const int MostLength = 200;
    private const int LeastClasses = 3;

    private static readonly PasswordHasher<string> Hasher = new();
    private static readonly Lazy<string> NobodysHash = new(() => Hasher.HashPassword("", RandomNumberGenerator.GetHexString(20)));

    private readonly CredentialArchive _credentials = new(place.Store);

    public async Task<SignInOutcome> SignInAsync(string name, string password, string? code, string? address, string? agent)
    {
        var account = await new AccountArchive(place.Store).FindAsync(place.Town, name);
        var credential = account is null or { IsDisabled: true } ? null : await _credentials.FindAsync(place.Town, name);
        var now = clock.GetUtcNow();
        // A name that is not there and an account that is locked take as long as a wrong password, and are told the same.
        var isLocked = credential?.LockedUntil > now;
        var isRight = password.Length <= MostLength && Hasher.VerifyHashedPassword(name, credential?.PasswordHash ?? NobodysHash.Value, password) != PasswordVerificationResult.Failed;
        if (credential is null || isLocked || !isRight)
        {
            await FailAsync(name, credential, address, now);
            return new SignInOutcome(null, AppText.Of["sign_in_wrong", MostTries, Locked.TotalMinutes]);
        }

        if (credential.TotpKey is { } key && string.IsNullOrWhiteSpace(code))
        {
            return new SignInOutcome(null, null, WantsCode: true);
        }

        if (credential.TotpKey is { } sealedKey && !IsCode(Protector.Unprotect(sealedKey), code!))
        {
            await FailAsync(name, credential, address, now);
            return new SignInOutcome(null, AppText.Of["sign_in_code_wrong"], WantsCode: true);
        }

        var session = new SignedIn(RandomNumberGenerator.GetHexString(32, lowercase: true), name, credential.Stamp, now, now, address, agent is { Length: > 200 } ? agent[..200] : agent);
        await new SessionArchive(place.Store).StartAsync(place.Town, session);
        return new SignInOutcome(session, null);
    }

    /// <summary>The session with its account, when it still holds: not ended, not idle too long, and the password is the one it began with.</summary>
    public async Task<(SignedIn Session, Account Account, Credential Credential)?> ResumeAsync(string id)
    {
        var archive = new SessionArchive(place.Store);
        if (await archive.FindAsync(place.Town, id) is not { } session)
        {
            return null;
        }

        var now = clock.GetUtcNow();
        var account = await new AccountArchive(place.Store).FindAsync(place.Town, session.Account);
        var credential = await _credentials.FindAsync(place.Town, session.Account);
        if (account is null or { IsDisabled: true } || credential is null || credential.Stamp != session.Stamp || now - session.SeenAt > Idle)
        {
            await archive.EndAsync(place.Town, new Actor(session.Account, session.Address), id);
            return null;
        }

        if (now - session.SeenAt > TimeSpan.FromMinutes(1))
        {
            await archive.SeenAsync(place.Town, id, now);
        }

        return (session, account, credential);
    }

    /// <summary>Sets a password; every session of the old one ends with it. Null when it was set.</summary>
    public async Task<string?> SetPasswordAsync(Actor actor, string name, string password, bool mustChange)
    {
        if (Weakness(name, password) is { } weak)
        {
            return weak;
        }

        var known = await _credentials.FindAsync(place.Town, name);
        await _credentials.SetAsync(place.Town, actor, new Credential(name, Hasher.HashPassword(name, password), mustChange, known?.TotpKey, 0, null, RandomNumberGenerator.GetHexString(16)));
        return null;
    }

    public async Task<string?> ChangePasswordAsync(Actor actor, Credential credential, string old, string password)
    {
        if (Hasher.VerifyHashedPassword(credential.Name, credential.PasswordHash, old) == PasswordVerificationResult.Failed)
        {
            return AppText.Of["password_old_wrong"];
        }

        return old == password ? AppText.Of["password_same"] : await SetPasswordAsync(actor, credential.Name, password, mustChange: false);
    }

    /// <summary>Turns one-time codes on with a key that the code proves is in the telephone, or off with none and a code of the key that was.</summary>
    public async Task<string?> SetTotpAsync(Actor actor, Credential credential, string? key, string? code)
    {
        var proven = key ?? (credential.TotpKey is { } before ? Protector.Unprotect(before) : null);
        if (proven is not null && !IsCode(proven, code ?? ""))
        {
            return AppText.Of["sign_in_code_wrong"];
        }

        await _credentials.SetAsync(place.Town, actor, credential with { TotpKey = key is null ? null : Protector.Protect(key) });
        return null;
    }

    /// <summary>Somebody lost their telephone: codes are no longer asked of the account.</summary>
    public async Task ForgetTotpAsync(Actor actor, string name)
    {
        if (await _credentials.FindAsync(place.Town, name) is { TotpKey: not null } credential)
        {
            await _credentials.SetAsync(place.Town, actor, credential with { TotpKey = null });
        }
    }

    public static string NewTotpKey() => Base32Encoding.ToString(RandomNumberGenerator.GetBytes(20));

    /// <summary>A password to begin with, of letters that are not mistaken for one another.</summary>
    public static string NewPassword() => $"{RandomNumberGenerator.GetString("ABCDEFGHJKLMNPQRSTUVWXYZ", 2)}-{RandomNumberGenerator.GetString("abcdefghijkmnpqrstuvwxyz", 4)}-{RandomNumberGenerator.GetString("23456789", 4)}";

    private IDataProtector Protector => protection.CreateProtector("totp");

    private static bool IsCode(string key, string code) => new Totp(Base32Encoding.ToBytes(key)).VerifyTotp(code.Trim(), out _, new VerificationWindow(1, 1));

    /// <summary>Why a password is too easy; null when it is not.</summary>
    public static string? Weakness(string name, string password)
    {
        int[] classes = [password.Count(char.IsLower), password.Count(char.IsUpper), password.Count(char.IsDigit), password.Count(c => !char.IsAsciiLetterOrDigit(c))];
        return password.Length is < LeastLength or > MostLength || classes.Count(c => c > 0) < LeastClasses ? AppText.Of["password_weak", LeastLength, LeastClasses]
            : password.Contains(name, StringComparison.OrdinalIgnoreCase) ? AppText.Of["password_name"]
            : null;
    }

    private async Task FailAsync(string name, Credential? credential, string? address, DateTimeOffset now)
    {
        // Tries while it is locked do not make the lock longer: nobody is kept out for ever by somebody else.
        var (failed, until) = credential?.LockedUntil is { } locked && locked > now ? (0, locked)
            : (credential?.Failed ?? 0) + 1 is var tries && tries >= MostTries ? (0, now + Locked)
            : (tries, (DateTimeOffset?)null);
        await _credentials.FailAsync(place.Town, new Actor(name.Length > 60 ? name[..60] : name, address), name, failed, until);
    }
}
