using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Shizhang.App.Features.Workplaces;
using Shizhang.Core;

namespace Shizhang.App.Features.Imports;

/// <summary>
/// Files given to be imported, encrypted for the account that gave them while their preview is looked at: until they are written or
/// given up, for a day at most. A file is kept in numbered pieces, so that neither a piece nor its end can be lost unseen.
/// </summary>
internal sealed class UploadShelf(Workplace place, IDataProtectionProvider protection, TimeProvider clock)
{
    public const string Folder = "uploads";
    private const int TokenLength = 32;
    private const int MostInName = 80;
    private const int Piece = 64 * 1024;
    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    private string Root => Path.Combine(place.Address.Folder, Folder);

    /// <summary>Keeps a file and returns the word by which it is found again.</summary>
    public async Task<string> KeepAsync(string account, string name, Stream content)
    {
        RemoveOld();
        var token = RandomNumberGenerator.GetHexString(TokenLength, lowercase: true);
        Directory.CreateDirectory(FolderOf(account));
        var protector = Protector(account, token);
        await using (var file = File.Create(PathOf(account, token)))
        {
            var (number, piece) = (0, new byte[Piece]);
            await WriteAsync(file, protector, number, Encoding.UTF8.GetBytes(Plain(name)));
            for (var read = -1; read != 0;)
            {
                read = await content.ReadAtLeastAsync(piece, Piece, throwOnEndOfStream: false);
                await WriteAsync(file, protector, ++number, piece.AsMemory(0, read));
            }
        }

        File.SetLastWriteTimeUtc(PathOf(account, token), clock.GetUtcNow().UtcDateTime);
        return token;
    }

    /// <summary>A kept file in clear, in memory only; null when there is none for the account, or not as it was kept.</summary>
    public async Task<ImportSource?> OpenAsync(string account, string? token)
    {
        if (!IsToken(token) || !File.Exists(PathOf(account, token!)))
        {
            return null;
        }

        try
        {
            await using var file = File.OpenRead(PathOf(account, token!));
            var (protector, content) = (Protector(account, token!), new MemoryStream());
            var name = Encoding.UTF8.GetString(await ReadAsync(file, protector, 0));
            for (var number = 1; await ReadAsync(file, protector, number) is { Length: > 0 } piece; number++)
            {
                content.Write(piece);
            }

            return new ImportSource(name, () => new MemoryStream(content.GetBuffer(), 0, (int)content.Length, writable: false));
        }
        catch (Exception e) when (e is CryptographicException or EndOfStreamException)
        {
            // Kept under keys that are no more, or broken: it is given again.
            return null;
        }
    }

    public void Remove(string account, string? token)
    {
        if (IsToken(token))
        {
            File.Delete(PathOf(account, token!));
        }
    }

    private void RemoveOld()
    {
        foreach (var file in Directory.Exists(Root) ? Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories).ToList() : [])
        {
            if (File.GetLastWriteTimeUtc(file) < (clock.GetUtcNow() - Kept).UtcDateTime)
            {
                File.Delete(file);
            }
        }
    }

    private static async Task WriteAsync(FileStream file, IDataProtector protector, int number, ReadOnlyMemory<byte> content)
    {
        var numbered = new byte[sizeof(int) + content.Length];
        BinaryPrimitives.WriteInt32LittleEndian(numbered, number);
        content.CopyTo(numbered.AsMemory(sizeof(int)));
        var closed = protector.Protect(numbered);
        var length = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, closed.Length);
        await file.WriteAsync(length);
        await file.WriteAsync(closed);
    }

    private static async Task<byte[]> ReadAsync(FileStream file, IDataProtector protector, int number)
    {
        var length = new byte[sizeof(int)];
        await file.ReadExactlyAsync(length);
        var closed = new byte[Math.Clamp(BinaryPrimitives.ReadInt32LittleEndian(length), 0, 2 * Piece)];
        await file.ReadExactlyAsync(closed);
        var numbered = protector.Unprotect(closed);
        return BinaryPrimitives.ReadInt32LittleEndian(numbered) == number ? numbered[sizeof(int)..] : throw new CryptographicException("A piece stands in the place of another.");
    }

    private IDataProtector Protector(string account, string token) => protection.CreateProtector("upload", account, token);

    // An account may be called what no folder can.
    private string FolderOf(string account) => Path.Combine(Root, Sm3.Hex(Encoding.UTF8.GetBytes(account))[..16]);

    private string PathOf(string account, string token) => Path.Combine(FolderOf(account), token);

    private static bool IsToken(string? token) => token is { Length: TokenLength } && token.All(char.IsAsciiHexDigitLower);

    private static string Plain(string name)
    {
        var bare = string.Concat(Path.GetFileName(name.Replace('\\', '/')).Where(c => !char.IsControl(c) && !Path.GetInvalidFileNameChars().Contains(c)));
        var plain = bare.Length > MostInName ? bare[^MostInName..] : bare;
        return plain.Trim('.').Length == 0 ? "sheet" : plain;
    }
}
