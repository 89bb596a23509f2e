using System.Text;
using System.Text.RegularExpressions;

namespace Shizhang.IntegrationTests.Web;

/// <summary>
/// Reads the text out of a QR code drawn as a path of runs, as ISO/IEC 18004 lays it out: format, mask, interleaved blocks, segments.
/// A picture made by a program has no damage, so what is for mending is passed over.
/// </summary>
internal sealed partial class QrReader
{
    private static readonly int[][] Centres = [[], [6, 18], [6, 22], [6, 26], [6, 30], [6, 34], [6, 22, 38], [6, 24, 42], [6, 26, 46]];

    // Codewords of data in each block at level M, by version.
    private static readonly int[][] Blocks = [[16], [28], [44], [32, 32], [43, 43], [27, 27, 27, 27], [31, 31, 31, 31], [38, 38, 39, 39], [36, 36, 36, 37, 37]];

    private const string Capitals = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

    private readonly bool[,] _dark;
    private readonly int _size;

    private QrReader(bool[,] dark, int size) => (_dark, _size) = (dark, size);

    private int Version => (_size - 17) / 4;

    public static string Read(string svg)
    {
        var runs = Run().Matches(svg).Select(m => (X: int.Parse(m.Groups[1].Value), Y: int.Parse(m.Groups[2].Value), Length: int.Parse(m.Groups[3].Value))).ToList();
        var (left, top, right) = (runs.Min(r => r.X), runs.Min(r => r.Y), runs.Max(r => r.X + r.Length));
        Assert.True(left >= 4 && top >= 4, "The margin is four modules at least.");
        var dark = new bool[right - left, right - left];
        foreach (var (x, y, length) in runs)
        {
            for (var i = 0; i < length; i++)
            {
                dark[y - top, x - left + i] = true;
            }
        }

        return new QrReader(dark, right - left).Text();
    }

    private string Text()
    {
        (int Row, int Column)[] format = [(8, 0), (8, 1), (8, 2), (8, 3), (8, 4), (8, 5), (8, 7), (8, 8), (7, 8), (5, 8), (4, 8), (3, 8), (2, 8), (1, 8), (0, 8)];
        var said = format.Aggregate(0, (bits, at) => (bits << 1) | (_dark[at.Row, at.Column] ? 1 : 0)) ^ 0x5412;
        Assert.Equal(0, said >> 13);
        var codewords = Codewords((said >> 10) & 7);
        var blocks = Blocks[Version - 1];
        var data = blocks.Select(length => new byte[length]).ToArray();
        var next = 0;
        for (var i = 0; i < blocks.Max(); i++)
        {
            foreach (var block in data.Where(b => i < b.Length))
            {
                block[i] = codewords[next++];
            }
        }

        return Segments([.. data.SelectMany(b => b).SelectMany(b => Enumerable.Range(0, 8).Select(i => (b >> (7 - i)) & 1))]);
    }

    /// <summary>Segments of bytes, of capitals and of digits, one after the other until the end is marked.</summary>
    private static string Segments(List<int> bits)
    {
        var (text, at) = (new StringBuilder(), 0);
        int Take(int count) => Enumerable.Range(0, count).Aggregate(0, (value, _) => (value << 1) | bits[at++]);
        while (at + 4 <= bits.Count && Take(4) is var mode and not 0)
        {
            Assert.Contains(mode, (int[])[1, 2, 4]);
            var (countBits, most, size) = mode switch { 4 => (8, 1, 8), 2 => (9, 2, 11), _ => (10, 3, 10) };
            for (var left = Take(countBits); left > 0; left -= most)
            {
                text.Append(mode switch
                {
                    4 => ((char)Take(size)).ToString(),
                    2 => left == 1 ? Capitals[Take(6)].ToString() : Take(size) is var pair ? $"{Capitals[pair / 45]}{Capitals[pair % 45]}" : "",
                    _ => left switch { 1 => Take(4).ToString("0"), 2 => Take(7).ToString("00"), _ => Take(size).ToString("000") },
                });
            }
        }

        return text.ToString();
    }

    /// <summary>Two columns at a time from the right, up and down in turn.</summary>
    private List<byte> Codewords(int mask)
    {
        var (codewords, bits, value, isUp) = (new List<byte>(), 0, 0, true);
        for (var right = _size - 1; right > 0; right -= 2, isUp = !isUp)
        {
            right -= right == 6 ? 1 : 0;
            for (var step = 0; step < _size; step++)
            {
                var row = isUp ? _size - 1 - step : step;
                foreach (var column in new[] { right, right - 1 }.Where(c => !IsFixed(row, c)))
                {
                    value = (value << 1) | (_dark[row, column] ^ IsMasked(mask, row, column) ? 1 : 0);
                    if (++bits % 8 == 0)
                    {
                        codewords.Add((byte)value);
                    }
                }
            }
        }

        return codewords;
    }

    private bool IsFixed(int row, int column)
    {
        var (far, centres) = (_size - 8, Centres[Version - 1]);
        return row == 6 || column == 6 || (row <= 8 && column <= 8) || (row <= 8 && column >= far) || (row >= far && column <= 8)
            || (Version >= 7 && ((row < 6 && column >= _size - 11) || (column < 6 && row >= _size - 11)))
            || centres.Any(r => centres.Any(c => Math.Abs(row - r) <= 2 && Math.Abs(column - c) <= 2 && !IsCorner(r, c)));

        bool IsCorner(int r, int c) => (r == 6 && (c == 6 || c == centres[^1])) || (c == 6 && r == centres[^1]);
    }

    private static bool IsMasked(int mask, int r, int c) => mask switch
    {
        0 => (r + c) % 2 == 0,
        1 => r % 2 == 0,
        2 => c % 3 == 0,
        3 => (r + c) % 3 == 0,
        4 => ((r / 2) + (c / 3)) % 2 == 0,
        5 => (r * c % 2) + (r * c % 3) == 0,
        6 => ((r * c % 2) + (r * c % 3)) % 2 == 0,
        _ => (((r + c) % 2) + (r * c % 3)) % 2 == 0,
    };

    [GeneratedRegex(@"M(\d+) (\d+)h(\d+)v1h-\d+z")]
    private static partial Regex Run();
}
