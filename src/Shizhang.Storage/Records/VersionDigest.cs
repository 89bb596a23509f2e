using System.Buffers;
using System.Text;
using Shizhang.Core;
using Shizhang.Core.Catalogs;
using Shizhang.Core.Records;

namespace Shizhang.Storage.Records;

/// <summary>SM3 of a version's canonical form, and of the reason given for it when there is one.</summary>
internal static class VersionDigest
{
    public static byte[] Of(ArrayBufferWriter<byte> buffer, Ledger ledger, long id, string? state, RecordValues values, string? reason)
    {
        CanonicalForm.Write(buffer, ledger, id, state, values);
        if (reason is not null)
        {
            Encoding.UTF8.GetBytes(reason, buffer);
        }

        return Sm3.Hash(buffer.WrittenSpan);
    }
}
