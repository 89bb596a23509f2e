using System.Security.Cryptography;
using System.Text;
using Shizhang.App.Features.Workplaces;
using Shizhang.Core;

namespace Shizhang.App.Features.Imports;

/// <summary>Files given to be imported, kept while their preview is looked at, for a day at most. Each is there for the account that gave it only.</summary>
internal sealed class UploadShelf(Workplace place, TimeProvider clock)
{
    private const int TokenLength = 32;
    private const int MostInName = 80;
    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    /// <summary>Keeps a file and returns the word by which it is found again.</summary>
    public async Task<string> KeepAsync(string account, string name, Stream content)
    {
        RemoveOld(account);
        var token = RandomNumberGenerator.GetHexString(TokenLength, lowercase: true);
        var folder = Directory.CreateDirectory(Path.Combine(FolderOf(account), token));
        await using var file = File.Create(Path.Combine(folder.FullName, Plain(name)));
        await content.CopyToAsync(file);
        return token;
    }

    /// <summary>Where a kept file is; null when there is none for the account.</summary>
    public string? PathOf(string account, string? token)
    {
        var folder = token is { Length: TokenLength } && token.All(char.IsAsciiHexDigitLower) ? new DirectoryInfo(Path.Combine(FolderOf(account), token)) : null;
        return folder is { Exists: true } ? folder.EnumerateFiles().FirstOrDefault()?.FullName : null;
    }

    public void Remove(string account, string token)
    {
        if (PathOf(account, token) is { } path)
        {
            Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        }
    }

    private void RemoveOld(string account)
    {
        var shelf = new DirectoryInfo(FolderOf(account));
        foreach (var old in shelf.Exists ? shelf.EnumerateDirectories().Where(d => d.CreationTimeUtc < (clock.GetUtcNow() - Kept).UtcDateTime) : [])
        {
            old.Delete(recursive: true);
        }
    }

    // An account may be called what no folder can.
    private string FolderOf(string account) => Path.Combine(place.Address.Folder, "uploads", Sm3.Hex(Encoding.UTF8.GetBytes(account))[..16]);

    private static string Plain(string name)
    {
        var bare = string.Concat(Path.GetFileName(name.Replace('\\', '/')).Where(c => !char.IsControl(c) && !Path.GetInvalidFileNameChars().Contains(c)));
        var plain = bare.Length > MostInName ? bare[^MostInName..] : bare;
        return plain.Trim('.').Length == 0 ? "sheet" : plain;
    }
}
