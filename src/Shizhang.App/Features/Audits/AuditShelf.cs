using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Shizhang.App.Features.Workplaces;
using Shizhang.Core;
using Shizhang.Core.Auditing;
using Shizhang.Storage;

namespace Shizhang.App.Features.Audits;

/// <summary>A text that was given to be audited; without a name it was pasted.</summary>
internal sealed record KeptText(string Id, string Name, DateTimeOffset At);

/// <summary>A kept text with what its audit found.</summary>
internal sealed record OpenedAudit(KeptText Kept, AuditedFile File, AuditResult Result);

/// <summary>
/// Texts given to be audited, encrypted for the account that gave them and only for a while, so that looking closer needs no second
/// upload. They are drafts of others: nothing of them is journalled, counted or backed up.
/// </summary>
internal sealed class AuditShelf(Workplace place, IDataProtectionProvider protection, AuditMemory memory, TimeProvider clock)
{
    public static readonly TimeSpan Kept = TimeSpan.FromHours(24);
    private const int MostOfAccount = 20;
    private const int IdLength = 24;
    private const string NameEnd = ".name";
    private const string TextEnd = ".text";

    private string Root => Path.Combine(place.Address.Folder, Database.AuditsFolder);

    public async Task<string> KeepAsync(string account, string name, byte[] content)
    {
        Sweep(account);
        var id = RandomNumberGenerator.GetHexString(IdLength, lowercase: true);
        Directory.CreateDirectory(FolderOf(account));
        await WriteAsync(account, id + TextEnd, content);
        await WriteAsync(account, id + NameEnd, Encoding.UTF8.GetBytes(name));
        return id;
    }

    /// <summary>What the account gave under this id, audited; null when nothing is kept any more.</summary>
    public async Task<OpenedAudit?> OpenAsync(string account, string id)
    {
        if (await NameAsync(account, id) is not { } kept)
        {
            return null;
        }

        if (memory.Find(id) is { } known)
        {
            return known;
        }

        return await ReadAsync(account, id + TextEnd) is { } content && AuditedFile.Read(kept.Name, content).File is { } file
            ? memory.Keep(new OpenedAudit(kept, file, Audit.Run(file.Text)))
            : null;
    }

    /// <summary>What the account gave lately, the last first.</summary>
    public async Task<IReadOnlyList<KeptText>> ListAsync(string account)
    {
        var found = new List<KeptText>();
        foreach (var id in Ids(account))
        {
            if (await NameAsync(account, id) is { } kept)
            {
                found.Add(kept);
            }
        }

        return [.. found.OrderByDescending(k => k.At)];
    }

    public void Remove(string account, string id)
    {
        if (IsId(id) && File.Exists(PathOf(account, id + NameEnd)))
        {
            memory.Forget(id);
            File.Delete(PathOf(account, id + NameEnd));
            File.Delete(PathOf(account, id + TextEnd));
        }
    }

    private async Task<KeptText?> NameAsync(string account, string id)
    {
        if (!IsId(id) || await ReadAsync(account, id + NameEnd) is not { } name)
        {
            return null;
        }

        var at = AgeOf(PathOf(account, id + NameEnd));
        return clock.GetUtcNow() - at > Kept ? null : new KeptText(id, Encoding.UTF8.GetString(name), at);
    }

    private async Task WriteAsync(string account, string file, byte[] content)
    {
        var path = PathOf(account, file);
        await File.WriteAllBytesAsync(path, Protector(account).Protect(content));
        File.SetLastWriteTimeUtc(path, clock.GetUtcNow().UtcDateTime);
    }

    private async Task<byte[]?> ReadAsync(string account, string file)
    {
        try
        {
            return File.Exists(PathOf(account, file)) ? Protector(account).Unprotect(await File.ReadAllBytesAsync(PathOf(account, file))) : null;
        }
        catch (CryptographicException)
        {
            // Kept under keys that are no more: there is nothing to bring back.
            return null;
        }
    }

    /// <summary>What is too old goes, of everybody; and the oldest of an account that gave much.</summary>
    private void Sweep(string account)
    {
        if (!Directory.Exists(Root))
        {
            return;
        }

        foreach (var file in Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories).Where(f => clock.GetUtcNow() - AgeOf(f) > Kept).ToList())
        {
            File.Delete(file);
        }

        foreach (var id in Ids(account).OrderByDescending(i => AgeOf(PathOf(account, i + NameEnd))).Skip(MostOfAccount - 1).ToList())
        {
            Remove(account, id);
        }
    }

    private IEnumerable<string> Ids(string account) => Directory.Exists(FolderOf(account))
        ? Directory.EnumerateFiles(FolderOf(account), "*" + NameEnd).Select(f => Path.GetFileNameWithoutExtension(f))
        : [];

    private IDataProtector Protector(string account) => protection.CreateProtector("audit", account);

    private string FolderOf(string account) => Path.Combine(Root, Sm3.Hex(Encoding.UTF8.GetBytes(account))[..16]);

    private string PathOf(string account, string file) => Path.Combine(FolderOf(account), file);

    private static DateTimeOffset AgeOf(string file) => new(File.GetLastWriteTimeUtc(file), TimeSpan.Zero);

    private static bool IsId(string id) => id.Length == IdLength && id.All(char.IsAsciiHexDigitLower);
}
