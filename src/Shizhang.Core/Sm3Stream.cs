using Org.BouncyCastle.Crypto.Digests;

namespace Shizhang.Core;

/// <summary>
/// Passes bytes to or from another stream, counts and digests them. Reading more than <paramref name="most"/> bytes is an
/// <see cref="InvalidDataException"/>. Closing it leaves the other stream open.
/// </summary>
public sealed class Sm3Stream(Stream inner, long most = long.MaxValue) : Stream
{
    private readonly SM3Digest _digest = new();

    /// <summary>Bytes that passed.</summary>
    public long Count { get; private set; }

    public override bool CanRead => inner.CanRead;

    public override bool CanSeek => false;

    public override bool CanWrite => inner.CanWrite;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => Count; set => throw new NotSupportedException(); }

    /// <summary>The digest of what passed, in lower-case hex; begins anew.</summary>
    public string Finish()
    {
        var hash = new byte[Sm3.Size];
        _digest.DoFinal(hash);
        return Convert.ToHexStringLower(hash);
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var read = inner.Read(buffer);
        Pass(buffer[..read]);
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer, cancellationToken);
        Pass(buffer.Span[..read]);
        return read;
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        inner.Write(buffer);
        Pass(buffer);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await inner.WriteAsync(buffer, cancellationToken);
        Pass(buffer.Span);
    }

    public override void Flush() => inner.Flush();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private void Pass(ReadOnlySpan<byte> bytes)
    {
        Count += bytes.Length;
        if (Count > most)
        {
            throw new InvalidDataException($"More than {most} bytes.");
        }

        _digest.BlockUpdate(bytes);
    }
}
