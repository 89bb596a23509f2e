using Org.BouncyCastle.Crypto.Digests;

namespace Shizhang.Core;

/// <summary>SM3 (GB/T 32905), the digest of the journal, of packs and of issued reports. 32 bytes.</summary>
public static class Sm3
{
    public const int Size = 32;

    [ThreadStatic]
    private static SM3Digest? _digest;

    public static byte[] Hash(ReadOnlySpan<byte> data)
    {
        var digest = _digest ??= new SM3Digest();
        digest.BlockUpdate(data);
        var hash = new byte[Size];
        digest.DoFinal(hash);
        return hash;
    }

    /// <summary>The digest of a stream, read to its end.</summary>
    public static async Task<byte[]> HashAsync(Stream stream)
    {
        var digest = new SM3Digest();
        var buffer = new byte[81920];
        int read;
        while ((read = await stream.ReadAsync(buffer)) > 0)
        {
            digest.BlockUpdate(buffer.AsSpan(0, read));
        }

        var hash = new byte[Size];
        digest.DoFinal(hash);
        return hash;
    }

    /// <summary>The digest in lower-case hex, 64 characters.</summary>
    public static string Hex(ReadOnlySpan<byte> data) => Convert.ToHexStringLower(Hash(data));
}
