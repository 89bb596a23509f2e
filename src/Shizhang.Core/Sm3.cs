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

    /// <summary>The digest in lower-case hex, 64 characters.</summary>
    public static string Hex(ReadOnlySpan<byte> data) => Convert.ToHexStringLower(Hash(data));
}
