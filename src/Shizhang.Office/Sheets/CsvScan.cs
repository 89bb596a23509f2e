using System.Text;

namespace Shizhang.Office.Sheets;

/// <summary>Looks through a csv before it is read: a text has no zeros, and neither a line, its columns nor a quoted field go on for ever.</summary>
internal static class CsvScan
{
    private const int LongestLine = 1024 * 1024;
    private const int MostColumns = 16_384;
    private const int LongestField = 4 * SheetLimits.MostInCell;

    /// <summary>The encoding of two bytes a character that the first bytes announce; null for any other.</summary>
    public static Encoding? Wide(ReadOnlySpan<byte> head) => head is [0xFF, 0xFE, ..] ? Encoding.Unicode : head is [0xFE, 0xFF, ..] ? Encoding.BigEndianUnicode : null;

    /// <summary>True when the bytes may be a csv; quotes and separators are the same bytes in UTF-8 and GB18030.</summary>
    public static bool IsText(Stream stream)
    {
        var some = new byte[64 * 1024];
        var (line, columns, field, isQuoted, wasQuote, isStart) = (0, 0, 0, false, false, true);
        for (int read; (read = stream.Read(some)) > 0;)
        {
            foreach (var b in some.AsSpan(0, read))
            {
                (line, columns) = b is (byte)'\n' or (byte)'\r' ? (0, 0) : (line + 1, columns + (b is (byte)',' or (byte)';' or (byte)'\t' ? 1 : 0));
                field = isQuoted ? field + 1 : 0;
                if (b == 0 || line > LongestLine || columns > MostColumns || field > LongestField)
                {
                    return false;
                }

                // A quote opens at the start of a field only, and again when it was doubled.
                var isQuote = b == '"';
                (isQuoted, wasQuote) = isQuoted ? (!isQuote, isQuote) : (isQuote && (isStart || wasQuote), false);
                isStart = b is (byte)',' or (byte)';' or (byte)'\t' or (byte)'\n' or (byte)'\r' || (isStart && b >= 0xBB);
            }
        }

        return true;
    }
}
