using System.Xml;

namespace Shizhang.Office.Sheets;

/// <summary>A part of a file is, or names, more than is reasonable.</summary>
internal sealed class TooMuchXmlException : Exception;

/// <summary>Reads XML of strangers: no document type, few names, so that no part costs more than its length.</summary>
internal static class BoundedXml
{
    public static XmlReader Open(CountedStream part) => XmlReader.Create(part, new XmlReaderSettings
    {
        DtdProcessing = DtdProcessing.Prohibit,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        NameTable = new FewNames(),
    });

    /// <summary>A reader keeps every name it meets.</summary>
    private sealed class FewNames : XmlNameTable
    {
        private const int Most = 10_000;

        private readonly NameTable _names = new();
        private int _count;

        public override string Add(char[] array, int offset, int length) => _names.Get(array, offset, length) ?? Counted(new string(array, offset, length));

        public override string Add(string array) => _names.Get(array) ?? Counted(array);

        public override string? Get(char[] array, int offset, int length) => _names.Get(array, offset, length);

        public override string? Get(string array) => _names.Get(array);

        private string Counted(string name) => ++_count > Most ? throw new TooMuchXmlException() : _names.Add(name);
    }
}

/// <summary>Gives no more than so many bytes, whatever the archive's header promised.</summary>
internal sealed class CountedStream(Stream inner, long most) : Stream
{
    private const int MostOpen = 1024 * 1024;

    private long _read;
    private int _open;
    private bool _isTag;
    private bool _isFirst;
    private byte _quote;

    public long Most { get; set; } = most;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => _read; set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = inner.Read(buffer, offset, count);
        _read += read;
        Follow(buffer.AsSpan(offset, read));
        return _read <= Most ? read : throw new TooMuchXmlException();
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    // A tag or text that goes on for ever would be kept whole by a reader of XML; a > within quotes ends no tag.
    private void Follow(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            var next = _isFirst ? 0 : _quote != 0 ? bytes.IndexOf(_quote) : _isTag ? bytes.IndexOfAny((byte)'>', (byte)'"', (byte)'\'') : bytes.IndexOf((byte)'<');
            _open += next < 0 ? bytes.Length : next + 1;
            if (_open > MostOpen)
            {
                throw new TooMuchXmlException();
            }

            if (next < 0)
            {
                return;
            }

            var met = bytes[next];
            bytes = bytes[(next + 1)..];
            if (_isFirst)
            {
                // Comments and the like know no quotes; they end at a >.
                (_isFirst, _isTag, _quote) = (false, true, met is (byte)'!' or (byte)'?' ? (byte)'>' : (byte)0);
                continue;
            }

            switch (met)
            {
                case (byte)'<' when _quote == 0 && !_isTag:
                    (_isFirst, _open) = (true, 1);
                    break;
                case (byte)'>' when _quote is 0 or (byte)'>':
                    (_isTag, _quote, _open) = (false, 0, 0);
                    break;
                default:
                    _quote = _quote == 0 ? met : (byte)0;
                    break;
            }
        }
    }
}
