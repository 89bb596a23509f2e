namespace Shizhang.Office;

/// <summary>
/// A stream of XML that ends where one node has too many quotes: a reader takes in all attributes of an element before it says how many
/// there are, and with very many of them that takes the longer the more have been.
/// </summary>
internal sealed class AttributeWatch(Stream inner) : Stream
{
    // Two quotes an attribute; no element of a document has a hundred.
    private const int MostQuotes = 20_000;

    private int _quotes;

    public bool HasTooMany => _quotes > MostQuotes;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public void NextNode() => _quotes = 0;

    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = inner.Read(buffer, offset, count);
        var bytes = buffer.AsSpan(offset, read);
        _quotes += bytes.Count((byte)'"') + bytes.Count((byte)'\'');
        return HasTooMany ? 0 : read;
    }

    public override void Flush() => inner.Flush();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
